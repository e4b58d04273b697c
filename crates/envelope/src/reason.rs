//! A stable word for every way in which a file is refused before it can be judged, beside the words for people.
//!
//! What was read and then judged has its words in [`crate::Failure::code`] and [`crate::Gap::code`]. One word means the
//! same in every format.

use crate::{FileNameError, OpenError, attached, cades, egov, jades, pdf};
use shomei_application::json::{self, ErrorKind};
use shomei_pki::der::{DerError, DerViolation};

/// An error that programs can tell from others by a word. Words stay; which error comes first may change.
pub trait Reason {
    /// Every word of this error's own, in kebab-case; those of an error inside are that error's.
    const CODES: &'static [&'static str];

    /// The word for this one.
    fn code(&self) -> &'static str;
}

/// Implements [`Reason`] by a table, so that the list of words cannot differ from the words: patterns with a word, then
/// after a semicolon patterns whose word is that of an error inside.
#[macro_export]
macro_rules! reasons {
    ($type:ty {
        $($pattern:pat $(if $condition:expr)? => $code:literal,)*
        $(; $($nested:pat => $inner:expr,)*)?
    }) => {
        impl $crate::Reason for $type {
            const CODES: &'static [&'static str] = &[$($code),*];

            fn code(&self) -> &'static str {
                match self {
                    $($pattern $(if $condition)? => $code,)*
                    $($($nested => $inner.code(),)*)?
                }
            }
        }
    };
}

reasons!(DerViolation {
    Self::Truncated => "der-truncated",
    Self::TrailingOctets => "der-trailing-octets",
    Self::LongTag => "der-long-tag",
    Self::Length => "der-length",
    Self::Tag { .. } => "der-other-element",
    Self::UnknownType(_) => "der-unknown-type",
    Self::Content(_) => "der-content",
    Self::SetOrder => "der-set-order",
    Self::Depth => "der-too-deep",
});

reasons!(DerError {
    ;
    Self { why, .. } => why,
});

reasons!(ErrorKind {
    Self::TooLarge { .. } => "json-too-large",
    Self::NotUtf8 => "json-not-utf8",
    Self::UnexpectedEnd => "json-unexpected-end",
    Self::UnexpectedByte => "json-unexpected-byte",
    Self::TrailingData => "json-trailing-data",
    Self::TooDeep => "json-too-deep",
    Self::DuplicateKey => "json-duplicate-key",
    Self::Null => "json-null",
    Self::NotAnInteger => "json-not-an-integer",
    Self::NegativeZero => "json-negative-zero",
    Self::LeadingZero => "json-leading-zero",
    Self::IntegerRange => "json-integer-range",
    Self::ControlCharacter => "json-control-character",
    Self::BadEscape => "json-bad-escape",
    Self::LoneSurrogate => "json-lone-surrogate",
});

reasons!(json::Error {
    ;
    Self { kind, .. } => kind,
});

reasons!(cades::EnvelopeError {
    Self::TooLong { .. } => "too-long",
    Self::Fixed { what: "contentType", .. } => "other-cms-content",
    Self::Fixed { what: "version" | "version of the signer", .. } => "other-version",
    Self::Fixed { what: "digestAlgorithms" | "digestAlgorithm", .. } => "digest-algorithm",
    Self::Fixed { what: "eContentType" | "content type attribute", .. } => "content-type",
    Self::Fixed { what: "signatureAlgorithm", .. } => "signature-algorithm",
    Self::Fixed { what: "signature length", .. } => "signature-length",
    Self::Fixed { .. } => "other-value",
    Self::NoSignedAttributes { .. } => "no-signed-attributes",
    Self::Signers { .. } => "number-of-signers",
    Self::Certificates { .. } => "number-of-certificates",
    Self::CertificateOf { .. } => "no-certificate-of-signer",
    Self::Attachment { .. } => "content-place",
    Self::NoContent => "not-an-application-envelope",
    Self::NotOfAFile => "not-of-a-file",
    Self::Attributes { .. } => "signed-attributes",
    Self::SigningTime => "signing-time",
    Self::NotCanonical { .. } => "not-the-one-form",
    ;
    Self::Encoding(error) => error,
});

