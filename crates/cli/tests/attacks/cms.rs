//! CMS SignedData (RFC 5652 §5) of which every part can be another. It is signed last, so that what was changed is signed.

use crate::scene::{scene, sha256, sign};
use shomei_application::Container;
use shomei_lab::Issued;
use shomei_pki::der::{Reader, Tag, element, integer, sequence, set_of};

pub(crate) const DATA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
pub(crate) const SIGNED_DATA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
/// 2.25.107415331360325251311376632813692006939.1 and .4: an application inside, a file outside.
pub(crate) const APPLICATION: &[u8] =
    b"\x69\x81\xa1\xcf\xb8\xae\x90\x91\xe2\xa3\xd7\xb3\xf8\xe5\x9d\x87\xa9\xe8\xe4\x1b\x01";
pub(crate) const FILE: &[u8] =
    b"\x69\x81\xa1\xcf\xb8\xae\x90\x91\xe2\xa3\xd7\xb3\xf8\xe5\x9d\x87\xa9\xe8\xe4\x1b\x04";
pub(crate) const CONTENT_TYPE: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03";
pub(crate) const MESSAGE_DIGEST: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04";
pub(crate) const SIGNING_TIME: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05";
pub(crate) const SIGNING_CERTIFICATE_V2: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x2f";
pub(crate) const SHA256: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x01";
pub(crate) const SHA256_WITH_RSA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b";
pub(crate) const NULL: &[u8] = b"\x05\x00";

/// SignedData; every member but the first two is an element or a series of them, as it will stand.
#[derive(Clone)]
pub(crate) struct Cms {
    /// Content octets of the type of the ContentInfo.
    pub(crate) outer_type: Vec<u8>,
    /// Content octets of the type of what is signed.
    pub(crate) content_type: Vec<u8>,
    pub(crate) version: Vec<u8>,
    pub(crate) digest_algorithms: Vec<u8>,
    /// What stands behind the type of the content.
    pub(crate) content: Vec<u8>,
    pub(crate) certificates: Vec<Vec<u8>>,
    /// What stands behind the certificates.
    pub(crate) lists: Vec<u8>,
    pub(crate) signers: Vec<Signer>,
    /// What stands behind the signers, behind SignedData in its wrapper, and behind that.
    pub(crate) after: [Vec<u8>; 3],
}

/// SignerInfo, likewise.
#[derive(Clone)]
pub(crate) struct Signer {
    pub(crate) key: Issued,
    pub(crate) version: Vec<u8>,
    pub(crate) identifier: Vec<u8>,
    pub(crate) digest_algorithm: Vec<u8>,
    /// The signed attributes; they are brought into the order of DER unless `as_given`. None: the content is signed.
    pub(crate) attributes: Option<Vec<Vec<u8>>>,
    pub(crate) as_given: bool,
    pub(crate) algorithm: Vec<u8>,
    /// The signature in place of a good one.
    pub(crate) value: Option<Vec<u8>>,
    /// What stands behind the signature.
    pub(crate) after: Vec<u8>,
}

pub(crate) fn oid(content: &[u8]) -> Vec<u8> {
    element(Tag::OID, content)
}

pub(crate) fn octets(content: &[u8]) -> Vec<u8> {
    element(Tag::OCTET_STRING, content)
}

pub(crate) fn seq(parts: &[&[u8]]) -> Vec<u8> {
    sequence(Tag::SEQUENCE, parts)
}

pub(crate) fn algorithm(identifier: &[u8], parameters: &[u8]) -> Vec<u8> {
    seq(&[&oid(identifier), parameters])
}

/// An attribute with these values.
pub(crate) fn attribute(name: &[u8], values: &[&[u8]]) -> Vec<u8> {
    seq(&[&oid(name), &sequence(Tag::SET, values)])
}

/// The content as it stands inside.
pub(crate) fn inside(content: &[u8]) -> Vec<u8> {
    sequence(Tag::context(0), &[&octets(content)])
}

/// UTCTime of the scene.
pub(crate) fn utc_now() -> Vec<u8> {
    let digits: String = scene().now.to_string().chars().filter(char::is_ascii_digit).collect();
    element(Tag::UTC_TIME, format!("{}Z", &digits[2..]).as_bytes())
}

/// SigningCertificateV2 with the digest of one certificate.
pub(crate) fn signing_certificate(certificate: &[u8]) -> Vec<u8> {
    seq(&[&seq(&[&seq(&[&octets(&sha256(certificate))])])])
}

/// IssuerAndSerialNumber out of a certificate.
pub(crate) fn issuer_and_serial(certificate: &[u8]) -> Vec<u8> {
    let mut body = Reader::new(certificate).read().unwrap().children().read().unwrap().children();
    let parts: Vec<&[u8]> = (0..4).map(|_| body.read().unwrap().raw()).collect();
    seq(&[parts[3], parts[1]])
}

