//! What the checks see of anything signed, whatever its format.

use crate::{FileDigest, cades, cms, jades};
use shomei_application::{Container, Timestamp};
use shomei_pki::{Algorithm, Certificate, SignatureMismatch, SignatureVerifier};
use std::borrow::Cow;

/// The formats, in words for people who have to choose a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An application document in CAdES (ETSI EN 319 122-1).
    Cades,
    /// An application document in JAdES (ETSI TS 119 182-1).
    Jades,
    /// A file beside a CAdES signature.
    CadesDetached,
    /// Files beside a JAdES signature.
    JadesDetached,
    /// A form of e-Gov in XML (`kousei.xml`), with its files.
    Egov,
    /// A PDF.
    Pdf,
}

/// Something signed, of the right form. Nothing about it is believed yet: [`crate::verify()`] judges. Only this crate's
/// formats are.
pub trait Signed: sealed::Sealed {
    /// The format.
    fn format(&self) -> Format;
    /// Every signature in it; at least one.
    fn signatures(&self) -> Vec<Signature<'_>>;
    /// What the signatures are over.
    fn covered(&self) -> Content<'_>;
    /// What a reader might take for signed and is not.
    fn not_covered(&self) -> Vec<NotCovered>;
}

/// What signatures are over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content<'a> {
    /// An application document, if the signer kept to the rules: its octets, and the kind of envelope around them,
    /// which the document has to name.
    Application {
        /// The canonical bytes of a document.
        octets: &'a [u8],
        /// The kind of envelope that they were found in.
        container: Container,
    },
    /// Files, by their digests.
    Files(Vec<FileDigest>),
    /// A form in XML, and the files that it names.
    Form {
        /// Its fields, read back from the octets that were digested.
        fields: Vec<FormField>,
        /// The files.
        files: Vec<FileDigest>,
    },
}

/// A field of a form in XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    /// Names of elements from the outermost that is signed to this one, with `/` between them.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A part of what is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of the content.
    Content,
    /// The file of this name.
    File(String),
}

/// What the signature says nothing about, and a reader might think it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCovered {
    /// The octets of this attachment: the document names its digest, and nobody held the file beside it.
    Attachment(String),
    /// The name of a file: the signature is over what is in it.
    FileName(String),
    /// A file that some of several signatures cover and others do not.
    FileOfSome(String),
    /// What was added to a PDF after the signature of this number, from 1: later signatures, and nothing else.
    LaterSignatures(String),
    /// A part of a form in XML outside what is signed, by its name there.
    Element(String),
}

/// One signature, as the checks see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature<'a> {
    /// The signer's certificate in DER, as it stands there.
    pub certificate: &'a [u8],
    /// When the signer claims to have signed, if the format has a place for it.
    pub claimed: Option<Timestamp>,
    /// What else the signer stated, if the format has a place for it.
    pub stated: Vec<(Statement, String)>,
    /// The octets that the key signed, with RSASSA-PKCS1-v1_5 and SHA-256.
    pub message: Cow<'a, [u8]>,
    /// The signature, [`cades::SIGNATURE_LENGTH`] octets.
    pub value: &'a [u8],
    /// The parts whose digests are not those that were signed.
    pub changed: Vec<Part>,
    /// SHA-256 of the certificate that the signer named, if the format names one.
    pub certificate_digest: Option<[u8; 32]>,
    /// IssuerAndSerialNumber (RFC 5652 §10.2.4) in DER of the certificate that the signer named, if the format names it.
    pub issuer_and_serial: Option<&'a [u8]>,
}

/// What a signer wrote beside a signature. It is covered, and proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statement {
    /// A name. The certificate's is the one that counts.
    Name,
    /// Why the signer signs.
    Reason,
    /// Where.
    Location,
    /// How to reach the signer.
    Contact,
}

impl Statement {
    /// `name`, `reason`, `location` or `contact`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Reason => "reason",
            Self::Location => "location",
            Self::Contact => "contact",
        }
    }
}

