//! A Signature as it is written here: one line, SignedInfo already in its canonical form but for the namespace.

use super::name;
use super::parse::FileReference;
use super::tree::SIGNATURE_NAMESPACE;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// Canonical XML 1.0 without comments: of SignedInfo, and as the transform of 構成情報.
pub(super) const CANONICALIZATION: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 6931 §2.3.2).
pub(super) const SIGNATURE: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
/// SHA-256 (XML Encryption §5.7.2).
pub(super) const DIGEST: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
/// The reference to 構成情報.
pub(super) const FRAGMENT: &str = "#%E6%A7%8B%E6%88%90%E6%83%85%E5%A0%B1";

/// Everything that differs from one signature to another, but its value.
pub(super) struct Unsigned<'a> {
    pub(super) id: String,
    pub(super) form_digest: [u8; 32],
    pub(super) files: Vec<FileReference>,
    pub(super) certificate: &'a [u8],
}

impl Unsigned<'_> {
    /// What stands before the signature's value, and what stands behind it.
    pub(super) fn encode(&self) -> (String, String) {
        let before = format!(
            r#"<Signature xmlns="{SIGNATURE_NAMESPACE}" Id="{}">{}<SignatureValue>"#,
            self.id,
            self.signed_info()
        );
        let certificate = BASE64_STANDARD.encode(self.certificate);
        let key = format!("<X509Data><X509Certificate>{certificate}</X509Certificate></X509Data>");
        (before, format!("</SignatureValue><KeyInfo>{key}</KeyInfo></Signature>"))
    }

    fn signed_info(&self) -> String {
        let transform = algorithm("Transform", CANONICALIZATION);
        let transforms = format!("<Transforms>{transform}</Transforms>");
        let files = self.files.iter().map(|file| reference(&name::encode(&file.name), "", &file.sha256));
        let references = std::iter::once(reference(FRAGMENT, &transforms, &self.form_digest)).chain(files);
        format!(
            "<SignedInfo>{}{}{}</SignedInfo>",
            algorithm("CanonicalizationMethod", CANONICALIZATION),
            algorithm("SignatureMethod", SIGNATURE),
            references.collect::<String>()
        )
    }
}

fn reference(uri: &str, transforms: &str, digest: &[u8; 32]) -> String {
    let method = algorithm("DigestMethod", DIGEST);
    let digest = BASE64_STANDARD.encode(digest);
    format!(r#"<Reference URI="{uri}">{transforms}{method}<DigestValue>{digest}</DigestValue></Reference>"#)
}

fn algorithm(element: &str, identifier: &str) -> String {
    format!(r#"<{element} Algorithm="{identifier}"></{element}>"#)
}
