//! What a card is and how its counters stand, without a try spent.

use shomei_apdu::StatusWord;

use crate::{
    Card, CardError, Part, Reference, Transport, Tries, command,
    file::{Application, File},
};

/// What a card says of itself to everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// The product.
    pub token: Token,
    /// Whether it carries a signature certificate. Children under 15 have none.
    pub signature_certificate: bool,
    /// Whether it carries an authentication certificate.
    pub authentication_certificate: bool,
    /// Counter of the signature password; nothing where there is no signature certificate.
    pub signature_password: Option<Tries>,
    /// Counter of the authentication PIN; nothing where there is no authentication certificate.
    pub authentication_pin: Option<Tries>,
    /// Whether an earlier program had left a key open. It is closed now.
    pub found_open: bool,
}

/// The product behind the JPKI application, by the label in EF 0006 (CK_TOKEN_INFO of PKCS #11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// `JPKIAPICCTOKEN2`: the My Number Card.
    MyNumberCard,
    /// `JPKIAPICCTOKEN`: the resident-register card (住民基本台帳カード), on which nothing is valid any more.
    ResidentRegisterCard,
    /// `JPKIAPGPSETOKEN`: the secure element of an Android telephone.
    AndroidTelephone,
    /// `JPKIAPIOSTOKEN`: an iPhone.
    AppleTelephone,
    /// Another label, or none.
    Unknown,
}

/// Bytes of the label; the rest is spaces.
const LABEL: u16 = 32;
/// Bytes of the availability file.
const AVAILABILITY: u16 = 3;

impl<T: Transport> Card<T> {
    /// Asks a card everything that it says without a password. Eight exchanges; four more when a key was open. Any
    /// card may be asked.
    ///
    /// # Errors
    /// [`CardError::NotMyNumberCard`], [`CardError::KeyStaysOpen`] and those of every exchange.
    pub fn status(&mut self) -> Result<Status, CardError> {
        self.enter(Application::Jpki)?;
        let token = token(self)?;
        let available = availability(self)?.unwrap_or(Available { signature: true, authentication: true });
        let signature_password = self.tries_if(available.signature, Reference::SignaturePassword)?;
        let authentication_pin = self.tries_if(available.authentication, Reference::AuthenticationPin)?;
        Ok(Status {
            token,
            signature_certificate: available.signature,
            authentication_certificate: available.authentication,
            signature_password,
            authentication_pin,
            found_open: self.was_found_open(),
        })
    }

    fn tries_if(&mut self, available: bool, reference: Reference) -> Result<Option<Tries>, CardError> {
        available.then(|| self.tries(reference)).transpose()
    }
}

fn token<T: Transport>(card: &mut Card<T>) -> Result<Token, CardError> {
    let file = File::TokenInformation;
    let read = card.say_to(file, &command::read_file(file, LABEL), &command::read(0, LABEL));
    let label = match read {
        Ok(answer) if answer.status == StatusWord::Success => answer.data,
        Ok(_) | Err(CardError::Refused { .. }) => return Ok(Token::Unknown),
        Err(error) => return Err(error),
    };
    Ok(match label.trim_ascii_end() {
        b"JPKIAPICCTOKEN2" => Token::MyNumberCard,
        b"JPKIAPICCTOKEN" => Token::ResidentRegisterCard,
        b"JPKIAPGPSETOKEN" => Token::AndroidTelephone,
        b"JPKIAPIOSTOKEN" => Token::AppleTelephone,
        _ => Token::Unknown,
    })
}

/// Which certificates a card carries.
struct Available {
    signature: bool,
    authentication: bool,
}

/// A card may lack the file that tells; then only the certificate itself will.
pub(crate) fn require_signature_certificate<T: Transport>(card: &mut Card<T>) -> Result<(), CardError> {
    match availability(card)? {
        Some(Available { signature: false, .. }) => Err(CardError::NoSignatureCertificate),
        Some(_) | None => Ok(()),
    }
}

fn availability<T: Transport>(card: &mut Card<T>) -> Result<Option<Available>, CardError> {
    const PRESENT: u8 = 0x8F;
    match read_availability(card)?.as_deref() {
        None => Ok(None),
        Some([signature, authentication, ..]) => Ok(Some(Available {
            signature: *signature == PRESENT,
            authentication: *authentication == PRESENT,
        })),
        Some(short) => Err(CardError::Malformed { what: Part::Availability, offset: short.len() }),
    }
}

/// The short identifier saves a SELECT; a card that does not know it is asked the long way.
fn read_availability<T: Transport>(card: &mut Card<T>) -> Result<Option<Vec<u8>>, CardError> {
    let by_short_identifier = card.exchange(&command::read_file(File::Availability, AVAILABILITY))?;
    card.lose_current_file();
    if by_short_identifier.status == StatusWord::Success {
        return Ok(Some(by_short_identifier.data));
    }
    match card.select(File::Availability) {
        Err(CardError::Refused { .. }) => return Ok(None),
        selected => selected?,
    }
    let read = card.exchange(&command::read(0, AVAILABILITY))?;
    Ok((read.status == StatusWord::Success).then_some(read.data))
}
