//! What an operation is about: what the window shows, and what the card signs, made from the same octets.

mod application;
mod cades;
mod egov;
mod files;
mod jades;
mod pdf;

use std::fmt;

use shomei_application::{Application, Timestamp};

pub use cades::CadesFile;
pub use egov::EgovForm;
pub use files::{FileFormat, Files, PdfProfile, ShownFile, ShownForm};
pub use jades::JadesFiles;
pub use pdf::PdfFile;

/// Everything that is signed under one password, and what the window shows of it.
#[derive(Debug)]
pub struct Subject {
    shown: Shown,
    items: Vec<Box<dyn Item>>,
}

/// What the window shows.
#[derive(Debug)]
pub enum Shown {
    /// An application document that a page asked for, whole.
    Application(Box<Application>),
    /// Files of this computer, bound to no site.
    Files(Files),
}

/// One signature that is to be made.
pub trait Item: fmt::Debug + Send + Sync {
    /// Builds everything that the signature covers. `certificate` is the signer's in DER, just read from the card.
    ///
    /// # Errors
    /// [`Unprepared`]; nothing was signed.
    fn prepare(&self, certificate: &[u8], now: Timestamp) -> Result<Unfinished<'_>, Unprepared>;
}

type Complete<'item> = Box<dyn FnOnce(&[u8]) -> Option<Vec<u8>> + 'item>;

/// What lacks only the card's signature.
pub struct Unfinished<'item> {
    digest: [u8; 32],
    complete: Complete<'item>,
}

/// Why there is nothing to sign after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unprepared {
    /// No container can be made with this certificate.
    #[error("the certificate does not fit")]
    Certificate,
    /// The file takes no further signature now.
    #[error("the file takes no signature")]
    File,
}

/// The finished container is not what was to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the finished signature does not check")]
pub struct SelfCheckFailed;

impl Subject {
    /// The application that was read from `bytes`, which are what is signed.
    #[must_use]
    pub fn application(application: Application, bytes: Vec<u8>) -> Self {
        let item = application::Document::new(application.container, bytes);
        Self { shown: Shown::Application(Box::new(application)), items: vec![Box::new(item)] }
    }

    /// Files of this computer, and the signatures that are to be made of them.
    #[must_use]
    pub fn files(shown: Files, items: Vec<Box<dyn Item>>) -> Self {
        Self { shown: Shown::Files(shown), items }
    }

    /// What the window shows.
    #[must_use]
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// The signatures to be made, in the order in which they are handed out.
    pub fn items(&self) -> impl Iterator<Item = &dyn Item> {
        self.items.iter().map(AsRef::as_ref)
    }
}

impl<'item> Unfinished<'item> {
    /// `digest` is that of the octets to be signed; `complete` takes the signature over it, and gives the finished
    /// container if that, read back, is what was to be made.
    fn new(digest: [u8; 32], complete: impl FnOnce(&[u8]) -> Option<Vec<u8>> + 'item) -> Self {
        Self { digest, complete: Box::new(complete) }
    }

    /// SHA-256 of the octets to be signed.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// The finished container, read back and checked as its recipient will. `signature` is what the card made over
    /// [`Unfinished::digest`].
    ///
    /// # Errors
    /// [`SelfCheckFailed`]; the container is not to be given to anybody.
    pub fn complete(self, signature: &[u8]) -> Result<Vec<u8>, SelfCheckFailed> {
        (self.complete)(signature).ok_or(SelfCheckFailed)
    }
}

#[cfg(test)]
mod tests;
