//! A lab world on disk: where each file lies, and the changes a counter makes to it.
//!
//! ```text
//! lab-ca.pem  lab-authentication-ca.pem      the authorities' certificates, for OpenSSL
//! anchors/PURPOSE/lab-ca.der                 the same, for verifiers
//! authorities/PURPOSE/key.der                the authorities' keys, PKCS #8
//! crl/PURPOSE-MUNICIPALITY.crl               revocation lists
//! register/HOLDER.json                       what municipality and authority know of each resident
//! certificates/PURPOSE-SERIAL.der            every certificate ever issued
//! journal.jsonl                              what the counter did and refused
//! cards/HOLDER/card.json                     who it is
//! cards/HOLDER/PURPOSE-{certificate,ca-certificate,key}.der
//! ```
//! PURPOSE is `signature` or `authentication`.

mod description;
mod registry;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::{fs, io};

use der::DateTime;
use der::pem::{LineEnding, encode_string};
use shomei_virtual_card::{Contents, Credential, KeyError};
use thiserror::Error;
use zeroize::Zeroizing;

use self::description::Description;
pub use self::registry::{
    publish_list, publish_lists, read_entry, read_register, renew_lists, revoke, write_entry,
};
use crate::register::{Certified, Entry};
use crate::{Authority, Holder, IssueError, Issued, Municipality, Passwords, Purpose, Resident, World};

/// Why a world could not be written or read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FolderError {
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A JSON file of the world that holds something else.
    #[error("{path}: {source}")]
    Description {
        /// Where.
        path: PathBuf,
        /// Why, with line and column.
        source: serde_json::Error,
    },
    /// A holder without a certificate for a purpose.
    #[error("{holder} has no {} certificate", purpose.word())]
    NoCertificate {
        /// Name of the holder's folder.
        holder: String,
        /// What it would be for.
        purpose: Purpose,
    },
    /// A key that a card cannot hold.
    #[error("{path}: {source}")]
    Key {
        /// The folder of the card.
        path: PathBuf,
        /// Why.
        source: KeyError,
    },
    /// A certificate or list could not be made.
    #[error(transparent)]
    Issue(#[from] IssueError),
}

/// Writes a world. Files of an earlier world in the same folder are replaced.
///
/// # Errors
/// [`FolderError`]: a file could not be written or a list not made.
pub fn write(world: &World, folder: &Path) -> Result<(), FolderError> {
    registry::begin(folder)?;
    for purpose in Purpose::ALL {
        let authority = world.authority(purpose);
        write_authority(authority, folder)?;
        for municipality in Municipality::ALL {
            let list = authority.empty_list(municipality, world.made)?;
            put(&list_path(folder, purpose, municipality), &list)?;
        }
    }
    world.holders.iter().try_for_each(|holder| write_holder(holder, folder))
}

/// Reads what is on the card in a folder like `cards/yamada-taro`. A card without the three files of the signature
/// certificate is one of a child.
///
/// # Errors
/// [`FolderError`]: a file is missing or holds something else.
pub fn read_card(card: &Path) -> Result<Contents, FolderError> {
    read_card_with(card, &Passwords::default())
}

/// Like [`read_card`], with other passwords on the card than the lab's.
///
/// # Errors
/// As for [`read_card`].
pub fn read_card_with(card: &Path, passwords: &Passwords) -> Result<Contents, FolderError> {
    let signature = card
        .join("signature-key.der")
        .exists()
        .then(|| read_credential(card, Purpose::Signature, &passwords.signature))
        .transpose()?;
    let description = read_description(&card.join("card.json"))?;
    Ok(Contents {
        signature,
        authentication: read_credential(card, Purpose::Authentication, &passwords.authentication)?,
        input_support: Some(description.input_support(&passwords.input_support)),
    })
}

/// Issues a certificate, as a register entry grants it, and puts it on the holder's card with the passwords of the lab.
/// The entry is not changed.
///
/// # Errors
/// [`FolderError`]: a file could not be read or written, or the certificate not made.
pub(crate) fn issue(
    world: &Path,
    entry: &Entry,
    purpose: Purpose,
    issued: DateTime,
    until: DateTime,
) -> Result<Certified, FolderError> {
    let authority = read_authority(world, purpose)?;
    let made = authority.issue_until(&entry.resident(), issued, until)?;
    let certified = Certified::of(purpose, entry.municipality, &made.certificate)?;
    registry::keep_certificate(world, &certified, &made.certificate)?;
    put_on_card(&world.join("cards").join(&entry.holder), purpose, &made, &authority.own()?.certificate)?;
    describe(world, entry)?;
    Ok(certified)
}

