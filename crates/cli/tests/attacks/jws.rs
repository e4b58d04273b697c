//! JSON Web Signature of which every part can be another. It is signed last, so that what was changed is signed.

use crate::scene::{scene, sha256, sign};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use shomei_application::Container;
use shomei_lab::Issued;

/// The three parts, and how they are put together.
#[derive(Clone)]
pub(crate) struct Jws {
    pub(crate) key: Issued,
    /// The protected header as it is before base64url.
    pub(crate) header: Vec<u8>,
    pub(crate) payload: Vec<u8>,
    /// What is signed, where it is not header, full stop and payload in base64url.
    pub(crate) message: Option<Vec<u8>>,
    /// The signature in place of a good one.
    pub(crate) value: Option<Vec<u8>>,
}

pub(crate) fn base64url(octets: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(octets)
}

/// The value of `x5c` of one certificate.
pub(crate) fn x5c(certificate: &[u8]) -> String {
    format!("[\"{}\"]", BASE64_STANDARD.encode(certificate))
}

/// The header that a key's holder makes.
pub(crate) fn header(key: &Issued) -> String {
    let certificate = &key.certificate;
    format!(
        r#"{{"alg":"RS256","iat":{},"typ":"shomei-application+jose","x5c":{},"x5t#S256":"{}"}}"#,
        scene().now.unix_seconds(),
        x5c(certificate),
        base64url(&sha256(certificate))
    )
}

impl Jws {
    /// The good envelope around the document that the recipient expects.
    pub(crate) fn good() -> Self {
        Self::by(scene().holder(), &scene().document(Container::Jades))
    }

    pub(crate) fn by(key: &Issued, payload: &[u8]) -> Self {
        let header = header(key).into_bytes();
        Self { key: key.clone(), header, payload: payload.to_vec(), message: None, value: None }
    }

    /// The same with another header.
    pub(crate) fn headed(header: impl Into<Vec<u8>>) -> Self {
        Self { header: header.into(), ..Self::good() }
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// Header, payload and signature in base64url.
    pub(crate) fn parts(&self) -> [String; 3] {
        let (header, payload) = (base64url(&self.header), base64url(&self.payload));
        let signature = self.value.clone().unwrap_or_else(|| sign(&self.key, &self.signed()));
        [header, payload, base64url(&signature)]
    }

    /// What the signature is over.
    pub(crate) fn signed(&self) -> Vec<u8> {
        let input = || format!("{}.{}", base64url(&self.header), base64url(&self.payload)).into_bytes();
        self.message.clone().unwrap_or_else(input)
    }

    pub(crate) fn compact(&self) -> String {
        self.parts().join(".")
    }

    /// The flattened serialization in canonical JSON.
    pub(crate) fn flattened(&self) -> String {
        let [protected, payload, signature] = self.parts();
        format!(r#"{{"payload":"{payload}","protected":"{protected}","signature":"{signature}"}}"#)
    }
}