reasons!(jades::EnvelopeError {
    Self::TooLong { .. } => "too-long",
    Self::NeitherForm { .. } => "no-serialization",
    Self::Parts { .. } => "number-of-parts",
    Self::Member { .. } => "missing-member",
    Self::UnknownMember(_) => "unknown-member",
    Self::UnprotectedHeader => "unprotected-header",
    Self::GeneralSerialization => "general-serialization",
    Self::Signatures { .. } => "number-of-signers",
    Self::Length { .. } => "part-length",
    Self::Base64Url { .. } => "base64url",
    Self::Payload { .. } => "content-place",
    Self::NotCanonical { .. } => "not-the-one-form",
    ;
    Self::Json(error) => error,
    Self::Header(error) => error,
});

reasons!(jades::HeaderError {
    Self::Unsecured => "alg-none",
    Self::Algorithm { .. } => "signature-algorithm",
    Self::Critical => "crit",
    Self::UnencodedPayload => "b64",
    Self::Jwk => "jwk",
    Self::Jku => "jku",
    Self::X5u => "x5u",
    Self::Unknown(_) => "unknown-parameter",
    Self::Parameter { .. } => "missing-parameter",
    Self::Type { .. } => "content-type",
    Self::Certificates { .. } => "number-of-certificates",
    Self::CertificateEncoding => "certificate-encoding",
    Self::CertificateDigest => "certificate-digest",
    Self::SigningTime => "signing-time",
    Self::Files { .. } => "number-of-files",
    Self::FileReference => "file-reference",
    Self::SameFile(_) => "file-named-twice",
    Self::NotCanonical { .. } => "not-canonical-json",
    ;
    Self::Json(error) => error,
    Self::FileName(error) => error,
});

reasons!(FileNameError {
    Self::Length { .. } | Self::Folder | Self::Character(_) => "file-name",
});

reasons!(jades::BesideError {
    Self::Missing(_) => "file-missing",
});

reasons!(attached::EnvelopeError {
    Self::NeitherKind { .. } => "no-format",
    ;
    Self::Cades(error) => error,
    Self::Jades(error) => error,
});

reasons!(egov::EnvelopeError {
    Self::TooLong { .. } => "too-long",
    Self::NotUtf8 { .. } => "xml-not-utf8",
    Self::Encoding { .. } => "xml-encoding",
    Self::Version { .. } => "xml-version",
    Self::Character { .. } => "xml-character",
    Self::DocumentType { .. } => "xml-document-type",
    Self::EntityReference { .. } => "xml-entity",
    Self::AttributeWhiteSpace { .. } => "xml-attribute-white-space",
    Self::CDataLineEnd { .. } => "xml-cdata-line-end",
    Self::TooDeep { .. } => "xml-too-deep",
    Self::TooManyElements { .. } => "xml-elements",
    Self::TooManyAttributes { .. } => "xml-attributes",
    Self::Unterminated { .. } => "xml-unterminated",
    Self::NotWellFormed { .. } | Self::NoElement => "xml-not-well-formed",
    Self::Canonicalization { .. } => "xml-no-canonical-form",
    Self::Root { .. } => "form-root",
    Self::MissingPart { .. } | Self::Part { .. } | Self::UnexpectedPart { .. } => "form-parts",
    Self::PartAttributes { .. } => "form-attributes",
    Self::PartText { .. } => "form-text",
    Self::FormId { .. } => "form-id",
    Self::SecondId { .. } => "second-id",
    Self::SignatureElsewhere { .. } => "signature-elsewhere",
    Self::Signatures { .. } => "number-of-signers",
    ;
    Self::Form(error) => error,
    Self::Signature { error, .. } => error,
});

reasons!(egov::FormError {
    Self::Comment { .. } => "xml-comment",
    Self::Instruction { .. } => "xml-instruction",
    Self::Namespace { .. } => "xml-namespace",
    Self::Mixed { .. } => "form-text",
    Self::Fields => "form-fields",
    Self::Path { .. } => "form-path",
});

