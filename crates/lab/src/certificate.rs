//! Certificates in the profile of the public service, signed by an authority of the lab.

mod deviations;
mod extensions;
mod next_generation;
mod signed;
#[cfg(test)]
mod tests;

use der::DateTime;
use der::asn1::UtcTime;
use rsa::rand_core::CryptoRngCore;
use spki::SubjectPublicKeyInfoOwned;
use thiserror::Error;
use x509_cert::certificate::{TbsCertificate, Version};
use x509_cert::ext::Extension;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::{Time, Validity};

pub use self::deviations::{Attribute, Deviations, KeySize, OtherNames};
pub(crate) use self::extensions::{authority_key_identifier, distribution_point_name, extension};
pub use self::next_generation::NextGeneration;
pub use self::signed::Digest;
pub(crate) use self::signed::{algorithm, sign};
use crate::birthday::{end_of_fifth_birthday, end_of_ten_years};
use crate::{Authority, Resident, name};

/// What a key pair is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// 署名用: signatures on documents.
    Signature,
    /// 利用者証明用: proving who is at the other end.
    Authentication,
}

impl Purpose {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Signature, Self::Authentication];

    /// The word in file and folder names.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Authentication => "authentication",
        }
    }
}

/// Why a certificate or revocation list could not be made or read back.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum IssueError {
    /// A value that has no encoding, or bytes that are none.
    #[error("DER: {0}")]
    Encoding(#[from] der::Error),
    /// A key could not be made or used.
    #[error("RSA: {0}")]
    Key(#[from] rsa::Error),
    /// A private key could not be written or read.
    #[error("PKCS #8: {0}")]
    PrivateKey(#[from] rsa::pkcs8::Error),
    /// An elliptic-curve key could not be made or used.
    #[error("ECDSA: {0}")]
    EllipticCurve(#[from] p384::ecdsa::Error),
    /// A public key could not be written.
    #[error("public key: {0}")]
    PublicKey(#[from] spki::Error),
    /// A revocation list without the number that its successor must exceed.
    #[error("a revocation list without a number")]
    NoCrlNumber,
    /// A block that is not below the modulus of the key.
    #[error("a block of {octets} octets is not below the modulus")]
    Block {
        /// Octets given.
        octets: usize,
    },
    /// A serial number of the register that is not octets in hexadecimal.
    #[error("{0:?} is no serial number in hexadecimal")]
    Serial(String),
}

/// The self-signed certificate of an authority, without its signature.
pub(crate) fn authority(
    purpose: Purpose,
    key: SubjectPublicKeyInfoOwned,
    founded: DateTime,
    chance: &mut dyn CryptoRngCore,
) -> Result<TbsCertificate, IssueError> {
    let own = name::authority(purpose)?;
    let extensions = extensions::of_authority(purpose, &own, &key)?;
    let validity = validity(founded, end_of_ten_years(founded)?)?;
    to_be_signed(serial_number(chance)?, own.clone(), validity, own, key, extensions)
}

/// A resident's certificate, without its signature.
pub(crate) fn of_resident(
    authority: &Authority,
    resident: &Resident,
    key: SubjectPublicKeyInfoOwned,
    issued: DateTime,
    chance: &mut dyn CryptoRngCore,
) -> Result<TbsCertificate, IssueError> {
    let (subject, extensions) = match authority.purpose() {
        Purpose::Signature => (
            name::signature_subject(resident, &signature_number(resident, issued, chance))?,
            extensions::of_signature(authority, resident, &key)?,
        ),
        Purpose::Authentication => (
            name::authentication_subject(&authentication_number(resident, chance))?,
            extensions::of_authentication(authority, resident, &key)?,
        ),
    };
    let validity = validity(issued, end_of_fifth_birthday(resident.birth, issued)?)?;
    to_be_signed(serial_number(chance)?, authority.subject().clone(), validity, subject, key, extensions)
}

fn to_be_signed(
    serial_number: SerialNumber,
    issuer: Name,
    validity: Validity,
    subject: Name,
    subject_public_key_info: SubjectPublicKeyInfoOwned,
    extensions: Vec<Extension>,
) -> Result<TbsCertificate, IssueError> {
    Ok(TbsCertificate {
        version: Version::V3,
        serial_number,
        signature: algorithm(),
        issuer,
        validity,
        subject,
        subject_public_key_info,
        issuer_unique_id: None,
        subject_unique_id: None,
        extensions: Some(extensions),
    })
}

fn validity(from: DateTime, to: DateTime) -> der::Result<Validity> {
    Ok(Validity { not_before: utc(from)?, not_after: utc(to)? })
}

pub(crate) fn utc(instant: DateTime) -> der::Result<Time> {
    UtcTime::from_date_time(instant).map(Time::UtcTime)
}

/// A positive INTEGER of exactly four octets.
fn serial_number(chance: &mut dyn CryptoRngCore) -> der::Result<SerialNumber> {
    let [first, rest @ ..] = chance.next_u32().to_be_bytes();
    let first = first & 0x7F | 0x40;
    SerialNumber::new([&[first], rest.as_slice()].concat().as_slice())
}

/// 28 characters: the time of issue, a running number, the municipality, a tail. Readers must not look inside.
fn signature_number(resident: &Resident, issued: DateTime, chance: &mut dyn CryptoRngCore) -> String {
    let time: String = issued.to_string().chars().filter(char::is_ascii_digit).collect();
    format!("{time}{:05}{}003A", chance.next_u32() % 100_000, resident.municipality.code())
}

/// 23 characters: fourteen letters and digits by lot, the municipality, a tail.
fn authentication_number(resident: &Resident, chance: &mut dyn CryptoRngCore) -> String {
    const LETTERS: [char; 32] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'V',
        'W', 'X', 'Y', 'Z', '2', '3', '4', '5', '6', '7', '8', '9',
    ];
    let mut lot = [0; 14];
    chance.fill_bytes(&mut lot);
    let drawn = lot.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32)));
    format!("{}{}003A", drawn.collect::<String>(), resident.municipality.code())
}
