//! The login statement: the only bytes that the authentication key signs.

use std::fmt::Write;

use thiserror::Error;
use time::OffsetDateTime;

/// First line of every statement. A CMS, JWS or XML signature never starts with it.
const TITLE: &str = "shomei-login/1\n";
/// Characters of a challenge: 32 bytes in base64url without padding (RFC 4648 §5).
const CHALLENGE_LENGTH: usize = 43;
/// Longest origin: a scheme, a host name of 253 characters (RFC 1035 §2.3.4), a port.
const MAX_ORIGIN: usize = 8 + 253 + 6;

/// What a resident states at a login: the ASCII line `shomei-login/1`, a line feed, and the canonical JSON
/// (RFC 8785) of `challenge`, `issuedAt` and `origin`. It is made of its parts only, never of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginStatement(String);

/// Parts that make no statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LoginError {
    /// Not the ASCII serialisation of an https origin, or of an http origin on localhost (RFC 6454 §6.2).
    #[error("an origin that is none, at character {position}")]
    Origin {
        /// The first character that does not fit, counted from 0.
        position: usize,
    },
    /// Not 43 characters of base64url.
    #[error("a challenge of {length} characters, or with one that is not base64url")]
    Challenge {
        /// Its length in bytes.
        length: usize,
    },
    /// An instant before 1970 or after 9999.
    #[error("no date for {seconds} seconds since 1970")]
    IssuedAt {
        /// The seconds.
        seconds: i64,
    },
}

impl LoginStatement {
    /// States that the holder answers `challenge`, which `origin` issued at `issued_at` (seconds since 1970 in UTC).
    ///
    /// # Errors
    /// [`LoginError`]: a part that is not of its form.
    pub fn new(origin: &str, challenge: &str, issued_at: i64) -> Result<Self, LoginError> {
        check_origin(origin)?;
        let base64url = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if challenge.len() != CHALLENGE_LENGTH || !challenge.bytes().all(base64url) {
            return Err(LoginError::Challenge { length: challenge.len() });
        }
        let issued_at = timestamp(issued_at)?;
        // The members stand in canonical order, and no character of theirs needs an escape.
        Ok(Self(format!(
            r#"{TITLE}{{"challenge":"{challenge}","issuedAt":"{issued_at}","origin":"{origin}"}}"#
        )))
    }

    /// The bytes that are signed: ASCII.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Whether there is an origin is the browser's to say; here only what could break the statement is kept out.
fn check_origin(origin: &str) -> Result<(), LoginError> {
    let local = origin.strip_prefix("http://localhost");
    let local = local.filter(|rest| rest.is_empty() || rest.starts_with(':')).map(|_| "localhost");
    let host = origin.strip_prefix("https://").or(local).ok_or(LoginError::Origin { position: 0 })?;
    let scheme = origin.len() - host.len();
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-:[]".contains(&byte);
    let misfit = host.bytes().position(|byte| !fits(byte));
    match misfit {
        Some(position) => Err(LoginError::Origin { position: scheme + position }),
        None if host.is_empty() || origin.len() > MAX_ORIGIN => {
            Err(LoginError::Origin { position: origin.len().min(MAX_ORIGIN) })
        }
        None => Ok(()),
    }
}

/// `YYYY-MM-DDThh:mm:ssZ`.
fn timestamp(seconds: i64) -> Result<String, LoginError> {
    let refused = LoginError::IssuedAt { seconds };
    let instant = OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| refused)?;
    if seconds < 0 || instant.year() > 9999 {
        return Err(refused);
    }
    let mut text = String::with_capacity(20);
    let (date, clock) = (instant.date(), instant.time());
    write!(text, "{:04}-{:02}-{:02}T", date.year(), u8::from(date.month()), date.day())
        .and_then(|()| write!(text, "{:02}:{:02}:{:02}Z", clock.hour(), clock.minute(), clock.second()))
        .map_err(|_| refused)?;
    Ok(text)
}
