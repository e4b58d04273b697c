//! What the server issued for one filing, as it arrives from JavaScript.

use crate::javascript::{member, text};
use crate::refusal::Refusal;
use shomei_application::{Challenge, Origin, ProcedureRef, Recipient, Timestamp};
use wasm_bindgen::JsValue;

/// The server's answer to the resident's confirmation. Members that the document does not need are the site's own affair.
#[derive(Debug, Clone)]
pub(crate) struct Issued {
    pub(crate) challenge: IssuedChallenge,
    pub(crate) recipient: IssuedRecipient,
    pub(crate) procedure: Option<IssuedProcedure>,
}

#[derive(Debug, Clone)]
pub(crate) struct IssuedChallenge {
    pub(crate) value: String,
    pub(crate) created_at: String,
    pub(crate) expires_at: String,
}

#[derive(Debug, Clone)]
pub(crate) struct IssuedRecipient {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) origin: String,
}

#[derive(Debug, Clone)]
pub(crate) struct IssuedProcedure {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) sha256: Option<String>,
}

impl Issued {
    /// Reads the members that are used; none if one is missing or is no string.
    pub(crate) fn read(value: &JsValue) -> Option<Self> {
        let challenge = IssuedChallenge::read(&member(value, "challenge")?)?;
        let recipient = IssuedRecipient::read(&member(value, "recipient")?)?;
        let procedure = match member(value, "procedure") {
            Some(procedure) => Some(IssuedProcedure::read(&procedure)?),
            None => None,
        };
        Some(Self { challenge, recipient, procedure })
    }

    /// The challenge and the recipient, if they were issued for this procedure.
    ///
    /// # Errors
    /// `bad-challenge` for a time or origin that is none, `wrong-procedure`.
    pub(crate) fn for_procedure(self, procedure: &ProcedureRef) -> Result<(Challenge, Recipient), Refusal> {
        if !self.procedure.is_none_or(|issued| issued.is(procedure)) {
            return Err(Refusal::of("wrong-procedure"));
        }
        let challenge = Challenge {
            value: self.challenge.value,
            created_at: time(&self.challenge.created_at)?,
            expires_at: time(&self.challenge.expires_at)?,
        };
        let origin = Origin::parse(&self.recipient.origin).map_err(|_| Refusal::of("bad-challenge"))?;
        Ok((challenge, Recipient { id: self.recipient.id, name: self.recipient.name, origin }))
    }
}

impl IssuedChallenge {
    fn read(value: &JsValue) -> Option<Self> {
        Some(Self {
            value: text(value, "value")?,
            created_at: text(value, "createdAt")?,
            expires_at: text(value, "expiresAt")?,
        })
    }
}

impl IssuedRecipient {
    fn read(value: &JsValue) -> Option<Self> {
        Some(Self { id: text(value, "id")?, name: text(value, "name")?, origin: text(value, "origin")? })
    }
}

impl IssuedProcedure {
    fn read(value: &JsValue) -> Option<Self> {
        let sha256 = match member(value, "sha256") {
            Some(sha256) => Some(sha256.as_string()?),
            None => None,
        };
        Some(Self { id: text(value, "id")?, version: text(value, "version")?, sha256 })
    }

    fn is(&self, procedure: &ProcedureRef) -> bool {
        self.id == procedure.id
            && self.version == procedure.version
            && self.sha256.as_ref().is_none_or(|sha256| *sha256 == procedure.sha256)
    }
}

fn time(text: &str) -> Result<Timestamp, Refusal> {
    Timestamp::parse(text).map_err(|_| Refusal::of("bad-challenge"))
}
