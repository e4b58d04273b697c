//! The card itself: from command bytes to answer bytes.

mod files;
mod passwords;
mod select;
#[cfg(test)]
mod tests;

use std::fmt;

use rsa::rand_core::{OsRng, RngCore};
use shomei_apdu::{Command, Form, Response, StatusWord};
use zeroize::Zeroize;

use self::select::Application;
use crate::contents::{Contents, Credential};
use crate::file::{File, Purpose};
use crate::secret::Secret;
use crate::{Behaviour, SigningKey};

/// Answer to reset of the contact card: T=1 only, no historical bytes.
pub const ATR: [u8; 9] = [0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14];

const SIGNATURE_TRIES: u8 = 5;
const AUTHENTICATION_TRIES: u8 = 3;

/// Data of a good answer (9000), or the status word of any other.
type Answer = Result<Vec<u8>, StatusWord>;

/// A software My Number Card, powered from the start. `Debug` prints neither keys nor passwords.
pub struct VirtualCard {
    signature: Option<Slot>,
    authentication: Slot,
    behaviour: Behaviour,
    application: Option<Application>,
    file: Option<File>,
}

/// A key pair of the card with all that belongs to it.
struct Slot {
    certificate: Vec<u8>,
    authority: Vec<u8>,
    key: SigningKey,
    secret: Secret,
}

impl Slot {
    fn new(credential: Credential, tries: u8) -> Self {
        let Credential { certificate, authority, key, secret } = credential;
        Self { certificate, authority, key, secret: Secret::new(&secret, tries) }
    }
}

impl VirtualCard {
    /// A card with full counters that behaves as the plastic card is reported to.
    #[must_use]
    pub fn new(contents: Contents) -> Self {
        Self::with_behaviour(contents, Behaviour::default())
    }

    /// A card with full counters and the given choices where reports differ.
    #[must_use]
    pub fn with_behaviour(contents: Contents, behaviour: Behaviour) -> Self {
        Self {
            signature: contents.signature.map(|credential| Slot::new(credential, SIGNATURE_TRIES)),
            authentication: Slot::new(contents.authentication, AUTHENTICATION_TRIES),
            behaviour,
            application: None,
            file: None,
        }
    }

    /// Gives the card power. Returns the [`ATR`].
    pub fn power_on(&mut self) -> [u8; 9] {
        self.power_off();
        ATR
    }

    /// Takes the power: nothing stays selected and nothing stays verified. Counters remain as they are.
    pub fn power_off(&mut self) {
        self.deselect();
        self.close();
    }

    /// Resets the card: nothing stays selected, but what was verified stays so unless
    /// [`Behaviour::reset_closes`]. Returns the [`ATR`].
    pub fn reset(&mut self) -> [u8; 9] {
        self.deselect();
        if self.behaviour.reset_closes {
            self.close();
        }
        ATR
    }

    /// Answers one command: data and two bytes of status, never less. Bytes that are no command get 6700.
    pub fn respond(&mut self, command: &[u8]) -> Vec<u8> {
        let answer = match Command::parse(command) {
            Ok(command) => self.execute(&command),
            Err(_) => Err(StatusWord::WrongLength),
        };
        match answer {
            Ok(mut data) => {
                let bytes = Response::new(data.as_slice(), StatusWord::Success).to_bytes();
                data.zeroize();
                bytes
            }
            Err(status) => Response::from(status).to_bytes(),
        }
    }

    fn execute(&mut self, command: &Command<'_>) -> Answer {
        refuse_class(command)?;
        match (command.class().byte(), command.instruction()) {
            (0x00, 0xA4) => self.select(command),
            (0x00, 0xB0) => self.read_binary(command),
            (0x00, 0x20) => self.verify(command),
            (0x00, 0x24) => self.change_reference_data(command),
            (0x00, 0x84) => get_challenge(command),
            (0x80, 0x2A) => self.compute_digital_signature(command),
            // RESET RETRY and UNLOCK KEY exist, for the issuer alone.
            (0x80, 0x54) => Err(StatusWord::SecurityNotSatisfied),
            _ => Err(StatusWord::InstructionUnknown),
        }
    }

    fn compute_digital_signature(&mut self, command: &Command<'_>) -> Answer {
        if command.p1() > 0x05 {
            return Err(StatusWord::IncorrectParameters);
        }
        let File::Key(purpose) = self.addressed(command.p2())? else {
            return Err(INCOMPATIBLE_FILE);
        };
        let slot = self.slot(purpose).ok_or(StatusWord::NotFound)?;
        if !slot.secret.is_open() {
            return Err(StatusWord::SecurityNotSatisfied);
        }
        let signature = slot.key.compute(command.p1(), command.data())?;
        match usize::try_from(command.expected()) {
            Ok(expected) if expected >= signature.len() => Ok(signature),
            _ => Err(StatusWord::WrongLength),
        }
    }

    /// The file meant by P2: `80` is the current one, `80 | SFI` names one and makes it current.
    fn addressed(&mut self, p2: u8) -> Result<File, StatusWord> {
        match p2 {
            0x80 => self.file.ok_or(StatusWord::NoCurrentFile),
            0x81..=0x9E => self.select_file([0x00, p2 & 0x1F]),
            _ => Err(StatusWord::IncorrectParameters),
        }
    }

    const fn slot(&self, purpose: Purpose) -> Option<&Slot> {
        match purpose {
            Purpose::Signature => self.signature.as_ref(),
            Purpose::Authentication => Some(&self.authentication),
        }
    }

    const fn slot_mut(&mut self, purpose: Purpose) -> Option<&mut Slot> {
        match purpose {
            Purpose::Signature => self.signature.as_mut(),
            Purpose::Authentication => Some(&mut self.authentication),
        }
    }

    fn close(&mut self) {
        self.authentication.secret.close();
        if let Some(slot) = &mut self.signature {
            slot.secret.close();
        }
    }
}

/// 6981: the command does not fit the kind of file (ISO 7816-4 §5.6).
const INCOMPATIBLE_FILE: StatusWord = StatusWord::NotAllowed(0x81);

fn refuse_class(command: &Command<'_>) -> Result<(), StatusWord> {
    let class = command.class();
    match (class.byte(), command.instruction()) {
        _ if class.channel() != 0 => Err(StatusWord::ChannelNotSupported),
        (_, 0xA4) if class.is_secured() => Err(StatusWord::SecureMessagingNotSupported),
        // 69FC is what the JPKI application is reported to answer in place of 6882 once it is selected.
        _ if class.is_secured() => Err(StatusWord::NotAllowed(0xFC)),
        (0x00 | 0x80, _) => Ok(()),
        _ => Err(StatusWord::ClassUnknown),
    }
}

fn get_challenge(command: &Command<'_>) -> Answer {
    match (command.p1(), command.p2(), command.form()) {
        (0x00, 0x00, Form::Short) => {}
        (0x00, 0x00, Form::Extended) => return Err(StatusWord::ConditionsNotSatisfied),
        _ => return Err(StatusWord::IncorrectParameters),
    }
    if command.expected() == 0 || !command.data().is_empty() {
        return Err(StatusWord::WrongLength);
    }
    let size = usize::try_from(command.expected()).map_err(|_| StatusWord::WrongLength)?;
    let mut challenge = vec![0; size];
    OsRng.fill_bytes(&mut challenge);
    Ok(challenge)
}

impl fmt::Debug for VirtualCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VirtualCard")
            .field("signature", &self.signature.as_ref().map(|slot| &slot.secret))
            .field("authentication", &self.authentication.secret)
            .field("behaviour", &self.behaviour)
            .field("application", &self.application)
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}
