//! A list over HTTP (RFC 5280 §4.2.1.13 has such addresses in certificates; this one comes from configuration).

use crate::exchange::{Client, Fetched, HttpLimits, Validators};
use crate::lists::{Lists, MAX_LIST_OCTETS, Reading};
use crate::problem::{ListProblem, Place};
use crate::url::HttpUrl;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// An address that always has the newest list of one distribution point, in DER.
///
/// The network is not trusted to bring the newest: a list that does not come, cannot be used or is older leaves the one
/// from before in its place, until that one's nextUpdate makes its answers unknown.
#[derive(Debug)]
pub struct CrlDownload {
    url: HttpUrl,
    lists: Arc<Lists>,
    client: Client,
    /// What names the list that is held.
    last: Mutex<Validators>,
}

impl CrlDownload {
    /// Bounds that fit the largest list over a slow line.
    pub const LIMITS: HttpLimits = HttpLimits {
        octets: MAX_LIST_OCTETS,
        connect: Duration::from_secs(10),
        whole: Duration::from_secs(300),
    };

    /// The list at `url`, to be put into `lists` by [`Self::refresh`].
    pub fn new(url: HttpUrl, lists: Arc<Lists>, limits: HttpLimits) -> Self {
        Self { url, lists, client: Client::new(limits), last: Mutex::new(Validators::default()) }
    }

    /// Asks for a newer list than the one that is held and takes it. Nobody who asks about a certificate waits for it.
    ///
    /// # Errors
    /// Why the list from before stays; [`Lists::problems`] says so too until a refresh goes well.
    pub fn refresh(&self) -> Result<(), ListProblem> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let place = Place::Url(self.url.clone());
        let fetched = self.client.get(&self.url, &last).map_err(ListProblem::Http);
        let read = fetched.and_then(|fetched| match fetched {
            Fetched::Same => Ok(None),
            Fetched::New(octets, validators) => Ok(Some((self.lists.read(&octets)?, validators))),
        });
        match read {
            Ok(None) => self.lists.update(vec![(place, Reading::Same)]),
            Ok(Some((part, validators))) => {
                self.lists.offer(&place, part)?;
                *last = validators;
            }
            Err(problem) => {
                self.lists.update(vec![(place, Reading::Failed(problem.clone()))]);
                return Err(problem);
            }
        }
        Ok(())
    }
}
