//! Reading a signed `kousei.xml`, and what it says.

use super::error::EnvelopeError;
use super::fields::{self, Field};
use super::kousei::{self, Kousei};
use super::tree::{self, Node};
use super::{MAX_SIGNATURES, signature};
use sha2::{Digest, Sha256};
use shomei_application::Timestamp;
use shomei_pki::{Algorithm, SignatureMismatch, SignatureVerifier};

/// A document of the profile with its signatures. Nothing about it is believed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    octets: Vec<u8>,
    form: Vec<u8>,
    fields: Vec<Field>,
    signatures: Vec<Signature>,
    other: bool,
}

/// One signature of an [`Envelope`]. It stands and falls by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    message: Vec<u8>,
    value: Vec<u8>,
    certificate: Vec<u8>,
    time: Timestamp,
    form_is_covered: bool,
    files: Vec<FileReference>,
}

/// A file that a signature covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReference {
    /// Its name, percent-encoding taken away.
    pub name: String,
    /// SHA-256 of its octets, as the signature states it.
    pub sha256: [u8; 32],
}

/// What a signature does not cover, for people. Whoever changes it leaves the signature intact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCovered {
    /// XML declaration, comments and processing instructions around 構成情報, a style sheet's name among them.
    Surroundings,
    /// A part of the document by its name: 様式ID, 様式バージョン, STYLESHEET, その他.
    Part(&'static str),
    /// The certificate (KeyInfo). The signature does not name it: that its key fits is all that binds the two.
    Certificate,
    /// The time of signing (Id).
    Time,
    /// The other signatures.
    OtherSignatures,
}

/// Reads a document of 1 to 10 signatures, each of the profile.
///
/// # Errors
/// The first way in which the profile is left.
pub fn parse(input: &[u8]) -> Result<Envelope, EnvelopeError> {
    let document = tree::read(tree::text(input)?)?;
    let kousei = kousei::read(&document)?;
    let form = kousei.form.canonical()?;
    let fields = fields::read(&form)?;
    let signatures = read_signatures(&kousei, Sha256::digest(&form).into())?;
    Ok(Envelope { octets: input.to_vec(), form, fields, signatures, other: kousei.other })
}

pub(super) fn read_signatures(
    kousei: &Kousei<'_>,
    form_digest: [u8; 32],
) -> Result<Vec<Signature>, EnvelopeError> {
    let nodes = kousei.signatures();
    if !(1..=MAX_SIGNATURES).contains(&nodes.len()) {
        return Err(EnvelopeError::Signatures { count: nodes.len() });
    }
    let numbered = nodes.into_iter().zip(1..);
    numbered.map(|(node, number)| read_signature(node, number, form_digest)).collect()
}

fn read_signature(node: Node<'_>, number: usize, form: [u8; 32]) -> Result<Signature, EnvelopeError> {
    let parts = signature::read(node).map_err(|error| EnvelopeError::Signature { number, error })?;
    Ok(Signature {
        message: parts.signed_info.canonical()?,
        value: parts.value,
        certificate: parts.certificate,
        time: parts.time,
        form_is_covered: parts.form_digest == form,
        files: parts.files,
    })
}

impl Envelope {
    /// The document as it was read.
    pub fn to_octets(&self) -> Vec<u8> {
        self.octets.clone()
    }

    /// 構成情報 in canonical form: the very octets that the first reference of each signature is over.
    pub fn form(&self) -> &[u8] {
        &self.form
    }

    /// What [`Envelope::form`] says, for people.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The signatures in the document's order; at least one.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// What none of the signatures covers, or not each of them.
    pub fn not_covered(&self) -> Vec<NotCovered> {
        let parts = kousei::BEFORE.into_iter().chain(self.other.then_some(kousei::OTHER));
        let mut found = vec![NotCovered::Surroundings];
        found.extend(parts.map(NotCovered::Part));
        found.extend([NotCovered::Certificate, NotCovered::Time]);
        found.extend((self.signatures.len() > 1).then_some(NotCovered::OtherSignatures));
        found
    }
}

impl Signature {
    /// What the key signed: SignedInfo in canonical form.
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// The signature's value, 256 octets.
    pub fn signature(&self) -> &[u8] {
        &self.value
    }

    /// The signer's certificate in DER, as it stands in KeyInfo. The signature does not cover it.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// When the document says that the signer signed. The signature does not cover it, so it is nobody's claim.
    pub fn signing_time(&self) -> Timestamp {
        self.time
    }

    /// Whether the signed digest is that of 構成情報. Files are for [`Envelope::beside`].
    pub fn content_is_covered(&self) -> bool {
        self.form_is_covered
    }

    /// The files that the signature covers, in its order.
    pub fn files(&self) -> &[FileReference] {
        &self.files
    }

    /// Checks the signature's value over [`Signature::message`] with a DER SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// [`SignatureMismatch`].
    pub fn check_signature(
        &self,
        public_key: &[u8],
        verifier: &dyn SignatureVerifier,
    ) -> Result<(), SignatureMismatch> {
        verifier.verify(Algorithm::RsaPkcs1Sha256, public_key, &self.message, &self.value)
    }
}
