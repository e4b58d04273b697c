//! Web origins as browsers serialise them (HTML Standard, "serialization of an origin"; RFC 6454 §6.2).
//!
//! Strict on purpose: a text is an origin only if a browser would write exactly that text. Nothing is normalised,
//! because the signed bytes hold the origin as written. Not a URL parser.

use core::fmt;

/// The origin of a web page: scheme, host and, unless it is the scheme's own, port.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin(String);

/// Why a text is not an origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// Neither `https://` nor, for development, `http://` with a loopback host.
    #[error("not https")]
    Scheme,
    /// The host is empty, longer than 253 characters, or has an empty, overlong or ill-formed label.
    /// Host names are lower-case ASCII; others are written in Punycode (RFC 3492) as browsers do.
    #[error("a host name that no browser would write")]
    Host,
    /// The host is an IP address; a recipient is named, not numbered.
    #[error("an IP address")]
    Address,
    /// The port is no number from 1 to 65535, has a leading zero, or is the scheme's own.
    #[error("a port that no browser would write")]
    Port,
    /// A user name, path, query or fragment.
    #[error("more than scheme, host and port")]
    Rest,
}

impl Origin {
    /// Reads `https://host` or `https://host:port`.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let authority = text.strip_prefix("https://").ok_or(OriginError::Scheme)?;
        check_host(checked_authority(authority, "443")?)?;
        Ok(Self(text.to_owned()))
    }

    /// As [`Origin::parse`], and also `http://localhost` and `http://127.0.0.1`, each with or without a port: for
    /// hosts installed for development, which show the test banner.
    pub fn parse_development(text: &str) -> Result<Self, OriginError> {
        let Some(authority) = text.strip_prefix("http://") else {
            return Self::parse(text);
        };
        match checked_authority(authority, "80")? {
            "localhost" | "127.0.0.1" => Ok(Self(text.to_owned())),
            _ => Err(OriginError::Scheme),
        }
    }

    /// The origin as the browser writes it, ASCII.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is one of the unencrypted origins of [`Origin::parse_development`].
    pub fn is_development(&self) -> bool {
        self.0.starts_with("http://")
    }

    /// The host name without port.
    pub fn host(&self) -> &str {
        let authority = self.0.split_once("://").map_or("", |(_, authority)| authority);
        authority.split_once(':').map_or(authority, |(host, _)| host)
    }

    /// The port, if it is not the scheme's own.
    pub fn port(&self) -> Option<u16> {
        self.0.rsplit_once(':').and_then(|(_, port)| port.parse().ok())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The host of an `authority` whose port, if any, is well-formed and not the scheme's own.
fn checked_authority<'a>(authority: &'a str, own_port: &str) -> Result<&'a str, OriginError> {
    if authority.contains(['/', '?', '#', '@', '\\']) {
        return Err(OriginError::Rest);
    }
    if authority.starts_with('[') {
        return Err(OriginError::Address);
    }
    let Some((host, port)) = authority.split_once(':') else {
        return Ok(authority);
    };
    let digits = !port.starts_with('0') && port.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || port == own_port || port.parse::<u16>().is_err() {
        return Err(OriginError::Port);
    }
    Ok(host)
}

/// RFC 1123 §2.1 in lower case, and not what the URL Standard reads as an IPv4 address (its last label a number).
fn check_host(host: &str) -> Result<(), OriginError> {
    if host.len() > 253 || !host.split('.').all(is_label) {
        return Err(OriginError::Host);
    }
    let last = host.rsplit('.').next().unwrap_or_default();
    let hexadecimal = last
        .strip_prefix("0x")
        .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_hexdigit()));
    if hexadecimal || last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(OriginError::Address);
    }
    Ok(())
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}
