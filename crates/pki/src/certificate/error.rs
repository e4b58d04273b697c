//! Every way in which a certificate can leave the profile.

use super::HolderError;
use crate::der::DerError;

/// Why bytes are not a certificate of the profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// More octets than any certificate of the profile has.
    #[error("{octets} octets are more than the 16,384 that a certificate may have")]
    TooLong {
        /// How many were given.
        octets: usize,
    },
    /// The bytes are not DER, or a part is not where the structure has it.
    #[error(transparent)]
    Encoding(#[from] DerError),
    /// Another version than 3.
    #[error("the version is not 3")]
    Version,
    /// A unique identifier, which the profile does not have (RFC 5280 §4.1.2.8).
    #[error("unique identifiers are not part of the profile")]
    UniqueIdentifier,
    /// The serial number is not a positive integer of 1 to 20 octets.
    #[error("the serial number is not a positive integer of 1 to 20 octets")]
    Serial,
    /// The signature algorithm inside and outside the signed part differ (RFC 5280 §4.1.1.2).
    #[error("the two names of the signature algorithm differ")]
    AlgorithmsDiffer,
    /// A signature algorithm that is known and not accepted: too weak, or not in use yet.
    #[error("the signature algorithm {0} is not accepted")]
    AlgorithmNotAccepted(&'static str),
    /// A signature algorithm that is not known, or sha256WithRSAEncryption without its NULL parameters.
    #[error("the signature algorithm is not sha256WithRSAEncryption with NULL parameters")]
    Algorithm,
    /// The subject's public key is not an RSA key in DER.
    #[error("the public key is not an RSA key")]
    Key,
    /// A key on an elliptic curve, which no certificate of the profile has yet.
    #[error("a public key on {0} is not accepted")]
    KeyNotAccepted(&'static str),
    /// An RSA key of another size than 2,048 bits.
    #[error("the RSA modulus has {octets} octets, not 2048 bits")]
    KeySize {
        /// Octets of the modulus without leading zeros.
        octets: usize,
    },
    /// An even modulus or another exponent than 65,537.
    #[error("the RSA modulus is even or the exponent is not 65537")]
    KeyNumbers,
    /// UTCTime after 2049 or GeneralizedTime before 2050 (RFC 5280 §4.1.2.5).
    #[error("a time of the validity is in the wrong form")]
    TimeForm,
    /// notAfter lies before notBefore.
    #[error("the validity ends before it begins")]
    ValidityReversed,
    /// An empty name, or several attributes in one RDN.
    #[error("a name is empty or has several attributes in one RDN")]
    Name,
    /// The issuer's name does not have exactly one organization (O).
    #[error("the issuer's name does not have exactly one organization")]
    Organization,
    /// The same extension twice (RFC 5280 §4.2).
    #[error("the extension {0} occurs twice")]
    DuplicateExtension(String),
    /// A critical extension that this profile does not know (RFC 5280 §4.2).
    #[error("the critical extension {0} is unknown")]
    UnknownCriticalExtension(String),
    /// An extension's value is not the structure that its name promises.
    #[error("the value of the extension {0} is malformed")]
    ExtensionValue(&'static str),
    /// An extension of the profile is missing.
    #[error("the extension {0} is missing")]
    MissingExtension(&'static str),
    /// An extension that this profile excludes.
    #[error("the extension {0} does not belong here")]
    ForbiddenExtension(&'static str),
    /// An extension that must be critical is not.
    #[error("the extension {0} must be critical")]
    NotCritical(&'static str),
    /// An extension that must not be critical is (RFC 5280 §4.2.1.1, §4.2.1.2).
    #[error("the extension {0} must not be critical")]
    Critical(&'static str),
    /// keyUsage is not exactly that of the profile.
    #[error("keyUsage is not that of a {0} certificate")]
    KeyUsage(&'static str),
    /// extKeyUsage of an authentication certificate is not exactly clientAuth.
    #[error("extKeyUsage is not exactly clientAuth")]
    ExtendedKeyUsage,
    /// basicConstraints of an authority are not exactly CA:TRUE.
    #[error("basicConstraints are not exactly CA:TRUE")]
    BasicConstraints,
    /// Issuer and subject of an anchor differ.
    #[error("an authority's certificate must be its own issuer")]
    NotSelfIssued,
    /// The holder's basic four items are missing or malformed.
    #[error(transparent)]
    Holder(#[from] HolderError),
}