impl Signer {
    /// The holder of a key, with the four attributes over this content.
    pub(crate) fn of(key: &Issued, content_type: &[u8], content: &[u8]) -> Self {
        let attributes = vec![
            attribute(CONTENT_TYPE, &[&oid(content_type)]),
            attribute(MESSAGE_DIGEST, &[&octets(&sha256(content))]),
            attribute(SIGNING_TIME, &[&utc_now()]),
            attribute(SIGNING_CERTIFICATE_V2, &[&signing_certificate(&key.certificate)]),
        ];
        Self {
            key: key.clone(),
            version: integer(1),
            identifier: issuer_and_serial(&key.certificate),
            digest_algorithm: algorithm(SHA256, b""),
            attributes: Some(attributes),
            as_given: false,
            algorithm: algorithm(SHA256_WITH_RSA, NULL),
            value: None,
            after: Vec::new(),
        }
    }

    /// The attribute of this name, to be changed.
    pub(crate) fn set(&mut self, name: &[u8], values: &[&[u8]]) {
        self.remove(name);
        self.add(attribute(name, values));
    }

    pub(crate) fn add(&mut self, attribute: Vec<u8>) {
        self.attributes.get_or_insert_default().push(attribute);
    }

    pub(crate) fn remove(&mut self, name: &[u8]) {
        let is_other = |attribute: &Vec<u8>| {
            let mut parts = Reader::new(attribute).read().unwrap().children();
            parts.read().unwrap().content() != name
        };
        self.attributes.get_or_insert_default().retain(is_other);
    }

    fn attributes(&self, tag: Tag) -> Option<Vec<u8>> {
        let attributes = self.attributes.clone()?;
        Some(if self.as_given {
            sequence(tag, &attributes.iter().map(Vec::as_slice).collect::<Vec<_>>())
        } else {
            set_of(tag, attributes)
        })
    }

    /// What the signature is over.
    pub(crate) fn message(&self, content: &[u8]) -> Vec<u8> {
        self.attributes(Tag::SET).unwrap_or_else(|| content.to_vec())
    }

    fn encode(&self, content: &[u8]) -> Vec<u8> {
        let value = self.value.clone().unwrap_or_else(|| sign(&self.key, &self.message(content)));
        let value = octets(&value);
        let attributes = self.attributes(Tag::context(0)).unwrap_or_default();
        seq(&[
            &self.version,
            &self.identifier,
            &self.digest_algorithm,
            &attributes,
            &self.algorithm,
            &value,
            &self.after,
        ])
    }
}

impl Cms {
    /// The good envelope around the document that the recipient expects.
    pub(crate) fn good() -> Self {
        Self::around(&scene().document(Container::Cades))
    }

    pub(crate) fn around(content: &[u8]) -> Self {
        let signer = Signer::of(scene().holder(), APPLICATION, content);
        Self { content: inside(content), ..Self::by(signer, APPLICATION) }
    }

    /// The good signature beside a file.
    pub(crate) fn beside(content: &[u8]) -> Self {
        Self::by(Signer::of(scene().holder(), FILE, content), FILE)
    }

    fn by(signer: Signer, content_type: &[u8]) -> Self {
        Self {
            outer_type: SIGNED_DATA.to_vec(),
            content_type: content_type.to_vec(),
            version: integer(3),
            digest_algorithms: sequence(Tag::SET, &[&algorithm(SHA256, b"")]),
            content: Vec::new(),
            certificates: vec![signer.key.certificate.clone()],
            lists: Vec::new(),
            signers: vec![signer],
            after: Default::default(),
        }
    }

    /// The same with a change.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// The only signer.
    pub(crate) fn signer(&mut self) -> &mut Signer {
        &mut self.signers[0]
    }

    /// The content that stands inside, if it stands there as it should.
    fn content_octets(&self) -> Vec<u8> {
        let explicit = Reader::new(&self.content).read();
        let content = explicit.and_then(|explicit| explicit.children().read());
        content.map(|content| content.content().to_vec()).unwrap_or_default()
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let [_, in_wrapper, in_info] = &self.after;
        let explicit = sequence(Tag::context(0), &[&self.signed_data(), in_wrapper]);
        seq(&[&oid(&self.outer_type), &explicit, in_info])
    }

    pub(crate) fn signed_data(&self) -> Vec<u8> {
        let content = self.content_octets();
        let signers = self.signers.iter().map(|signer| signer.encode(&content)).collect();
        let certificates = match self.certificates.is_empty() {
            true => Vec::new(),
            false => set_of(Tag::context(0), self.certificates.clone()),
        };
        seq(&[
            &self.version,
            &self.digest_algorithms,
            &seq(&[&oid(&self.content_type), &self.content]),
            &certificates,
            &self.lists,
            &set_of(Tag::SET, signers),
            &self.after[0],
        ])
    }
}
