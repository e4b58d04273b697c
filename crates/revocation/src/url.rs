//! Addresses as an operator configures them.

use std::fmt;
use std::str::FromStr;
use ureq::http::Uri;
use ureq::http::uri::InvalidUri;

/// An absolute `http` URL (RFC 9110 §4.2.1) without user information.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HttpUrl(String);

/// Why a text is no address to fetch from.
#[derive(Debug, thiserror::Error)]
pub enum UrlError {
    /// Not a URI.
    #[error("not a URL: {0}")]
    Syntax(#[from] InvalidUri),
    /// Another scheme. Lists and answers are signed, so that TLS would add nothing that is relied upon.
    #[error("only http:// URLs: what is fetched is signed")]
    Scheme,
    /// A name or password before the host: it would be sent in the clear and written into messages.
    #[error("a URL with a user name or a password is refused")]
    UserInformation,
    /// No host.
    #[error("the URL has no host")]
    Host,
    /// Something other than a key identifier in hexadecimal before the `=`.
    #[error("before the = must stand an authority's key identifier in hexadecimal")]
    KeyIdentifier,
}

impl HttpUrl {
    /// The URL as it was configured.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for HttpUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        let uri: Uri = text.parse()?;
        let authority = uri.authority().ok_or(UrlError::Scheme)?;
        if uri.scheme_str() != Some("http") {
            return Err(UrlError::Scheme);
        }
        if authority.as_str().contains('@') {
            return Err(UrlError::UserInformation);
        }
        if authority.host().is_empty() {
            return Err(UrlError::Host);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for HttpUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A responder's address: `URL` for every authority, or `KEYIDENTIFIER=URL` for the one with that key identifier in
/// hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponderUrl {
    /// Where questions go.
    pub url: HttpUrl,
    /// The key identifier of the only authority that is asked about there; none for all.
    pub authority: Option<Vec<u8>>,
}

impl FromStr for ResponderUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        if text.starts_with("http:") {
            return Ok(Self { url: text.parse()?, authority: None });
        }
        let (key, url) = text.split_once('=').ok_or(UrlError::Scheme)?;
        let authority = octets(key).ok_or(UrlError::KeyIdentifier)?;
        Ok(Self { url: url.parse()?, authority: Some(authority) })
    }
}

fn octets(hexadecimal: &str) -> Option<Vec<u8>> {
    let digits =
        hexadecimal.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()));
    let digits = digits.collect::<Option<Vec<u8>>>()?;
    let octet = |pair: &[u8]| match pair {
        [high, low] => Some(high << 4 | low),
        _ => None,
    };
    digits.chunks(2).map(octet).collect::<Option<Vec<u8>>>().filter(|octets| !octets.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_http_addresses_are_taken() {
        for (text, taken) in [
            ("http://crl.example.jp/city.crl", true),
            ("http://127.0.0.1:8080/", true),
            ("http://[::1]:8080/a?b=c", true),
            ("https://crl.example.jp/city.crl", false),
            ("ldap://crl.example.jp/cn=city", false),
            ("file:///etc/passwd", false),
            ("//crl.example.jp/city.crl", false),
            ("crl.example.jp", false),
            ("/city.crl", false),
            ("http://name@crl.example.jp/", false),
            ("http://name:word@crl.example.jp/", false),
            ("http://:80/", false),
            ("http://", false),
            ("http://crl.example.jp/a b", false),
            ("http://crl.example.jp/\r\nHost: x", false),
            ("", false),
        ] {
            assert_eq!(text.parse::<HttpUrl>().is_ok(), taken, "{text}");
        }
    }

    #[test]
    fn a_responder_is_for_one_authority_or_for_all() {
        let all: ResponderUrl = "http://ocsp.example.jp/?a=b".parse().unwrap();
        assert_eq!(all.authority, None);
        let one: ResponderUrl = "0dFF=http://ocsp.example.jp/".parse().unwrap();
        assert_eq!((one.authority, one.url.as_str()), (Some(vec![0x0d, 0xff]), "http://ocsp.example.jp/"));
        for text in
            ["0d=https://ocsp.example.jp/", "0=http://o.jp/", "=http://o.jp/", "xy=http://o.jp/", "o.jp"]
        {
            assert!(text.parse::<ResponderUrl>().is_err(), "{text}");
        }
    }
}