impl Signature<'_> {
    /// Whether the signer named this certificate, as far as the format names one.
    pub(crate) fn names(&self, certificate: &Certificate) -> bool {
        let identifier = || cms::issuer_and_serial(certificate.issuer(), certificate.serial());
        self.certificate_digest.is_none_or(|digest| digest == certificate.fingerprint())
            && self.issuer_and_serial.is_none_or(|named| named == identifier())
    }

    /// Whether the key of this certificate signed the message.
    pub(crate) fn check(
        &self,
        certificate: &Certificate,
        verifier: &dyn SignatureVerifier,
    ) -> Result<(), SignatureMismatch> {
        verifier.verify(Algorithm::RsaPkcs1Sha256, certificate.public_key(), &self.message, self.value)
    }
}

/// An application document, signed, in an envelope of either kind that a page can ask for. It is the one type that a
/// server takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedApplication {
    /// Read by [`cades::parse()`].
    Cades(cades::Envelope),
    /// Read by [`jades::parse()`].
    Jades(jades::Envelope),
}

impl SignedApplication {
    /// The kind of envelope, which the document inside has to name as its container.
    pub fn container(&self) -> Container {
        match self {
            Self::Cades(_) => Container::Cades,
            Self::Jades(_) => Container::Jades,
        }
    }

    /// The content: the canonical bytes of a document, if the signer kept to the rules.
    pub fn content(&self) -> &[u8] {
        match self {
            Self::Cades(envelope) => envelope.content(),
            Self::Jades(envelope) => envelope.content(),
        }
    }

    /// The envelope as it was read, octet for octet: DER, or one of the serializations of JSON Web Signature.
    pub fn to_octets(&self) -> Vec<u8> {
        match self {
            Self::Cades(envelope) => envelope.to_der(),
            Self::Jades(envelope) => envelope.to_octets(),
        }
    }
}

impl Signed for SignedApplication {
    fn format(&self) -> Format {
        match self {
            Self::Cades(_) => Format::Cades,
            Self::Jades(_) => Format::Jades,
        }
    }

    fn signatures(&self) -> Vec<Signature<'_>> {
        match self {
            Self::Cades(envelope) => envelope.signatures(),
            Self::Jades(envelope) => envelope.signatures(),
        }
    }

    fn covered(&self) -> Content<'_> {
        Content::Application { octets: self.content(), container: self.container() }
    }

    /// That attachments are not held beside the document shows when the document is read.
    fn not_covered(&self) -> Vec<NotCovered> {
        Vec::new()
    }
}

impl Signed for cades::SignedFile {
    fn format(&self) -> Format {
        Format::CadesDetached
    }

    fn signatures(&self) -> Vec<Signature<'_>> {
        self.signatures()
    }

    fn covered(&self) -> Content<'_> {
        Content::Files(vec![self.file().clone()])
    }

    fn not_covered(&self) -> Vec<NotCovered> {
        vec![NotCovered::FileName(self.file().name.clone())]
    }
}

impl Format {
    /// `cades`, `jades`, `cades-detached`, `jades-detached`, `egov` or `pdf`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cades => "cades",
            Self::Jades => "jades",
            Self::CadesDetached => "cades-detached",
            Self::JadesDetached => "jades-detached",
            Self::Egov => "egov",
            Self::Pdf => "pdf",
        }
    }
}

impl NotCovered {
    /// `attachment`, `file-name`, `file-of-some`, `later-signatures` or `element`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Attachment(_) => "attachment",
            Self::FileName(_) => "file-name",
            Self::FileOfSome(_) => "file-of-some",
            Self::LaterSignatures(_) => "later-signatures",
            Self::Element(_) => "element",
        }
    }

    /// Which one.
    pub fn name(&self) -> &str {
        match self {
            Self::Attachment(name)
            | Self::FileName(name)
            | Self::FileOfSome(name)
            | Self::LaterSignatures(name)
            | Self::Element(name) => name,
        }
    }
}

mod sealed {
    /// Formats outside this crate would bring their own idea of what is covered.
    pub trait Sealed {}
    impl Sealed for super::SignedApplication {}
    impl Sealed for crate::cades::SignedFile {}
    impl Sealed for crate::egov::SignedForm {}
    impl Sealed for crate::jades::SignedFiles {}
    impl Sealed for crate::pdf::SignedPdf {}
}
