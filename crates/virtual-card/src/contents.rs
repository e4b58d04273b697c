//! What the counter writes on a card before handing it over.

use std::fmt;

use zeroize::Zeroizing;

use crate::{InputSupport, KeyError, SigningKey};

/// Everything that differs from card to card.
#[derive(Clone, Debug)]
pub struct Contents {
    /// Certificate, key and password for signatures. Children under 15 have none.
    pub signature: Option<Credential>,
    /// Certificate, key and PIN for user authentication.
    pub authentication: Credential,
    /// The files that forms are filled from. Without them the application is there and empty.
    pub input_support: Option<InputSupport>,
}

/// A certificate, the authority behind it, its key, and the password that guards the key.
/// `Debug` prints neither key nor password.
#[derive(Clone)]
pub struct Credential {
    pub(crate) certificate: Vec<u8>,
    pub(crate) authority: Vec<u8>,
    pub(crate) key: SigningKey,
    pub(crate) secret: Zeroizing<Vec<u8>>,
}

impl Credential {
    /// Puts a credential together: two certificates in DER, a key in PKCS #8 DER, and the bytes of the
    /// password, which the card will compare exactly. The card checks none of them against another.
    ///
    /// # Errors
    /// [`KeyError`] for a key that a card cannot hold.
    pub fn new(certificate: &[u8], authority: &[u8], pkcs8: &[u8], secret: &str) -> Result<Self, KeyError> {
        Ok(Self {
            certificate: certificate.to_vec(),
            authority: authority.to_vec(),
            key: SigningKey::from_pkcs8(pkcs8)?,
            secret: Zeroizing::new(secret.as_bytes().to_vec()),
        })
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credential(a certificate of {} bytes; REDACTED)", self.certificate.len())
    }
}
