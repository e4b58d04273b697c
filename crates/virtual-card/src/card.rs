//! The card itself: from command bytes to answer bytes.

mod files;
mod passwords;
mod select;
mod signing;
mod transmission;

use std::fmt;

use rsa::rand_core::{OsRng, RngCore};
use shomei_apdu::{Command, Form, StatusWord};
use zeroize::Zeroizing;

use crate::application::{Application, File, Purpose};
use crate::contents::{Contents, Credential};
use crate::secret::Secret;
use crate::standing::{Reference, Standing, State};
use crate::{Behaviour, ForeignClass, InputSupport, SigningKey};

const SIGNATURE_TRIES: u8 = 5;
const AUTHENTICATION_TRIES: u8 = 3;
const INPUT_SUPPORT_TRIES: u8 = 3;

/// Data of a good answer (9000), or the status word of any other.
type Answer = Result<Vec<u8>, StatusWord>;

/// 6981: the command does not fit the kind of file (ISO 7816-4 §5.6).
const INCOMPATIBLE_FILE: StatusWord = StatusWord::NotAllowed(0x81);

/// A software My Number Card, powered from the start. `Debug` prints neither keys nor passwords.
pub struct VirtualCard {
    signature: Option<Slot>,
    authentication: Slot,
    input_support: Option<Forms>,
    behaviour: Behaviour,
    application: Option<Application>,
    file: Option<File>,
    /// Data that wait for GET RESPONSE.
    waiting: Zeroizing<Vec<u8>>,
    administrative: u32,
    individual_number_selected: u32,
}

/// A key pair of the card with all that belongs to it.
struct Slot {
    certificate: Vec<u8>,
    authority: Vec<u8>,
    key: SigningKey,
    secret: Secret,
}

/// The input-support application.
struct Forms {
    number: Vec<u8>,
    attributes: Vec<u8>,
    integrity: Vec<u8>,
    secret: Secret,
}

impl Slot {
    fn new(credential: Credential, tries: u8) -> Self {
        let Credential { certificate, authority, key, secret } = credential;
        Self { certificate, authority, key, secret: Secret::new(secret, tries) }
    }
}

impl Forms {
    fn new(input_support: InputSupport) -> Self {
        let InputSupport { number, attributes, integrity, pin } = input_support;
        Self { number, attributes, integrity, secret: Secret::new(pin, INPUT_SUPPORT_TRIES) }
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
        let signature = contents.signature.filter(|_| !behaviour.no_signature);
        Self {
            signature: signature.map(|credential| Slot::new(credential, SIGNATURE_TRIES)),
            authentication: Slot::new(contents.authentication, AUTHENTICATION_TRIES),
            input_support: contents.input_support.map(Forms::new),
            behaviour,
            application: None,
            file: None,
            waiting: Zeroizing::default(),
            administrative: 0,
            individual_number_selected: 0,
        }
    }