reasons!(egov::SignatureError {
    Self::Element { .. } | Self::Missing { .. } | Self::Unexpected { .. } => "signature-elements",
    Self::Attributes { .. } => "signature-attributes",
    Self::Namespace { .. } => "xml-namespace",
    Self::Text { .. } => "signature-text",
    Self::Comment { .. } => "xml-comment",
    Self::Instruction { .. } => "xml-instruction",
    Self::Id { .. } => "signing-time",
    Self::Algorithm { element: "DigestMethod", .. } => "digest-algorithm",
    Self::Algorithm { element: "SignatureMethod", .. } => "signature-algorithm",
    Self::Algorithm { element: "CanonicalizationMethod", .. } => "canonicalization",
    Self::Algorithm { .. } => "transform",
    Self::FirstReference { .. } => "first-reference",
    Self::FileReference { .. } => "file-reference",
    Self::SecondReference { .. } => "file-named-twice",
    Self::References { .. } => "number-of-files",
    Self::Base64 { .. } => "base64",
    Self::Length { element: "SignatureValue", .. } => "signature-length",
    Self::Length { .. } => "digest-length",
    Self::CertificateLength { .. } => "certificate-length",
});

reasons!(egov::BesideError {
    Self::Missing(_) => "file-missing",
});

reasons!(pdf::EnvelopeError {
    Self::TooLong { .. } => "too-long",
    Self::Header | Self::NoEnd | Self::Syntax { .. } => "pdf-syntax",
    Self::Limit { .. } => "pdf-limit",
    Self::CrossReference { .. } | Self::Stream { .. } => "pdf-cross-reference",
    Self::Encrypted => "pdf-encrypted",
    Self::Gap { .. } => "pdf-gap",
    Self::Overlap { .. } => "pdf-overlap",
    Self::Object { .. } | Self::Structure(_) => "pdf-structure",
    Self::Unsupported(_) => "pdf-not-read",
    Self::NotSigned => "pdf-not-signed",
    Self::Signatures { .. } => "number-of-signers",
    Self::Dictionary { .. } => "pdf-signature-dictionary",
    Self::ByteRange { .. } => "pdf-byte-range",
    Self::NotToTheEnd { .. } => "pdf-not-to-the-end",
    Self::Contents { .. } => "pdf-contents",
    Self::Removed { .. } => "pdf-signature-removed",
    Self::Changed { .. } => "pdf-changed-after-signing",
    ;
    Self::Cms { error, .. } => error,
});

reasons!(OpenError {
    Self::NoFormat => "no-format",
    Self::TooLong { .. } => "too-long",
    Self::Unnamed => "content-not-named",
    ;
    Self::Application(error) => error,
    Self::CadesDetached(error) => error,
    Self::JadesDetached(error) => error,
    Self::Egov(error) => error,
    Self::Pdf(error) => error,
    Self::BesideFiles(error) => error,
    Self::BesideForm(error) => error,
});

/// Every word that reading any format can end in, each once, in the order of the alphabet.
pub fn reading_codes() -> Vec<&'static str> {
    let tables = [
        DerViolation::CODES,
        ErrorKind::CODES,
        cades::EnvelopeError::CODES,
        jades::EnvelopeError::CODES,
        jades::HeaderError::CODES,
        jades::BesideError::CODES,
        FileNameError::CODES,
        attached::EnvelopeError::CODES,
        egov::EnvelopeError::CODES,
        egov::FormError::CODES,
        egov::SignatureError::CODES,
        egov::BesideError::CODES,
        pdf::EnvelopeError::CODES,
        OpenError::CODES,
    ];
    let mut codes = tables.concat();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_kebab_case_and_of_its_error() {
        let kebab = |code: &&str| {
            code.starts_with(|first: char| first.is_ascii_lowercase())
                && !code.ends_with('-')
                && code.bytes().all(|octet| octet.is_ascii_lowercase() || b"-0123456789".contains(&octet))
        };
        let codes = reading_codes();
        assert!(codes.len() > 80 && codes.iter().all(kebab), "{codes:?}");
        let der = DerError { offset: 7, why: DerViolation::Length };
        let nested = attached::EnvelopeError::Cades(der.into());
        assert_eq!(nested.code(), "der-length");
        let fixed = |what| cades::EnvelopeError::Fixed { offset: 0, what }.code();
        assert_eq!((fixed("signatureAlgorithm"), fixed("version")), ("signature-algorithm", "other-version"));
    }
}
