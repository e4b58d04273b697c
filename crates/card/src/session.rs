//! The time in which something on the card stands verified.

use std::fmt;
use std::marker::PhantomData;

use sha2::{Digest, Sha256};
use shomei_apdu::StatusWord;

use crate::{
    BasicFourItems, Card, CardError, LoginStatement, Part, Transport, attributes, certificate,
    command::{self, Sha256DigestInfo},
    file::File,
};

/// What a session opened. Named by the aliases of [`Session`].
pub trait Kind: sealed::Sealed {}

mod sealed {
    pub trait Sealed {}
}

/// The signature key and certificate.
#[derive(Debug)]
pub enum Signature {}
/// The authentication key, and on telephones its certificate.
#[derive(Debug)]
pub enum Authentication {}
/// The input-support application.
#[derive(Debug)]
pub enum InputSupport {}

impl Kind for Signature {}
impl sealed::Sealed for Signature {}
impl Kind for Authentication {}
impl sealed::Sealed for Authentication {}
impl Kind for InputSupport {}
impl sealed::Sealed for InputSupport {}

/// The signature key stands open.
pub type SignatureSession<'card, T> = Session<'card, T, Signature>;
/// The authentication key stands open.
pub type AuthenticationSession<'card, T> = Session<'card, T, Authentication>;
/// The input-support application stands open.
pub type InputSupportSession<'card, T> = Session<'card, T, InputSupport>;

/// Something stands verified. It exists only after the card accepted the password or PIN, and ends the openness with
/// its own: on [`Self::close`], on drop, and at once when a step fails.
#[must_use = "an open key is to be used and closed"]
pub struct Session<'card, T: Transport, K: Kind> {
    card: &'card mut Card<T>,
    kind: PhantomData<K>,
}

impl<'card, T: Transport, K: Kind> Session<'card, T, K> {
    pub(crate) const fn new(card: &'card mut Card<T>) -> Self {
        Self { card, kind: PhantomData }
    }

    /// Closes what was opened. One exchange. The owner of the transport powers the card off afterwards, whatever
    /// this says.
    ///
    /// # Errors
    /// [`CardError`] when the card did not confirm; closing is tried once more on drop of the [`Card`].
    pub fn close(self) -> Result<(), CardError> {
        if self.card.may_be_open() { self.card.close_key() } else { Ok(()) }
    }

    fn step<V>(&mut self, run: impl FnOnce(&mut Card<T>) -> Result<V, CardError>) -> Result<V, CardError> {
        if !self.card.may_be_open() {
            return Err(CardError::SessionEnded);
        }
        let done = run(self.card);
        if done.is_err() {
            self.card.close_if_open();
        }
        done
    }
}

impl<T: Transport> SignatureSession<'_, T> {
    /// Reads the signature certificate: DER, without the filler behind it in the file. One SELECT and one
    /// exchange for every 256 bytes begun, or two for all.
    ///
    /// # Errors
    /// [`CardError`]; the session has ended then.
    pub fn certificate(&mut self) -> Result<Vec<u8>, CardError> {
        self.step(|card| certificate::read(card, File::SignatureCertificate))
    }

    /// Signs a SHA-256 digest with RSASSA-PKCS1-v1_5 (RFC 8017 §8.2). Two exchanges, one for each that follows at
    /// once. Several documents may be signed in one session.
    ///
    /// # Errors
    /// [`CardError`]; the session has ended then.
    pub fn sign(&mut self, digest: &[u8; 32]) -> Result<[u8; 256], CardError> {
        self.step(|card| sign(card, File::SignatureKey, digest))
    }
}

impl<T: Transport> AuthenticationSession<'_, T> {
    /// Reads the authentication certificate: DER. On a telephone this is the only way to it.
    ///
    /// # Errors
    /// [`CardError`]; the session has ended then.
    pub fn certificate(&mut self) -> Result<Vec<u8>, CardError> {
        self.step(|card| certificate::read(card, File::AuthenticationCertificate))
    }

    /// Signs a login statement, the only thing that the authentication key ever signs here, with RSASSA-PKCS1-v1_5
    /// and SHA-256 (RFC 8017 §8.2). Two exchanges.
    ///
    /// # Errors
    /// [`CardError`]; the session has ended then.
    pub fn sign(&mut self, statement: &LoginStatement) -> Result<[u8; 256], CardError> {
        let digest = Sha256::digest(statement.as_bytes()).into();
        self.step(|card| sign(card, File::AuthenticationKey, &digest))
    }
}

impl<T: Transport> InputSupportSession<'_, T> {
    /// Reads the basic four items. Two or three exchanges.
    ///
    /// # Errors
    /// [`CardError`]; the session has ended then.
    pub fn basic_four_items(&mut self) -> Result<BasicFourItems, CardError> {
        self.step(attributes::read)
    }
}

impl<T: Transport, K: Kind> Drop for Session<'_, T, K> {
    fn drop(&mut self) {
        self.card.close_if_open();
    }
}

impl<T: Transport, K: Kind> fmt::Debug for Session<'_, T, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("card", &self.card).finish()
    }
}

fn sign<T: Transport>(card: &mut Card<T>, key: File, digest: &[u8; 32]) -> Result<[u8; 256], CardError> {
    let digest_info = Sha256DigestInfo::new(digest);
    let answer = card.say_to(key, &command::sign_with(key, &digest_info), &command::sign(&digest_info))?;
    match answer.status {
        StatusWord::Success => <[u8; 256]>::try_from(answer.data)
            .map_err(|data| CardError::Malformed { what: Part::SignatureLength, offset: data.len() }),
        status => Err(CardError::Refused { instruction: command::PERFORM_SECURITY_OPERATION, status }),
    }
}
