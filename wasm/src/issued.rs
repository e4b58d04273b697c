//! What the server issued for one filing, as it arrives from JavaScript.

use crate::refusal::Refusal;
use serde::Deserialize;
use shomei_application::{Challenge, Origin, ProcedureRef, Recipient, Timestamp};

/// The server's answer to the resident's confirmation. Members that the document does not need are the site's own affair.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Issued {
    challenge: IssuedChallenge,
    recipient: IssuedRecipient,
    procedure: Option<IssuedProcedure>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct IssuedChallenge {
    value: String,
    created_at: String,
    expires_at: String,
}

#[derive(Debug, Clone, Deserialize)]
struct IssuedRecipient {
    id: String,
    name: String,
    origin: String,
}

#[derive(Debug, Clone, Deserialize)]
struct IssuedProcedure {
    id: String,
    version: String,
    sha256: Option<String>,
}

impl Issued {
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

impl IssuedProcedure {
    fn is(&self, procedure: &ProcedureRef) -> bool {
        self.id == procedure.id
            && self.version == procedure.version
            && self.sha256.as_ref().is_none_or(|sha256| *sha256 == procedure.sha256)
    }
}

fn time(text: &str) -> Result<Timestamp, Refusal> {
    Timestamp::parse(text).map_err(|_| Refusal::of("bad-challenge"))
}
