//! What the card itself knows of its passwords: the record that tests compare a client with.

use std::fmt;

/// One of the passwords of the card (reference data, ISO 7816-4 §7.5.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// 署名用パスワード, EF 001B of the JPKI application.
    SignaturePassword,
    /// 利用者証明用暗証番号, EF 0018 of the JPKI application.
    AuthenticationPin,
    /// 券面事項入力補助用暗証番号, EF 0011 of the input-support application.
    InputSupportPin,
}

impl Reference {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SignaturePassword, Self::AuthenticationPin, Self::InputSupportPin];
}

/// How things stand with one password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Tries left.
    pub left: u8,
    /// Wrong tries ever counted. A VERIFY of a blocked password, or one of a wrong length, is none.
    pub wrong: u32,
    /// Right tries ever counted.
    pub right: u32,
    /// Whether it stands verified.
    pub open: bool,
}

/// What a card keeps without power: what a person who puts it into another reader finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// One for each password that the card has.
    pub references: Vec<ReferenceState>,
}

/// What a card keeps of one password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceState {
    /// Which.
    pub reference: Reference,
    /// Tries left.
    pub left: u8,
    /// The password, if it is no longer the one that the card was issued with.
    pub changed: Option<SaltedDigest>,
}

/// SHA-256 of a salt and a password behind it. Who has it can try every PIN of four digits in a moment: it keeps
/// a password out of sight, not secret. `Debug` prints nothing of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SaltedDigest {
    /// Random bytes.
    pub salt: [u8; 16],
    /// SHA-256 of the salt, then the password.
    pub digest: [u8; 32],
}

impl fmt::Debug for SaltedDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SaltedDigest(REDACTED)")
    }
}
