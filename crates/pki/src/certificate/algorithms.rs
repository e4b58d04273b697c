//! Algorithms as data: what certificates can name, and which of it is accepted today.

use super::ProfileError;
use crate::verifier::{Algorithm, NotRsa, RsaKey};

/// `SEQUENCE { OBJECT IDENTIFIER sha256WithRSAEncryption, NULL }` (RFC 4055 §5).
pub(crate) const SHA256_WITH_RSA: &[u8] = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b\x05\x00";

/// AlgorithmIdentifiers of signatures in DER, with their names in RFC 4055 §5 and RFC 5758 §3.2. Those without an
/// [`Algorithm`] are refused by name: too weak, or announced for the next cards and not in use.
const SIGNATURES: [(&[u8], &str, Option<Algorithm>); 6] = [
    (SHA256_WITH_RSA, "sha256WithRSAEncryption", Some(Algorithm::RsaPkcs1Sha256)),
    (b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05\x05\x00", "sha1WithRSAEncryption", None),
    (b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c\x05\x00", "sha384WithRSAEncryption", None),
    (b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d\x05\x00", "sha512WithRSAEncryption", None),
    (b"\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02", "ecdsa-with-SHA256", None),
    (b"\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x03", "ecdsa-with-SHA384", None),
];

/// AlgorithmIdentifiers of elliptic-curve keys in DER, with the curves' names (RFC 5480 §2.1.1.1).
const CURVES: [(&[u8], &str); 2] = [
    (b"\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07", "P-256"),
    (b"\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22", "P-384"),
];

/// The exponent 65,537, the only one of the profile.
const EXPONENT: &[u8] = &[1, 0, 1];
/// 2,048 bits, the only size of the profile.
const MODULUS_OCTETS: usize = 256;

/// The scheme behind an AlgorithmIdentifier; its NULL parameter is part of the name (RFC 4055 §5).
pub(crate) fn known_algorithm(identifier: &[u8]) -> Result<Algorithm, ProfileError> {
    match SIGNATURES.iter().find(|(known, ..)| *known == identifier) {
        Some((_, _, Some(algorithm))) => Ok(*algorithm),
        Some((_, name, None)) => Err(ProfileError::AlgorithmNotAccepted(name)),
        None => Err(ProfileError::Algorithm),
    }
}

/// The name in RFC 4055 §5 or RFC 5758 §3.2 of a signature's AlgorithmIdentifier in DER, accepted or not; none for
/// others.
pub fn signature_algorithm_name(identifier: &[u8]) -> Option<&'static str> {
    SIGNATURES.iter().find(|(known, ..)| *known == identifier).map(|(_, name, _)| *name)
}

/// Checks that a DER SubjectPublicKeyInfo holds a key of the profile: RSA, 2,048 bits, exponent 65,537.
pub(crate) fn check_key(spki: &[u8]) -> Result<RsaKey<'_>, ProfileError> {
    let key = RsaKey::from_spki(spki).map_err(|error| not_rsa(&error))?;
    if key.modulus.len() != MODULUS_OCTETS || key.modulus.first().is_none_or(|first| first & 0x80 == 0) {
        return Err(ProfileError::KeySize { octets: key.modulus.len() });
    }
    if key.exponent != EXPONENT || key.modulus.last().is_none_or(|last| last & 1 == 0) {
        return Err(ProfileError::KeyNumbers);
    }
    Ok(key)
}

fn not_rsa(error: &NotRsa) -> ProfileError {
    let NotRsa::Algorithm { identifier } = error else {
        return ProfileError::Key;
    };
    match CURVES.iter().find(|(curve, _)| curve == identifier) {
        Some((_, name)) => ProfileError::KeyNotAccepted(name),
        None => ProfileError::Key,
    }
}
