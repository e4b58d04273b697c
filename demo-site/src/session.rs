//! One browser's sitting: a random id in a cookie, known to the site only by its digest.
//!
//! Not a login. It says that two requests came from one browser, nothing about who sits before it.

use crate::limits::SESSION_SECONDS;
use axum::http::{HeaderMap, header};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use std::fmt;

/// The cookie's name. `__Host-` makes browsers insist on Secure, Path=/ and no Domain (RFC 6265bis §4.1.3.2).
pub const COOKIE: &str = "__Host-session";

/// SHA-256 of a session id: what the site stores and compares.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SessionDigest(pub [u8; 32]);

impl fmt::Debug for SessionDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionDigest")
    }
}

/// A session id that was just made: its digest to store, its cookie to send.
pub struct NewSession {
    /// What the site keeps.
    pub digest: SessionDigest,
    /// The whole value of the `Set-Cookie` header.
    pub set_cookie: String,
}

/// Makes a session of 32 random bytes. Fails only where the system has no randomness.
pub fn begin() -> Result<NewSession, getrandom::Error> {
    let id = Base64UrlUnpadded::encode_string(&random_bytes()?);
    let set_cookie =
        format!("{COOKIE}={id}; Path=/; Max-Age={SESSION_SECONDS}; Secure; HttpOnly; SameSite=Strict");
    Ok(NewSession { digest: digest(&id), set_cookie })
}

/// The digest of the session that the request's cookie names. `None` if there is no cookie, if it does not have the
/// form of ours, or if there are two: a second one could have been planted.
pub fn of(headers: &HeaderMap) -> Option<SessionDigest> {
    let mut found = cookies(headers).filter_map(|(name, value)| (name == COOKIE).then_some(value));
    let id = found.next()?;
    if found.next().is_some() {
        return None;
    }
    let mut bytes = [0; 32];
    let decoded = Base64UrlUnpadded::decode(id, &mut bytes).ok()?;
    (decoded.len() == 32).then(|| digest(id))
}

/// 32 bytes of the system's randomness.
pub fn random_bytes() -> Result<[u8; 32], getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

fn digest(id: &str) -> SessionDigest {
    SessionDigest(shomei_application::sha256(id.as_bytes()))
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, line.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_cookie_that_was_set_names_its_session() {
        let session = begin().unwrap();
        let pair = session.set_cookie.split(';').next().unwrap();
        assert_eq!(of(&request(&[&format!("a=b; {pair}; c=d")])), Some(session.digest));
    }

    #[test]
    fn anything_else_names_no_session() {
        let id = Base64UrlUnpadded::encode_string(&[7; 32]);
        let two = format!("{COOKIE}={id}; {COOKIE}={id}");
        let short = format!("{COOKIE}={}", Base64UrlUnpadded::encode_string(&[7; 31]));
        let padded = format!("{COOKIE}={id}=");
        let other = format!("session={id}");
        for lines in
            [vec![], vec![&*two], vec![&*short], vec![&*padded], vec![&*other], vec!["__Host-session"]]
        {
            assert_eq!(of(&request(&lines)), None, "{lines:?}");
        }
    }

    #[test]
    fn the_cookie_is_for_this_host_and_this_site_only() {
        let cookie = begin().unwrap().set_cookie;
        for attribute in ["Path=/", "Secure", "HttpOnly", "SameSite=Strict", "Max-Age=43200"] {
            assert!(cookie.split("; ").any(|part| part == attribute), "{attribute}");
        }
        assert!(!cookie.contains("Domain"));
    }
}
