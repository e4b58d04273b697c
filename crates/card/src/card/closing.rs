//! Closing what a password opened (design invariant: the key is closed at every end).

use super::Card;
use crate::{CardError, Transport, file::Application};

impl<T: Transport> Card<T> {
    /// Closes whatever stands verified by selecting another application: an application keeps a verified password
    /// across a reset and across being selected again, so neither would do.
    pub(crate) fn close_key(&mut self) -> Result<(), CardError> {
        let open = self.open.unwrap_or(Application::Jpki);
        if self.select_application(open.way_out()).is_ok() {
            return Ok(());
        }
        self.select_application(Application::IssuerSecurityDomain).map_err(|error| match error {
            CardError::Removed | CardError::Transport(_) | CardError::Malformed { .. } => error,
            _ => CardError::KeyStaysOpen,
        })
    }

    /// Closing where there is nobody left to tell that it failed; the owner's power-off closes the key then.
    pub(crate) fn close_if_open(&mut self) {
        if self.may_be_open() {
            let _ = self.close_key();
        }
    }

    pub(crate) const fn may_be_open(&self) -> bool {
        self.open.is_some()
    }

    /// From here on something may stand verified in `application`.
    pub(crate) const fn mark_open(&mut self, application: Application) {
        self.open = Some(application);
    }

    /// The card itself said that nothing stands verified.
    pub(crate) const fn mark_closed(&mut self) {
        self.open = None;
    }
}