    /// The answer to reset (ISO 7816-3 §8.2) as PC/SC gets to see it, which depends on [`Behaviour::interface`].
    #[must_use]
    pub const fn atr(&self) -> &'static [u8] {
        self.behaviour.interface.atr()
    }

    /// Gives the card power. Returns its answer to reset.
    pub fn power_on(&mut self) -> &'static [u8] {
        self.power_off();
        self.atr()
    }

    /// Takes the power: nothing stays selected and nothing stays verified. Counters remain as they are.
    pub fn power_off(&mut self) {
        self.deselect();
        self.close_all();
    }

    /// Resets the card: nothing stays selected, but what was verified stays so unless
    /// [`Behaviour::reset_closes`]. Returns its answer to reset.
    pub fn reset(&mut self) -> &'static [u8] {
        self.deselect();
        if self.behaviour.reset_closes {
            self.close_all();
        }
        self.atr()
    }

    /// Answers one command: data and two bytes of status, never less, and never more than 65,538 bytes. Bytes that
    /// are no command get 6700.
    pub fn respond(&mut self, command: &[u8]) -> Vec<u8> {
        match Command::parse(command) {
            Ok(command) => self.transmit(&command),
            Err(_) => transmission::refusal(StatusWord::WrongLength),
        }
    }

    /// How things stand with a password; nothing where the card has none such.
    #[must_use]
    pub fn standing(&self, reference: Reference) -> Option<Standing> {
        self.secret(reference).map(Secret::standing)
    }

    /// Management commands ever heard, whatever was answered: CHANGE KEY (`80 32`), UNLOCK KEY (`80 54`), those of the
    /// issuer (`80 50`, `80 52`, `80 8A`, `80 A2`) and RESET RETRY COUNTER (`00 2C`, ISO 7816-4 §7.5.10). No client
    /// of a resident has a reason to send one.
    #[must_use]
    pub const fn administrative(&self) -> u32 {
        self.administrative
    }

    /// How often the file of the individual number (EF 0001 of the input-support application) was made current.
    #[must_use]
    pub const fn individual_number_selected(&self) -> u32 {
        self.individual_number_selected
    }

    /// Whether the input-support application is the current one, so that what the card answers may be somebody's.
    #[must_use]
    pub fn input_support_selected(&self) -> bool {
        self.application == Some(Application::InputSupport)
    }

    /// What the card keeps without power.
    #[must_use]
    pub fn state(&self) -> State {
        let kept = |reference| self.secret(reference).map(|secret| secret.state(reference));
        State { references: Reference::ALL.into_iter().filter_map(kept).collect() }
    }

    /// Takes up a state kept earlier; nothing stays verified. Tries beyond the card's most, and passwords that
    /// the card does not have, are ignored.
    pub fn restore(&mut self, state: &State) {
        for kept in &state.references {
            if let Some(secret) = self.secret_mut(kept.reference) {
                secret.restore(kept);
            }
        }
    }

    fn execute(&mut self, command: &Command<'_>) -> Answer {
        self.note(command);
        self.refuse_class(command)?;
        match (command.class().byte(), command.instruction()) {
            (0x00, 0xA4) => self.select(command),
            (0x00, 0xB0) => self.read_binary(command),
            (0x00, 0xB2) => self.read_record(command),
            (0x00, 0x20) => self.verify(command),
            (0x00, 0x24) => self.change_reference_data(command),
            (0x00, 0x84) if !self.behaviour.no_challenge => get_challenge(command),
            (0x80, 0x2A) => self.compute_digital_signature(command),
            // RESET RETRY and UNLOCK KEY exist, for the issuer alone.
            (0x80, 0x54) => Err(StatusWord::SecurityNotSatisfied),
            // What a telephone answers tells it from the plastic card.
            (0x80, 0xFC) => Err(StatusWord::WrongLength),
            _ => Err(StatusWord::InstructionUnknown),
        }
    }

    const fn note(&mut self, command: &Command<'_>) {
        let issuers = command.class().is_proprietary()
            && matches!(command.instruction(), 0x32 | 0x50 | 0x52 | 0x54 | 0x8A | 0xA2);
        if issuers || (!command.class().is_proprietary() && command.instruction() == 0x2C) {
            self.administrative = self.administrative.saturating_add(1);
        }
    }

    fn refuse_class(&self, command: &Command<'_>) -> Result<(), StatusWord> {
        let class = command.class();
        let foreign = class.channel() != 0 || class.is_secured();
        match (self.behaviour.foreign_class, class.byte(), command.instruction()) {
            (ForeignClass::Unknown, ..) if foreign => Err(StatusWord::ClassUnknown),
            _ if class.channel() != 0 => Err(StatusWord::ChannelNotSupported),
            (ForeignClass::Iso, ..) | (_, _, 0xA4) if foreign => Err(StatusWord::SecureMessagingNotSupported),
            // 69FC is what the JPKI application is reported to answer in place of 6882 once it is selected.
            _ if foreign => Err(StatusWord::NotAllowed(0xFC)),
            (_, 0x00 | 0x80, _) => Ok(()),
            _ => Err(StatusWord::ClassUnknown),
        }
    }

    const fn slot(&self, purpose: Purpose) -> Option<&Slot> {
        match purpose {
            Purpose::Signature => self.signature.as_ref(),
            Purpose::Authentication => Some(&self.authentication),
        }
    }

    fn secret(&self, reference: Reference) -> Option<&Secret> {
        match reference {
            Reference::SignaturePassword => self.signature.as_ref().map(|slot| &slot.secret),
            Reference::AuthenticationPin => Some(&self.authentication.secret),
            Reference::InputSupportPin => self.input_support.as_ref().map(|forms| &forms.secret),
        }
    }

    fn secret_mut(&mut self, reference: Reference) -> Option<&mut Secret> {
        match reference {
            Reference::SignaturePassword => self.signature.as_mut().map(|slot| &mut slot.secret),
            Reference::AuthenticationPin => Some(&mut self.authentication.secret),
            Reference::InputSupportPin => self.input_support.as_mut().map(|forms| &mut forms.secret),
        }
    }

    fn is_open(&self, reference: Reference) -> bool {
        self.standing(reference).is_some_and(|standing| standing.open)
    }

    /// Closes what is open, but for one application.
    fn close_but(&mut self, spared: Option<Application>) {
        for reference in Reference::ALL {
            if spared != Some(Application::holding(reference)) {
                self.secret_mut(reference).into_iter().for_each(Secret::close);
            }
        }
    }

    fn close_all(&mut self) {
        self.close_but(None);
    }

    fn deselect(&mut self) {
        self.application = None;
        self.file = None;
        self.waiting = Zeroizing::default();
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
            .field("secrets", &Reference::ALL.map(|reference| self.secret(reference)))
            .field("behaviour", &self.behaviour)
            .field("application", &self.application)
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}
