//! A card on which the JPKI application is known to be, with its keys closed.

mod closing;
mod selecting;
mod tries;
mod unlocking;

use std::fmt;

use shomei_apdu::{Command, Response};

use crate::{
    CardError, Dialect, Reference, Transport, certificate,
    channel::exchange,
    file::{Application, File},
    status,
};

pub use tries::Tries;
pub use unlocking::LastTry;

/// A My Number Card.
///
/// While it lives, nobody else may speak to the card: the owner of the transport holds it exclusively, and drops this
/// before letting go. When a key may be open, dropping closes it.
pub struct Card<T: Transport> {
    pub(crate) transport: T,
    dialect: Dialect,
    position: Position,
    /// The application in which something may stand verified.
    open: Option<Application>,
    found_open: bool,
    tries_at_open: Option<Tries>,
    /// What the very last exchange said of a counter.
    told: Option<(Reference, Tries)>,
}

/// What is selected, as far as the answers so far tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    Unknown,
    In(Application, Option<File>),
}

impl<T: Transport> Card<T> {
    /// Selects the JPKI application, checks that a signature certificate is there, reads the retry counter of its
    /// password, and closes a key that an earlier program left open. Four exchanges; four more when a key was open.
    ///
    /// Any card may be tried; there is no need to look at its ATR.
    ///
    /// # Errors
    /// [`CardError::NotMyNumberCard`], [`CardError::NoSignatureCertificate`], [`CardError::KeyStaysOpen`] and those
    /// of every exchange. A blocked password is no error here but [`Tries::Blocked`].
    pub fn open(transport: T) -> Result<Self, CardError> {
        Self::open_in(transport, Dialect::default())
    }

    /// The same with choices in how the card is spoken to.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_in(transport: T, dialect: Dialect) -> Result<Self, CardError> {
        let mut card = Self::resume_in(transport, dialect);
        card.select_application(Application::Jpki)?;
        status::require_signature_certificate(&mut card)?;
        card.tries_at_open = Some(card.tries(Reference::SignaturePassword)?);
        Ok(card)
    }

    /// Takes up a card without an exchange: one that [`Self::open`] found ready and that was let go of since, or one
    /// of which nothing is known. The next operation selects what it needs, and the counter is always read before a
    /// password is sent.
    pub fn resume(transport: T) -> Self {
        Self::resume_in(transport, Dialect::default())
    }

    /// The same with choices in how the card is spoken to.
    pub const fn resume_in(transport: T, dialect: Dialect) -> Self {
        Self {
            transport,
            dialect,
            position: Position::Unknown,
            open: None,
            found_open: false,
            tries_at_open: None,
            told: None,
        }
    }

    /// The retry counter of the signature password as it was read by [`Self::open`], without asking the card again;
    /// nothing after [`Self::resume`].
    #[must_use]
    pub const fn tries_at_open(&self) -> Option<Tries> {
        self.tries_at_open
    }

    /// Whether something was found verified that this value had not verified: an earlier program ended without
    /// closing it. It was closed then.
    #[must_use]
    pub const fn was_found_open(&self) -> bool {
        self.found_open
    }

    /// How the card is spoken to, with what was found out since the start.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Reads the certificate of the authority that issued the signature certificate: DER, readable without a
    /// password. It says of which world the card is before anything is typed; it proves nothing. One SELECT and one
    /// exchange for every 256 bytes begun, or two for all.
    ///
    /// # Errors
    /// [`CardError::NoSignatureCertificate`] when the file is missing or empty, and those of every exchange.
    pub fn signature_authority_certificate(&mut self) -> Result<Vec<u8>, CardError> {
        certificate::read(self, File::SignatureAuthorityCertificate)
    }

    /// Reads the certificate of the authority that issued the authentication certificate: DER, readable without a
    /// PIN.
    ///
    /// # Errors
    /// [`CardError::NoAuthenticationCertificate`] when the file is missing or empty, and those of every exchange.
    pub fn authentication_authority_certificate(&mut self) -> Result<Vec<u8>, CardError> {
        certificate::read(self, File::AuthenticationAuthorityCertificate)
    }

    /// Reads the authentication certificate: DER. A plastic card gives it to everybody.
    ///
    /// # Errors
    /// [`CardError::PinNeeded`] on a telephone, which gives it only in an [`AuthenticationSession`];
    /// [`CardError::NoAuthenticationCertificate`]; those of every exchange.
    ///
    /// [`AuthenticationSession`]: crate::AuthenticationSession
    pub fn authentication_certificate(&mut self) -> Result<Vec<u8>, CardError> {
        certificate::read(self, File::AuthenticationCertificate)
    }

    pub(crate) const fn set_dialect(&mut self, dialect: Dialect) {
        self.dialect = dialect;
    }

    /// One exchange. After a failed one nothing is known of what is selected.
    pub(crate) fn exchange(&mut self, command: &Command<'_>) -> Result<Response, CardError> {
        self.told = None;
        let answer = exchange(&mut self.transport, command);
        if answer.is_err() {
            self.position = Position::Unknown;
        }
        answer
    }
}

impl<T: Transport> Drop for Card<T> {
    fn drop(&mut self) {
        self.close_if_open();
    }
}

impl<T: Transport> fmt::Debug for Card<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Card")
            .field("position", &self.position)
            .field("open", &self.open)
            .field("dialect", &self.dialect)
            .finish_non_exhaustive()
    }
}
