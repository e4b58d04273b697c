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
    let hexadecimal = last.strip_prefix("0x").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_hexdigit()));
    if hexadecimal || last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(OriginError::Address);
    }
    Ok(())
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_browsers_write() {
        let cases = [
            ("https://shinsei.city.mihon.lg.jp", "shinsei.city.mihon.lg.jp", None, false),
            ("https://shinsei.example:8443", "shinsei.example", Some(8443), false),
            ("https://xn--eckwd4c7c.example", "xn--eckwd4c7c.example", None, false),
            ("https://localhost:65535", "localhost", Some(65535), false),
            ("https://example.jp:80", "example.jp", Some(80), false),
            ("https://1.example2", "1.example2", None, false),
            ("http://localhost", "localhost", None, true),
            ("http://localhost:8080", "localhost", Some(8080), true),
            ("http://127.0.0.1:443", "127.0.0.1", Some(443), true),
        ];
        for (text, host, port, development) in cases {
            let origin = Origin::parse_development(text).unwrap();
            assert_eq!((origin.host(), origin.port(), origin.is_development()), (host, port, development));
            assert_eq!(origin.to_string(), text);
            assert_eq!(Origin::parse(text).is_err(), development, "{text}");
        }
    }

    #[test]
    fn refuses_what_no_browser_would_write() {
        use OriginError::*;
        let long_label = format!("https://{}.jp", "a".repeat(64));
        let long_host = format!("https://{}jp", "a123456789.".repeat(23));
        let cases = [
            ("nothing", "", Scheme),
            ("the opaque origin", "null", Scheme),
            ("no scheme", "example.jp", Scheme),
            ("http", "http://example.jp", Scheme),
            ("a capital in the scheme", "HTTPS://example.jp", Scheme),
            ("another scheme", "file://example.jp", Scheme),
            ("a space before", " https://example.jp", Scheme),
            ("a path", "https://example.jp/", Rest),
            ("a query", "https://example.jp?a", Rest),
            ("a fragment", "https://example.jp#a", Rest),
            ("a user name", "https://a@example.jp", Rest),
            ("a user name like a host", "https://shinsei.city.mihon.lg.jp:443@evil.example", Rest),
            ("a backslash", "https://example.jp\\a", Rest),
            ("no host", "https://", Host),
            ("a port alone", "https://:8443", Host),
            ("a capital", "https://Example.jp", Host),
            ("a dot at the end", "https://example.jp.", Host),
            ("a dot at the start", "https://.example.jp", Host),
            ("two dots", "https://example..jp", Host),
            ("a hyphen first", "https://-a.jp", Host),
            ("a hyphen last", "https://a-.jp", Host),
            ("an underscore", "https://a_b.jp", Host),
            ("not Punycode", "https://日本.jp", Host),
            ("a full-width letter", "https://ｅxample.jp", Host),
            ("a percent escape", "https://ex%61mple.jp", Host),
            ("a space behind", "https://example.jp ", Host),
            ("a label of 64 letters", &long_label, Host),
            ("a host of 255 characters", &long_host, Host),
            ("an IPv4 address", "https://192.168.0.1", Address),
            ("a number", "https://3232235521", Address),
            ("a hexadecimal number", "https://0xc0a80001", Address),
            ("a number as last label", "https://example.1", Address),
            ("an IPv6 address", "https://[::1]", Address),
            ("https' own port", "https://example.jp:443", Port),
            ("port zero", "https://example.jp:0", Port),
            ("a leading zero", "https://example.jp:08443", Port),
            ("port 65536", "https://example.jp:65536", Port),
            ("no port after the colon", "https://example.jp:", Port),
            ("a sign", "https://example.jp:+8443", Port),
            ("two ports", "https://example.jp:1:2", Port),
            ("http's own port", "http://localhost:80", Port),
            ("another loopback name", "http://localhost.example", Scheme),
            ("another loopback address", "http://127.0.0.2", Scheme),
            ("a path on localhost", "http://localhost/", Rest),
        ];
        for (name, text, expected) in cases {
            assert_eq!(Origin::parse_development(text), Err(expected), "{name}");
        }
    }

    proptest! {
        #[test]
        fn an_origin_is_its_own_text(text in "https?://[a-z0-9.:@/-]{0,12}") {
            if let Ok(origin) = Origin::parse_development(&text) {
                let port = origin.port().map(|port| format!(":{port}")).unwrap_or_default();
                let scheme = if origin.is_development() { "http" } else { "https" };
                prop_assert_eq!(format!("{scheme}://{}{port}", origin.host()), text);
            }
        }
    }
}