/// Takes every certificate and key off a holder's card.
pub(crate) fn empty_card(world: &Path, holder: &str) -> Result<(), FolderError> {
    let card = world.join("cards").join(holder);
    for purpose in Purpose::ALL {
        for kind in ["certificate", "ca-certificate", "key"] {
            let path = card.join(format!("{}-{kind}.der", purpose.word()));
            match fs::remove_file(&path) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    return Err(FolderError::File { path, source });
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Writes on the holder's card who it is.
pub(crate) fn describe(world: &Path, entry: &Entry) -> Result<(), FolderError> {
    write_description(&world.join("cards").join(&entry.holder), &entry.resident())
}

fn write_authority(authority: &Authority, folder: &Path) -> Result<(), FolderError> {
    let purpose = authority.purpose();
    let own = authority.own()?;
    let pem = encode_string("CERTIFICATE", LineEnding::LF, &own.certificate)
        .map_err(|error| IssueError::Encoding(error.into()))?;
    let pem_name = match purpose {
        Purpose::Signature => "lab-ca.pem",
        Purpose::Authentication => "lab-authentication-ca.pem",
    };
    put(&folder.join(pem_name), pem.as_bytes())?;
    put(&anchor_path(folder, purpose), &own.certificate)?;
    put(&authority_key_path(folder, purpose), &own.key)
}

pub(crate) fn read_authority(world: &Path, purpose: Purpose) -> Result<Authority, FolderError> {
    let certificate = get(&anchor_path(world, purpose))?;
    let key = Zeroizing::new(get(&authority_key_path(world, purpose))?);
    Ok(Authority::restore(purpose, &certificate, &key)?)
}

fn write_holder(holder: &Holder, folder: &Path) -> Result<(), FolderError> {
    let card = folder.join("cards").join(&holder.resident.id);
    let entry = registry::first_entry(holder)?;
    let issued = [&holder.signature, &holder.authentication];
    for ((certified, issued), authority) in entry.certificates.iter().zip(issued).zip(&holder.authorities) {
        put_on_card(&card, certified.purpose, issued, authority)?;
        registry::keep_certificate(folder, certified, &issued.certificate)?;
    }
    write_entry(folder, &entry)?;
    write_description(&card, &holder.resident)
}

fn put_on_card(card: &Path, purpose: Purpose, issued: &Issued, authority: &[u8]) -> Result<(), FolderError> {
    let word = purpose.word();
    put(&card.join(format!("{word}-certificate.der")), &issued.certificate)?;
    put(&card.join(format!("{word}-ca-certificate.der")), authority)?;
    put(&card.join(format!("{word}-key.der")), &issued.key)
}

fn write_description(card: &Path, resident: &Resident) -> Result<(), FolderError> {
    let path = card.join("card.json");
    let description = Description::of(resident)
        .to_json()
        .map_err(|source| FolderError::Description { path: path.clone(), source })?;
    put(&path, description.as_bytes())
}

fn read_credential(card: &Path, purpose: Purpose, secret: &str) -> Result<Credential, FolderError> {
    let file = |name: &str| get(&card.join(format!("{}-{name}.der", purpose.word())));
    let key = Zeroizing::new(file("key")?);
    Credential::new(&file("certificate")?, &file("ca-certificate")?, &key, secret)
        .map_err(|source| FolderError::Key { path: card.to_path_buf(), source })
}

fn read_description(path: &Path) -> Result<Description, FolderError> {
    Description::from_json(&get(path)?)
        .map_err(|source| FolderError::Description { path: path.to_path_buf(), source })
}

fn anchor_path(world: &Path, purpose: Purpose) -> PathBuf {
    world.join("anchors").join(purpose.word()).join("lab-ca.der")
}

fn authority_key_path(world: &Path, purpose: Purpose) -> PathBuf {
    world.join("authorities").join(purpose.word()).join("key.der")
}

fn list_path(world: &Path, purpose: Purpose, municipality: Municipality) -> PathBuf {
    let municipality = municipality.romaji().to_lowercase();
    world.join("crl").join(format!("{}-{municipality}.crl", purpose.word()))
}

fn get(path: &Path) -> Result<Vec<u8>, FolderError> {
    fs::read(path).map_err(|source| FolderError::File { path: path.to_path_buf(), source })
}

/// Whole, or not at all: others read the world meanwhile.
fn put(path: &Path, bytes: &[u8]) -> Result<(), FolderError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}", std::process::id()));
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&beside, bytes))
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|source| FolderError::File { path: path.to_path_buf(), source })
}
