//! The form, as bytes.

use shomei_pki::der::{Tag, element, integer, sequence, set_of};

/// id-signedData (RFC 5652 §5.1).
pub(crate) const SIGNED_DATA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
/// 2.25.107415331360325251311376632813692006939.1: the content type of a signed application. No other use of the
/// key produces it, so a signature made for another purpose cannot be read as an application.
pub(crate) const APPLICATION: &[u8] =
    b"\x69\x81\xa1\xcf\xb8\xae\x90\x91\xe2\xa3\xd7\xb3\xf8\xe5\x9d\x87\xa9\xe8\xe4\x1b\x01";
/// 2.25.107415331360325251311376632813692006939.4: the content type of a file that stands outside the envelope. It is
/// not id-data, because a signature in a PDF is one over id-data, and must not be taken from a file's.
const FILE: &[u8] = b"\x69\x81\xa1\xcf\xb8\xae\x90\x91\xe2\xa3\xd7\xb3\xf8\xe5\x9d\x87\xa9\xe8\xe4\x1b\x04";
/// id-data (RFC 5652 §4): the content type of the octets of a PDF, which allows no other.
const DATA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
/// id-contentType (RFC 5652 §11.1).
pub(crate) const CONTENT_TYPE: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03";
/// id-messageDigest (RFC 5652 §11.2).
pub(crate) const MESSAGE_DIGEST: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04";
/// id-signingTime (RFC 5652 §11.3).
pub(crate) const SIGNING_TIME: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05";
/// id-aa-signingCertificateV2 (RFC 5035 §3).
pub(crate) const SIGNING_CERTIFICATE_V2: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x2f";
/// `SEQUENCE { OBJECT IDENTIFIER id-sha256 }`, parameters absent (RFC 5754 §2).
pub(crate) const SHA256: &[u8] = b"\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01";
/// The same with NULL as parameters, as some programs for PDFs write it.
pub(crate) const SHA256_NULL: &[u8] = b"\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00";
/// `SEQUENCE { OBJECT IDENTIFIER sha256WithRSAEncryption, NULL }` (RFC 5754 §3.2).
///
/// `rsaEncryption`, which CMS also allows here, is not accepted: the field is not covered by the signature, and two
/// accepted values would be two encodings of one envelope.
pub(crate) const SHA256_WITH_RSA: &[u8] = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b\x05\x00";

/// What was signed, as the content type says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ContentType {
    /// An application document, inside the envelope.
    Application,
    /// A file outside it.
    File,
    /// A PDF around it.
    Pdf,
}

/// What the signature covers besides the content itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignedAttributes {
    pub(crate) content_type: ContentType,
    pub(crate) message_digest: [u8; 32],
    /// Content octets of a UTCTime. Absent in some PDFs only, where the time stands in the PDF.
    pub(crate) signing_time: Option<Vec<u8>>,
    pub(crate) certificate_digest: [u8; 32],
    /// IssuerSerial (RFC 5035 §5) in DER, as other programs for PDFs add it. It decides [`SignedAttributes::sha256`].
    pub(crate) issuer_serial: Option<Vec<u8>>,
}

/// One signer: SignerInfo and the certificate that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signer {
    pub(crate) certificate: Vec<u8>,
    /// IssuerAndSerialNumber in DER.
    pub(crate) identifier: Vec<u8>,
    pub(crate) attributes: SignedAttributes,
    pub(crate) signature: Vec<u8>,
}

/// Everything that differs from one envelope to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    /// Absent where the content stands outside.
    pub(crate) content: Option<Vec<u8>>,
    pub(crate) content_type: ContentType,
    pub(crate) signers: Vec<Signer>,
}

impl ContentType {
    pub(crate) const fn oid(self) -> &'static [u8] {
        match self {
            Self::Application => APPLICATION,
            Self::File => FILE,
            Self::Pdf => DATA,
        }
    }

    /// The version of a SignedData around it (RFC 5652 §5.1).
    pub(crate) const fn version(self) -> i8 {
        match self {
            Self::Application | Self::File => 3,
            Self::Pdf => 1,
        }
    }
}

impl SignedAttributes {
    /// The bytes that are signed: the attributes as a SET (RFC 5652 §5.4).
    pub(crate) fn to_be_signed(&self) -> Vec<u8> {
        self.encode(Tag::SET)
    }

