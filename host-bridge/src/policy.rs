//! May this request become a window? Everything that can be judged without the resident and the card is judged here.

use std::time::Duration;

use shomei_application::{
    Application, CLOCK_TOLERANCE_SECONDS, Freshness, Origin, ParseError, Reason, Timestamp,
};
use shomei_protocol::ErrorCode;

/// How long a resident has from the window to the signature.
pub const OPERATION_LIMIT: Duration = Duration::from_secs(10 * 60);
/// Even for a challenge that is about to end, by a clock that may be wrong: enough to read why it ended.
const SHORTEST_OPERATION: Duration = Duration::from_secs(30);

/// Formats around files. They start from a file that the resident chose on this computer, never from a page: a page
/// gets a signature over nothing but what the window shows whole.
const FORMATS_OF_FILES: [&str; 6] = ["pdf", "pades", "egov", "xml", "cades-detached", "jades-detached"];

/// Why a request is refused, as the page may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The code.
    pub code: ErrorCode,
    /// The place in the document, as a JSON Pointer.
    pub path: Option<String>,
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Self {
        Self { code, path: None }
    }
}

/// Reads and judges the document that the page at `origin` wants signed. `development` also permits http on localhost.
///
/// # Errors
/// [`Refusal`]: the origin, then the document's form, then whose it is, then the time.
pub fn judge(
    origin: &str,
    document: &[u8],
    now: Timestamp,
    development: bool,
) -> Result<Application, Refusal> {
    let origin = if development { Origin::parse_development(origin) } else { Origin::parse(origin) };
    let origin = origin.map_err(|_| ErrorCode::BadOrigin)?;
    let application =
        if development { Application::parse_development(document) } else { Application::parse(document) };
    let application = application.map_err(refusal_of)?;
    if application.recipient.origin != origin {
        return Err(ErrorCode::OriginMismatch.into());
    }
    match application.challenge.freshness(now, CLOCK_TOLERANCE_SECONDS) {
        Freshness::Fresh => Ok(application),
        Freshness::Expired => Err(ErrorCode::Expired.into()),
        Freshness::ClockOff => Err(ErrorCode::ClockOff.into()),
    }
}

/// How long the operation may take: the named limit, but not beyond the challenge's end.
#[must_use]
pub fn time_for(application: &Application, now: Timestamp) -> Duration {
    let left = application.challenge.expires_at.seconds_since(now);
    let left = Duration::from_secs(u64::try_from(left).unwrap_or(0));
    left.clamp(SHORTEST_OPERATION, OPERATION_LIMIT)
}

fn refusal_of(error: ParseError) -> Refusal {
    let code = match &error.reason {
        Reason::NotCanonical { .. } => ErrorCode::NotCanonical,
        Reason::Schema { .. } => ErrorCode::WrongSchema,
        Reason::Container { found } if FORMATS_OF_FILES.contains(&found.as_str()) => {
            ErrorCode::FormatNotForPages
        }
        Reason::Container { .. } => ErrorCode::WrongContainer,
        _ => {
            return Refusal { code: ErrorCode::BadDocument, path: Some(error.path) };
        }
    };
    code.into()
}

#[cfg(test)]
mod tests;
