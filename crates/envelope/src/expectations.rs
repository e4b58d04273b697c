//! What the relying party expects to find signed. Never filled in from the document itself.

use shomei_application::json::{self, Object, Value};
use std::fmt;

/// What the document must be bound to. Every member is stated by the relying party out of its own records; `None`
/// says "not given", and whatever is not given keeps the verdict from being [`crate::Verdict::Valid`].
///
/// There is no default on purpose: a verifier that expects nothing accepts a signature made for somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectations {
    /// The web origin of the recipient's page.
    pub origin: Option<String>,
    /// The recipient's identifier.
    pub recipient_id: Option<String>,
    /// The procedure in exactly one version.
    pub procedure: Option<ProcedureExpectation>,
    /// The challenge that the server issued for this application, 43 characters base64url.
    pub challenge: Option<String>,
    /// How many holders sign.
    pub signers: Option<u32>,
}

/// A procedure definition, named and bound by its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcedureExpectation {
    /// The procedure's identifier.
    pub id: String,
    /// The version.
    pub version: String,
    /// SHA-256 of the canonical definition, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// The name of one expectation, as reports write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// `origin`
    Origin,
    /// `recipientId`
    RecipientId,
    /// `procedure`
    Procedure,
    /// `challenge`
    Challenge,
    /// `signers`
    Signers,
}

/// Why bytes do not state expectations.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpectationsError {
    /// Not strict JSON.
    #[error(transparent)]
    Json(#[from] json::Error),
    /// The value at this place (JSON Pointer, RFC 6901) has another type than it must, or a part is missing.
    #[error("{path}: missing or of another type")]
    Type {
        /// The place.
        path: &'static str,
    },
    /// A member that no version knows.
    #[error("unknown member `{0}`")]
    Unknown(String),
}

/// Octets of a file of expectations: five short members.
const MAX_BYTES: usize = 16 * 1024;

impl Expectations {
    /// Nothing given: the document is shown, but its binding is not checked.
    pub const fn none_given() -> Self {
        Self { origin: None, recipient_id: None, procedure: None, challenge: None, signers: None }
    }

    /// Reads `{"origin","recipientId","procedure":{"id","version","sha256"},"challenge","signers"}`; a member that
    /// is absent is not given.
    ///
    /// # Errors
    /// [`ExpectationsError`], with its place.
    pub fn parse(bytes: &[u8]) -> Result<Self, ExpectationsError> {
        let value = json::parse(bytes, MAX_BYTES)?;
        let object = value.as_object().ok_or(ExpectationsError::Type { path: "" })?;
        refuse_unknown(object, &["origin", "recipientId", "procedure", "challenge", "signers"])?;
        Ok(Self {
            origin: optional_text(object, "origin", "/origin")?,
            recipient_id: optional_text(object, "recipientId", "/recipientId")?,
            procedure: object.get("procedure").map(ProcedureExpectation::read).transpose()?,
            challenge: optional_text(object, "challenge", "/challenge")?,
            signers: object.get("signers").map(read_signers).transpose()?,
        })
    }
}

impl ProcedureExpectation {
    fn read(value: &Value) -> Result<Self, ExpectationsError> {
        let object = value.as_object().ok_or(ExpectationsError::Type { path: "/procedure" })?;
        refuse_unknown(object, &["id", "version", "sha256"])?;
        let text = |key, path| optional_text(object, key, path)?.ok_or(ExpectationsError::Type { path });
        Ok(Self {
            id: text("id", "/procedure/id")?,
            version: text("version", "/procedure/version")?,
            sha256: text("sha256", "/procedure/sha256")?,
        })
    }
}

fn optional_text(
    object: &Object,
    key: &str,
    path: &'static str,
) -> Result<Option<String>, ExpectationsError> {
    let Some(value) = object.get(key) else {
        return Ok(None);
    };
    value.as_str().map(|text| Some(text.to_owned())).ok_or(ExpectationsError::Type { path })
}

fn read_signers(value: &Value) -> Result<u32, ExpectationsError> {
    let count = value.as_integer().and_then(|count| u32::try_from(count).ok());
    count.filter(|count| *count > 0).ok_or(ExpectationsError::Type { path: "/signers" })
}

fn refuse_unknown(object: &Object, known: &[&str]) -> Result<(), ExpectationsError> {
    match object.iter().find(|(key, _)| !known.contains(key)) {
        Some((key, _)) => Err(ExpectationsError::Unknown(key.to_owned())),
        None => Ok(()),
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Expectation::Origin => "origin",
            Expectation::RecipientId => "recipientId",
            Expectation::Procedure => "procedure",
            Expectation::Challenge => "challenge",
            Expectation::Signers => "signers",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_is_read() {
        let text = r#"{"origin":"https://a.example","recipientId":"129992","procedure":{"id":"p","version":"1","sha256":"00"},"challenge":"c","signers":1}"#;
        let expectations = Expectations::parse(text.as_bytes()).unwrap();
        assert_eq!(expectations.origin.as_deref(), Some("https://a.example"));
        assert_eq!(expectations.recipient_id.as_deref(), Some("129992"));
        assert_eq!(expectations.procedure.map(|procedure| procedure.version).as_deref(), Some("1"));
        assert_eq!((expectations.challenge.as_deref(), expectations.signers), (Some("c"), Some(1)));
        assert_eq!(Expectations::parse(b"{}"), Ok(Expectations::none_given()));
    }

    #[test]
    fn anything_else_is_refused_with_its_place() {
        let table = [
            ("[]", ExpectationsError::Type { path: "" }),
            (r#"{"origin":1}"#, ExpectationsError::Type { path: "/origin" }),
            (
                r#"{"procedure":{"id":"p","version":"1"}}"#,
                ExpectationsError::Type { path: "/procedure/sha256" },
            ),
            (
                r#"{"procedure":{"id":"p","version":"1","sha256":"","x":""}}"#,
                ExpectationsError::Unknown("x".into()),
            ),
            (r#"{"signers":0}"#, ExpectationsError::Type { path: "/signers" }),
            (r#"{"signers":"1"}"#, ExpectationsError::Type { path: "/signers" }),
            (r#"{"Origin":""}"#, ExpectationsError::Unknown("Origin".into())),
        ];
        for (text, error) in table {
            assert_eq!(Expectations::parse(text.as_bytes()), Err(error), "{text}");
        }
    }
}
