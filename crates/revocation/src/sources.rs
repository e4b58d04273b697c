//! All sources of one configuration.

use crate::Verifier;
use crate::chain::Chain;
use crate::download::CrlDownload;
use crate::folder::CrlFolder;
use crate::lists::Lists;
use crate::problem::Problem;
use crate::responder::{OcspResponder, RESPONDER_LIMITS};
use crate::seen::SeenError;
use crate::url::{HttpUrl, ResponderUrl};
use shomei_pki::{Anchors, Authority, Certificate, RevocationAnswer, RevocationSource, UnixTime};
use std::path::PathBuf;
use std::sync::Arc;

/// Who may be asked about revocation. Nothing here ever comes from a certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourcesConfig {
    /// Files with a list in DER, or folders of such files (`.crl`).
    pub lists: Vec<PathBuf>,
    /// Addresses of lists, each always of the same distribution point.
    pub list_urls: Vec<HttpUrl>,
    /// Responders, for all authorities or for one each.
    pub responders: Vec<ResponderUrl>,
    /// File in which the numbers of lists are remembered, so that an older list is refused after a restart too.
    pub seen: Option<PathBuf>,
}

/// The sources of a configuration: responders are asked first, because their answers are the newest, then the lists. With
/// an empty configuration nobody is consulted.
#[derive(Debug)]
pub struct Sources {
    lists: Arc<Lists>,
    folders: Vec<CrlFolder>,
    downloads: Vec<CrlDownload>,
    responders: Vec<OcspResponder>,
}

impl Sources {
    /// Reads the files. Lists over HTTP are fetched by [`Self::refresh_downloads`], not here.
    ///
    /// # Errors
    /// The file of seen numbers cannot be read or made. What is wrong with a list stops nothing: see [`Self::problems`].
    pub fn open(config: &SourcesConfig, anchors: Anchors, verifier: Verifier) -> Result<Self, SeenError> {
        let lists = Arc::new(Lists::new(anchors, verifier.clone(), config.seen.as_deref())?);
        let folder = |path: &PathBuf| CrlFolder::new(path, lists.clone());
        let download = |url: &HttpUrl| CrlDownload::new(url.clone(), lists.clone(), CrlDownload::LIMITS);
        let responder =
            |at: &ResponderUrl| OcspResponder::new(at.clone(), verifier.clone(), RESPONDER_LIMITS);
        let sources = Self {
            folders: config.lists.iter().map(folder).collect(),
            downloads: config.list_urls.iter().map(download).collect(),
            responders: config.responders.iter().map(responder).collect(),
            lists,
        };
        sources.refresh_files();
        Ok(sources)
    }

    /// Reads the files that changed. Cheap where none did.
    pub fn refresh_files(&self) {
        self.folders.iter().for_each(CrlFolder::refresh);
    }

    /// Asks every address for a newer list, one after the other; how each went is in [`Self::problems`].
    pub fn refresh_downloads(&self) {
        for download in &self.downloads {
            let _ = download.refresh();
        }
    }

    /// What is wrong with lists at the moment.
    pub fn problems(&self) -> Vec<Problem> {
        self.lists.problems()
    }

    fn chain(&self) -> Chain<'_> {
        let mut sources: Vec<&dyn RevocationSource> = Vec::new();
        sources.extend(self.responders.iter().map(|responder| -> &dyn RevocationSource { responder }));
        if !self.folders.is_empty() || !self.downloads.is_empty() {
            sources.push(self.lists.as_ref());
        }
        Chain::new(sources)
    }
}

impl RevocationSource for Sources {
    /// See [`Chain`] for which source answers. Where a responder is configured this waits for the network.
    fn answer(&self, certificate: &Certificate, issuer: &Authority, at: UnixTime) -> RevocationAnswer {
        self.chain().answer(certificate, issuer, at)
    }
}
