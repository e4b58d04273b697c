//! Whose certificates count, and which of them are revoked: the anchors of one world and a folder of its lists.

use crate::limits::MAX_TRUST_FILE_BYTES;
use crate::verifier::AwsLcVerifier;
use shomei_pki::{AnchorError, Anchors, Crl, CrlIndex, World};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The one world that this site verifies in.
#[derive(Debug)]
pub struct Trust {
    anchors: Anchors,
    crl_folder: PathBuf,
}

/// Why the anchors cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// A file or folder cannot be read.
    #[error("{}: {cause}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A file is larger than any certificate.
    #[error("{}: larger than {MAX_TRUST_FILE_BYTES} bytes", path.display())]
    TooLarge {
        /// Which.
        path: PathBuf,
    },
    /// Certificates that are no anchors of the world.
    #[error(transparent)]
    Anchors(#[from] AnchorError),
    /// Without a signature authority every application would be refused.
    #[error("{}: no certificate of a signature authority", path.display())]
    NoAuthority {
        /// The folder.
        path: PathBuf,
    },
}

impl Trust {
    /// Reads the authorities of `world` from `signature/` and `authentication/` below `anchors`, in DER. The lists in
    /// `crl_folder` are read when they are needed.
    pub fn read(world: World, anchors: &Path, crl_folder: &Path) -> Result<Self, TrustError> {
        let folder = anchors.join("signature");
        let signature = read_folder(&folder)?;
        if signature.is_empty() {
            return Err(TrustError::NoAuthority { path: folder });
        }
        let authentication = read_folder(&anchors.join("authentication"))?;
        let anchors = Anchors::load(world, &signature, &authentication)?;
        Ok(Self { anchors, crl_folder: crl_folder.to_owned() })
    }

    /// The world.
    pub fn world(&self) -> World {
        self.anchors.world()
    }

    /// The anchors.
    pub fn anchors(&self) -> &Anchors {
        &self.anchors
    }

    /// The revocation lists as they are now, so that a new one counts for the next application. A list that cannot be
    /// read is as if it were not there: what it would have answered is then unknown, never good.
    pub fn revocation(&self) -> CrlIndex {
        let files = read_folder(&self.crl_folder).unwrap_or_default();
        let mut index = CrlIndex::default();
        for crl in files.iter().filter_map(|bytes| Crl::parse(bytes).ok()) {
            // A list that cannot be used makes the questions unknown that it would have answered.
            let _ = index.insert(crl, &self.anchors, &AwsLcVerifier);
        }
        index
    }
}

/// The files of a folder in the order of their names.
fn read_folder(folder: &Path) -> Result<Vec<Vec<u8>>, TrustError> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut paths: Vec<_> = entries.map_err(at(folder))?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter(|path| path.is_file()).map(|path| read_bounded(path)).collect()
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, TrustError> {
    if fs::metadata(path).map_err(at(path))?.len() > MAX_TRUST_FILE_BYTES {
        return Err(TrustError::TooLarge { path: path.to_owned() });
    }
    fs::read(path).map_err(at(path))
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> TrustError {
    move |cause| TrustError::Io { path: path.to_owned(), cause }
}