    fn encode(&self, tag: Tag) -> Vec<u8> {
        let mut attributes = vec![
            attribute(CONTENT_TYPE, &element(Tag::OID, self.content_type.oid())),
            attribute(MESSAGE_DIGEST, &element(Tag::OCTET_STRING, &self.message_digest)),
            attribute(SIGNING_CERTIFICATE_V2, &self.signing_certificate()),
        ];
        let time = self.signing_time.iter();
        attributes.extend(time.map(|time| attribute(SIGNING_TIME, &element(Tag::UTC_TIME, time))));
        set_of(tag, attributes)
    }

    /// SigningCertificateV2 with one ESSCertIDv2 (RFC 5035 §4). The hash algorithm is its default, SHA-256, and so
    /// absent; issuer and serial number stand in the signer identifier already and the hash binds them.
    fn signing_certificate(&self) -> Vec<u8> {
        let digest = element(Tag::OCTET_STRING, &self.certificate_digest);
        let issuer_serial = self.issuer_serial.as_deref().unwrap_or_default();
        let certificate_id = sequence(Tag::SEQUENCE, &[&digest, issuer_serial]);
        let certificate_ids = sequence(Tag::SEQUENCE, &[&certificate_id]);
        sequence(Tag::SEQUENCE, &[&certificate_ids])
    }
}

impl SignedAttributes {
    /// How SHA-256 is named outside of what is signed. Two ways are written; which of them, the signed attributes
    /// decide, so that nobody can turn one into the other.
    fn sha256(&self) -> &'static [u8] {
        if self.issuer_serial.is_some() { SHA256_NULL } else { SHA256 }
    }
}

impl Signer {
    /// SignerInfo of version 1, the signer named by issuer and serial number (RFC 5652 §5.3).
    pub(crate) fn signer_info(&self) -> Vec<u8> {
        let attributes = self.attributes.encode(Tag::context(0));
        let signature = element(Tag::OCTET_STRING, &self.signature);
        let parts: [&[u8]; 6] = [
            &integer(1),
            &self.identifier,
            self.attributes.sha256(),
            &attributes,
            SHA256_WITH_RSA,
            &signature,
        ];
        sequence(Tag::SEQUENCE, &parts)
    }
}

impl Parts {
    /// ContentInfo with SignedData (RFC 5652 §3, §5.1). Its version says whether the content type is id-data.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let certificates = self.signers.iter().map(|signer| signer.certificate.clone()).collect();
        let signers = self.signers.iter().map(Signer::signer_info).collect();
        let sha256 = self.signers.first().map_or(SHA256, |signer| signer.attributes.sha256());
        let signed_data = sequence(
            Tag::SEQUENCE,
            &[
                &integer(self.content_type.version()),
                &sequence(Tag::SET, &[sha256]),
                &self.content_info(),
                &set_of(Tag::context(0), certificates),
                &set_of(Tag::SET, signers),
            ],
        );
        let explicit = sequence(Tag::context(0), &[&signed_data]);
        sequence(Tag::SEQUENCE, &[&element(Tag::OID, SIGNED_DATA), &explicit])
    }

    /// EncapsulatedContentInfo (RFC 5652 §5.2).
    fn content_info(&self) -> Vec<u8> {
        let content_type = element(Tag::OID, self.content_type.oid());
        match &self.content {
            None => sequence(Tag::SEQUENCE, &[&content_type]),
            Some(content) => {
                let content = sequence(Tag::context(0), &[&element(Tag::OCTET_STRING, content)]);
                sequence(Tag::SEQUENCE, &[&content_type, &content])
            }
        }
    }
}

/// IssuerAndSerialNumber (RFC 5652 §10.2.4) from a Name in DER and the content octets of a serial number.
pub(crate) fn issuer_and_serial(issuer: &[u8], serial: &[u8]) -> Vec<u8> {
    sequence(Tag::SEQUENCE, &[issuer, &element(Tag::INTEGER, serial)])
}

/// IssuerSerial (RFC 5035 §5) of the same Name and serial number, both in DER.
pub(crate) fn issuer_serial(issuer: &[u8], serial: &[u8]) -> Vec<u8> {
    let directory_name = sequence(Tag::context(4), &[issuer]);
    sequence(Tag::SEQUENCE, &[&sequence(Tag::SEQUENCE, &[&directory_name]), serial])
}

/// An attribute with one value (RFC 5652 §5.3).
fn attribute(oid: &[u8], value: &[u8]) -> Vec<u8> {
    sequence(Tag::SEQUENCE, &[&element(Tag::OID, oid), &sequence(Tag::SET, &[value])])
}

/// Whether `value` begins with the content octets of the content type of a file.
pub(crate) fn is_content_type_of_files(value: &[u8]) -> bool {
    value.starts_with(FILE)
}
