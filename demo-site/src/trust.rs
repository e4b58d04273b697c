//! Whose certificates count, and who is asked which of them are revoked.

use crate::limits::MAX_TRUST_FILE_BYTES;
use shomei_pki::{AnchorError, Anchors, AwsLcVerifier, Fingerprint, Purpose, World};
use shomei_revocation::{Problem, SeenError, Sources, SourcesConfig};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The one world that this site verifies in.
#[derive(Debug)]
pub struct Trust {
    anchors: Anchors,
    sources: Sources,
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
    /// The numbers of lists that were seen cannot be remembered.
    #[error(transparent)]
    Seen(#[from] SeenError),
    /// Without a signature authority every application would be refused.
    #[error("{}: no certificate of a signature authority", path.display())]
    NoAuthority {
        /// The folder.
        path: PathBuf,
    },
}

impl Trust {
    /// Reads the authorities of `world` from `signature/` and `authentication/` below `anchors`, in DER, without those
    /// that are `dropped`, and the lists in files; those over HTTP come with [`Self::refresh_downloads`].
    pub fn read(
        world: World,
        anchors: &Path,
        dropped: &[Fingerprint],
        sources: &SourcesConfig,
    ) -> Result<Self, TrustError> {
        let folder = anchors.join("signature");
        let signature = read_folder(&folder)?;
        let authentication = read_folder(&anchors.join("authentication"))?;
        let anchors = Anchors::load(world, &signature, &authentication)?.without(dropped)?;
        if anchors.authorities(Purpose::Signature).is_empty() {
            return Err(TrustError::NoAuthority { path: folder });
        }
        let sources = Sources::open(sources, anchors.clone(), Arc::new(AwsLcVerifier))?;
        Ok(Self { anchors, sources })
    }

    /// The world.
    pub fn world(&self) -> World {
        self.anchors.world()
    }

    /// The anchors.
    pub fn anchors(&self) -> &Anchors {
        &self.anchors
    }

    /// Who answers about revocation. Files that changed are read first, so that a new list counts for the next question;
    /// while another thread reads them the lists from before answer.
    pub fn revocation(&self) -> &Sources {
        self.sources.refresh_files();
        &self.sources
    }

    /// Asks every configured address for a newer list.
    pub fn refresh_downloads(&self) {
        self.sources.refresh_downloads();
    }

    /// What is wrong with lists at the moment. What they would have answered is unknown, never good.
    pub fn problems(&self) -> Vec<Problem> {
        self.sources.problems()
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
