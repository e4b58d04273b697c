//! A lab world on disk: where each file lies, and the changes a counter makes to it.
//!
//! ```text
//! lab-ca.pem  lab-authentication-ca.pem      the authorities' certificates, for OpenSSL
//! anchors/PURPOSE/lab-ca.der                 the same, for verifiers
//! authorities/PURPOSE/key.der                the authorities' keys, PKCS #8
//! crl/PURPOSE-MUNICIPALITY.crl               revocation lists
//! cards/HOLDER/card.json                     who it is
//! cards/HOLDER/PURPOSE-{certificate,ca-certificate,key}.der
//! ```
//! PURPOSE is `signature` or `authentication`.

mod description;
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
use crate::{Authority, Holder, IssueError, Municipality, Passwords, Purpose, Reason, World};

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
    /// A `card.json` that is not one.
    #[error("{path}: {source}")]
    Description {
        /// Where.
        path: PathBuf,
        /// Why, with line and column.
        source: serde_json::Error,
    },
    /// A municipality that the lab does not have.
    #[error("{path}: no municipality {name:?} in the lab")]
    Municipality {
        /// The `card.json` naming it.
        path: PathBuf,
        /// The name.
        name: String,
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

/// Revokes one certificate of a holder: the municipality's list is replaced by its successor.
///
/// # Errors
/// [`FolderError`]: no such holder, or a file is missing or holds something else.
pub fn revoke(
    world: &Path,
    holder: &str,
    purpose: Purpose,
    reason: Reason,
    at: DateTime,
) -> Result<PathBuf, FolderError> {
    let card = world.join("cards").join(holder);
    let municipality = municipality(&card.join("card.json"))?;
    let certificate = get(&card.join(format!("{}-certificate.der", purpose.word())))?;
    let path = list_path(world, purpose, municipality);
    let list =
        read_authority(world, purpose)?.revoke(municipality, &get(&path)?, &certificate, reason, at)?;
    put(&path, &list)?;
    Ok(path)
}

/// Replaces every revocation list by its successor, good for another week.
///
/// # Errors
/// [`FolderError`]: a file is missing or holds something else.
pub fn renew_lists(world: &Path, at: DateTime) -> Result<(), FolderError> {
    for purpose in Purpose::ALL {
        let authority = read_authority(world, purpose)?;
        for municipality in Municipality::ALL {
            let path = list_path(world, purpose, municipality);
            put(&path, &authority.renew_list(municipality, &get(&path)?, at)?)?;
        }
    }
    Ok(())
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

fn read_authority(world: &Path, purpose: Purpose) -> Result<Authority, FolderError> {
    let certificate = get(&anchor_path(world, purpose))?;
    let key = Zeroizing::new(get(&authority_key_path(world, purpose))?);
    Ok(Authority::restore(purpose, &certificate, &key)?)
}

fn write_holder(holder: &Holder, folder: &Path) -> Result<(), FolderError> {
    let card = folder.join("cards").join(&holder.resident.id);
    let issued = [&holder.signature, &holder.authentication];
    for ((purpose, issued), authority) in Purpose::ALL.into_iter().zip(issued).zip(&holder.authorities) {
        let word = purpose.word();
        put(&card.join(format!("{word}-certificate.der")), &issued.certificate)?;
        put(&card.join(format!("{word}-ca-certificate.der")), authority)?;
        put(&card.join(format!("{word}-key.der")), &issued.key)?;
    }
    let path = card.join("card.json");
    let description = Description::of(&holder.resident)
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

fn municipality(path: &Path) -> Result<Municipality, FolderError> {
    let name = read_description(path)?.municipality;
    let found = Municipality::ALL.into_iter().find(|municipality| municipality.romaji() == name);
    found.ok_or(FolderError::Municipality { path: path.to_path_buf(), name })
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

fn put(path: &Path, bytes: &[u8]) -> Result<(), FolderError> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|source| FolderError::File { path: path.to_path_buf(), source })
}
