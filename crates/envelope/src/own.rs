//! The check of the side that has just made an envelope, or just received the one it asked for.
//!
//! It needs no anchors and no revocation: it answers "is this my document, signed by the certificate inside", which
//! is what a host can know before it replies and a page before it sends. It is not a verification for a relying party.

use crate::attached::{self, EnvelopeError};
use crate::signed::{Signature, Signed};
use shomei_application::{Application, Container, ParseError};
use shomei_pki::{BasicFourItems, Certificate, ProfileError, SignatureVerifier, SigningCertificate};

/// What holds after the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCheck {
    /// The certificate that signed.
    pub certificate: SigningCertificate,
    /// Its holder, as the certificate states it. Whether an authority stands behind it was not checked.
    pub holder: BasicFourItems,
}

/// Why the envelope is not the one that was to be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OwnCheckError {
    /// What was to be signed is no application document, so no kind of envelope is the right one.
    #[error("the document that was to be signed: {0}")]
    Document(#[from] ParseError),
    /// Not an envelope of the one form of its kind.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// An envelope of another kind than the document asks for.
    #[error("the envelope is of the kind {}, and the document asks for {}", found.as_str(), asked.as_str())]
    OtherContainer {
        /// The kind of the envelope.
        found: Container,
        /// The document's own word.
        asked: Container,
    },
    /// Its content is another document.
    #[error("the content is not the document that was to be signed")]
    OtherContent,
    /// Somebody else has signed, too.
    #[error("{count} signers, where there must be one")]
    Signers {
        /// Signers found.
        count: usize,
    },
    /// Its certificate is not a signature certificate.
    #[error("the certificate: {0}")]
    Certificate(#[from] ProfileError),
    /// The signed digest is not that of the content.
    #[error("the signature is over another content")]
    ContentDigest,
    /// The signer named another certificate.
    #[error("the certificate is not the one that the signer named")]
    OtherCertificate,
    /// The signature does not match.
    #[error("the signature does not match")]
    Signature,
}

/// Checks that `envelope` holds exactly `expected_content`, the canonical bytes of an application document, in the
/// container that this document names, signed by the certificate inside. Documents of a developer's own machine are
/// taken too.
///
/// # Errors
/// The first difference.
pub fn verify_own(
    envelope: &[u8],
    expected_content: &[u8],
    verifier: &dyn SignatureVerifier,
) -> Result<OwnCheck, OwnCheckError> {
    let asked = Application::parse_development(expected_content)?.container;
    let envelope = attached::parse(envelope)?;
    if envelope.content() != expected_content {
        return Err(OwnCheckError::OtherContent);
    }
    if envelope.container() != asked {
        return Err(OwnCheckError::OtherContainer { found: envelope.container(), asked });
    }
    let signatures = envelope.signatures();
    let [signature] = signatures.as_slice() else {
        return Err(OwnCheckError::Signers { count: signatures.len() });
    };
    let certificate = SigningCertificate::parse(signature.certificate)?;
    check_signature(signature, certificate.certificate(), verifier)?;
    let holder = certificate.holder().clone();
    Ok(OwnCheck { certificate, holder })
}

/// Checks that the newest signature of `signed`, which is the last one, was made with `certificate`, in DER, over what
/// lies beside it, of which nothing has changed. Earlier signatures are not this signer's, and are not looked at. That
/// `signed` is over the files that were meant is for the caller to compare, with [`Signed::covered`].
///
/// # Errors
/// The first difference.
pub fn verify_own_signature(
    signed: &dyn Signed,
    certificate: &[u8],
    verifier: &dyn SignatureVerifier,
) -> Result<OwnCheck, OwnCheckError> {
    let signatures = signed.signatures();
    let newest = signatures.last().ok_or(OwnCheckError::Signers { count: 0 })?;
    if newest.certificate != certificate {
        return Err(OwnCheckError::OtherCertificate);
    }
    let certificate = SigningCertificate::parse(certificate)?;
    check_signature(newest, certificate.certificate(), verifier)?;
    let holder = certificate.holder().clone();
    Ok(OwnCheck { certificate, holder })
}

fn check_signature(
    signature: &Signature<'_>,
    certificate: &Certificate,
    verifier: &dyn SignatureVerifier,
) -> Result<(), OwnCheckError> {
    if !signature.changed.is_empty() {
        return Err(OwnCheckError::ContentDigest);
    }
    if !signature.names(certificate) {
        return Err(OwnCheckError::OtherCertificate);
    }
    signature.check(certificate, verifier).map_err(|_| OwnCheckError::Signature)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Key, Lab, lab};
    use crate::{FileDigest, cades, jades};
    use shomei_pki::RsaVerifier;

    /// The lab's document for a kind of envelope, with something that tells it from others.
    fn document(lab: &Lab, container: Container, purpose: &str) -> Vec<u8> {
        let mut application = lab.application();
        application.container = container;
        application.fields[1].text = Some(purpose.into());
        application.to_canonical()
    }

    fn signed(lab: &Lab, container: Container, content: &[u8]) -> Vec<u8> {
        let certificate = &lab.holder().signature.certificate;
        let prepared = attached::prepare(container, content, certificate, lab.now).unwrap();
        let signature = lab.sign(Key::Signature, &prepared.digest());
        prepared.complete(&signature).unwrap()
    }

    fn check(envelope: &[u8], expected: &[u8]) -> Result<String, OwnCheckError> {
        verify_own(envelope, expected, &RsaVerifier).map(|held| held.holder.name)
    }

    #[test]
    fn an_envelope_is_held_to_its_document_and_to_the_container_that_it_names() {
        let lab = lab();
        let (cades, jades) = (Container::Cades, Container::Jades);
        let document = |container| document(lab, container, "郵送");
        let other = self::document(lab, jades, "窓口");
        let local = String::from_utf8(document(jades)).unwrap();
        let local = local.replace("https://shinsei.city.mihon.lg.jp", "http://localhost:8080").into_bytes();
        let good = || Ok(lab.holder().resident.name.to_owned());
        let table = [
            ("CAdES for a document for CAdES", cades, document(cades), document(cades), good()),
            ("JAdES for a document for JAdES", jades, document(jades), document(jades), good()),
            ("a document of a developer's machine", jades, local.clone(), local, good()),
            (
                "CAdES around a document for JAdES",
                cades,
                document(jades),
                document(jades),
                Err(OwnCheckError::OtherContainer { found: cades, asked: jades }),
            ),
            (
                "JAdES around a document for CAdES",
                jades,
                document(cades),
                document(cades),
                Err(OwnCheckError::OtherContainer { found: jades, asked: cades }),
            ),
            ("another document", jades, other, document(jades), Err(OwnCheckError::OtherContent)),
            (
                "the same answers for the other container",
                cades,
                document(cades),
                document(jades),
                Err(OwnCheckError::OtherContent),
            ),
        ];
        for (name, container, content, expected, outcome) in table {
            assert_eq!(check(&signed(lab, container, &content), &expected), outcome, "{name}");
        }
    }

    #[test]
    fn what_is_expected_has_to_be_a_document() {
        let found = check(&signed(lab(), Container::Jades, b"{}"), b"{}");
        assert!(matches!(found, Err(OwnCheckError::Document(_))), "{found:?}");
    }

    #[test]
    fn both_serializations_of_jades_are_held() {
        let lab = lab();
        let content = document(lab, Container::Jades, "郵送");
        let prepared = jades::prepare(&content, &lab.holder().signature.certificate, lab.now).unwrap();
        let signature = lab.sign(Key::Signature, &prepared.digest());
        let flattened = prepared.complete_flattened(&signature).unwrap();
        assert_eq!(check(&flattened, &content), Ok(lab.holder().resident.name.to_owned()));
    }

    #[test]
    fn a_jades_envelope_with_any_octet_changed_is_refused() {
        let lab = lab();
        let content = document(lab, Container::Jades, "郵送");
        let good = signed(lab, Container::Jades, &content);
        for place in 0..good.len() {
            let mut changed = good.clone();
            changed[place] ^= 1;
            assert!(check(&changed, &content).is_err(), "octet {place}");
        }
        let signature_begins = good.iter().rposition(|octet| *octet == b'.').unwrap() + 1;
        let mut changed = good.clone();
        changed[signature_begins] = if good[signature_begins] == b'A' { b'B' } else { b'A' };
        assert_eq!(check(&changed, &content), Err(OwnCheckError::Signature));
    }

    #[test]
    fn a_signature_beside_files_is_held_to_its_certificate_and_to_what_lies_there() {
        let lab = lab();
        let holder = &lab.holder().signature.certificate;
        let read = |octets| jades::ReadFile::of("a.txt", octets);
        let prepared = cades::prepare_detached(&FileDigest::of("a.txt", b"abc"), holder, lab.now).unwrap();
        let signature = lab.sign(Key::Signature, &prepared.digest());
        let cades = cades::parse_detached(&prepared.complete(&signature).unwrap()).unwrap();
        let prepared = jades::prepare_detached(&[read(b"abc")], holder, lab.now).unwrap();
        let signature = lab.sign(Key::Signature, &prepared.digest());
        let jades = jades::parse_detached(&prepared.clone().complete(&signature).unwrap()).unwrap();
        let of_another = lab.sign(Key::Signature, &[0; 32]);
        let broken = jades::parse_detached(&prepared.complete(&of_another).unwrap()).unwrap();
        let cades = |octets| cades.clone().beside(FileDigest::of("a.txt", octets));
        let jades = |octets| jades.clone().beside(&[read(octets)]).unwrap();
        let other = &lab.other_holder().signature.certificate;
        type Case<'a> = (&'a str, Box<dyn Signed>, &'a [u8], Option<OwnCheckError>);
        let table: [Case<'_>; 7] = [
            ("CAdES", Box::new(cades(b"abc")), holder, None),
            ("JAdES", Box::new(jades(b"abc")), holder, None),
            ("CAdES, changed", Box::new(cades(b"abd")), holder, Some(OwnCheckError::ContentDigest)),
            ("JAdES, changed", Box::new(jades(b"abd")), holder, Some(OwnCheckError::ContentDigest)),
            ("CAdES, another's", Box::new(cades(b"abc")), other, Some(OwnCheckError::OtherCertificate)),
            ("JAdES, another's", Box::new(jades(b"abc")), other, Some(OwnCheckError::OtherCertificate)),
            (
                "over something else",
                Box::new(broken.beside(&[read(b"abc")]).unwrap()),
                holder,
                Some(OwnCheckError::Signature),
            ),
        ];
        for (name, signed, certificate, refused) in table {
            let found = verify_own_signature(signed.as_ref(), certificate, &RsaVerifier);
            assert_eq!(found.err(), refused, "{name}");
        }
    }
}
