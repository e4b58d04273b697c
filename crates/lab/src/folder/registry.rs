//! The register on disk, and the revocation lists that follow from it.

use std::fs;
use std::path::{Path, PathBuf};

use der::DateTime;

use super::{FolderError, get, list_path, put, read_authority};
use crate::birthday::day_in_japan;
use crate::register::{Card, Cause, Certified, Entry, ForeignResident, Items, Revocation, Standing};
use crate::rules::{SWITCHES, card_expiry};
use crate::{Holder, IssueError, Municipality, Purpose, Reason};

/// An empty register, in place of that of an earlier world in the same folder.
pub(super) fn begin(world: &Path) -> Result<(), FolderError> {
    let path = world.join("register");
    let emptied = if path.exists() { fs::remove_dir_all(&path) } else { Ok(()) };
    emptied.and_then(|()| fs::create_dir_all(&path)).map_err(|source| FolderError::File { path, source })
}

/// The entry of someone who got card and certificates when a world was made. Who has a name in Latin letters is a foreign
/// resident whose stay has no end.
pub(super) fn first_entry(holder: &Holder) -> Result<Entry, IssueError> {
    let resident = &holder.resident;
    let issued = [(Purpose::Signature, &holder.signature), (Purpose::Authentication, &holder.authentication)];
    let certificates = issued
        .into_iter()
        .map(|(purpose, issued)| Certified::of(purpose, resident.municipality, &issued.certificate))
        .collect::<Result<Vec<_>, _>>()?;
    let day = certificates.first().map(|first| day_in_japan(first.issued)).transpose()?;
    let card =
        |issued| Card { issued, expires: card_expiry(resident.birth, issued, &SWITCHES), suspended: None };
    Ok(Entry {
        holder: resident.id.clone(),
        municipality: resident.municipality,
        basic_four_items: Items::of(resident),
        foreign_resident: resident.name.is_ascii().then(ForeignResident::default),
        ward: None,
        standing: Standing::Resident,
        card: day.map(card),
        inquiry: None,
        certificates,
    })
}

/// What the register of a world holds of one resident.
///
/// # Errors
/// [`FolderError`]: no such holder, or the file holds something else.
pub fn read_entry(world: &Path, holder: &str) -> Result<Entry, FolderError> {
    let path = entry_path(world, holder);
    serde_json::from_slice(&get(&path)?).map_err(|source| FolderError::Description { path, source })
}

/// Replaces what the register holds of one resident: whole, or not at all.
///
/// # Errors
/// [`FolderError`]: the file could not be written.
pub fn write_entry(world: &Path, entry: &Entry) -> Result<(), FolderError> {
    let path = entry_path(world, &entry.holder);
    let json = serde_json::to_string_pretty(entry)
        .map_err(|source| FolderError::Description { path: path.clone(), source })?;
    put(&path, (json + "\n").as_bytes())
}

/// The whole register, in the order of the holders' names.
///
/// # Errors
/// [`FolderError`]: there is no register, or a file of it holds something else.
pub fn read_register(world: &Path) -> Result<Vec<Entry>, FolderError> {
    let folder = world.join("register");
    let failed = |source| FolderError::File { path: folder.clone(), source };
    let names = fs::read_dir(&folder)
        .and_then(|files| files.map(|file| Ok(file?.file_name())).collect::<Result<Vec<_>, _>>())
        .map_err(failed)?;
    let mut holders: Vec<_> = names.iter().filter_map(|name| name.to_str()?.strip_suffix(".json")).collect();
    holders.sort_unstable();
    holders.into_iter().map(|holder| read_entry(world, holder)).collect()
}

/// Revokes the newest certificate of a holder for a purpose, for whatever reason: the register takes it down, and the
/// list that covers the certificate is replaced by its successor. Its path is returned.
///
/// # Errors
/// [`FolderError`]: no such holder or certificate, or a file is missing or holds something else.
pub fn revoke(
    world: &Path,
    holder: &str,
    purpose: Purpose,
    reason: Reason,
    at: DateTime,
) -> Result<PathBuf, FolderError> {
    let mut entry = read_entry(world, holder)?;
    let newest = entry.certificates.iter_mut().rev().find(|certified| certified.purpose == purpose);
    let Some(certified) = newest else {
        return Err(FolderError::NoCertificate { holder: holder.to_owned(), purpose });
    };
    certified.revocation = Some(Revocation { at, reason, cause: Cause::Command });
    let municipality = certified.municipality;
    write_entry(world, &entry)?;
    publish_list(world, purpose, municipality, at)
}

/// Replaces the revocation list of an authority and municipality by its successor, and returns its path.
///
/// # Errors
/// [`FolderError`]: a file is missing or holds something else.
pub fn publish_list(
    world: &Path,
    purpose: Purpose,
    municipality: Municipality,
    at: DateTime,
) -> Result<PathBuf, FolderError> {
    let register = read_register(world)?;
    publish(world, &register, purpose, municipality, at)
}

/// Replaces every revocation list by its successor, good for another week.
///
/// # Errors
/// [`FolderError`]: a file is missing or holds something else.
pub fn renew_lists(world: &Path, at: DateTime) -> Result<(), FolderError> {
    publish_lists(world, &Purpose::ALL, at).map(drop)
}

/// Replaces every revocation list of some authorities by its successor, and returns their paths.
///
/// # Errors
/// [`FolderError`]: a file is missing or holds something else.
pub fn publish_lists(world: &Path, of: &[Purpose], at: DateTime) -> Result<Vec<PathBuf>, FolderError> {
    let register = read_register(world)?;
    let lists = of.iter().flat_map(|purpose| Municipality::ALL.map(|place| (*purpose, place)));
    lists.map(|(purpose, place)| publish(world, &register, purpose, place, at)).collect()
}

fn publish(
    world: &Path,
    register: &[Entry],
    purpose: Purpose,
    municipality: Municipality,
    at: DateTime,
) -> Result<PathBuf, FolderError> {
    let path = list_path(world, purpose, municipality);
    let certificates = register.iter().flat_map(|entry| &entry.certificates);
    let list = read_authority(world, purpose)?.next_list(municipality, &get(&path)?, certificates, at)?;
    put(&path, &list)?;
    Ok(path)
}

/// Keeps a certificate where the register says that it lies.
pub(super) fn keep_certificate(world: &Path, certified: &Certified, der: &[u8]) -> Result<(), FolderError> {
    put(&world.join(&certified.file), der)
}

fn entry_path(world: &Path, holder: &str) -> PathBuf {
    world.join("register").join(format!("{holder}.json"))
}
