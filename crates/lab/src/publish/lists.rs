//! Revocation lists as HTTP resources, with what lets a client ask whether one changed (RFC 9110 §13).

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};

use crate::register::hexadecimal;

/// A list with its validators.
pub(super) struct List {
    pub(super) der: Vec<u8>,
    /// A strong entity tag, quoted.
    pub(super) tag: String,
    modified: SystemTime,
}

impl List {
    /// The list by its file name; none where there is none.
    pub(super) fn read(world: &Path, name: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
        let stem = name.strip_suffix(".crl").filter(|stem| stem.bytes().all(plain))?;
        let path = world.join("crl").join(format!("{stem}.crl"));
        let der = fs::read(&path).ok()?;
        let modified = fs::metadata(&path).and_then(|file| file.modified()).ok()?;
        let tag = format!("\"{}\"", hexadecimal(&Sha256::digest(&der)));
        Some(Self { der, tag, modified: whole_seconds(modified) })
    }

    /// Last-Modified.
    pub(super) fn modified(&self) -> String {
        httpdate::fmt_http_date(self.modified)
    }

    /// Whether a client with these headers has it already. If-None-Match counts alone where both are there
    /// (RFC 9110 §13.2.2).
    pub(super) fn is_known(&self, headers: &HeaderMap) -> bool {
        let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
        if let Some(tags) = value(header::IF_NONE_MATCH) {
            let same = |tag: &str| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == self.tag;
            return tags.split(',').map(str::trim).any(same);
        }
        let since = value(header::IF_MODIFIED_SINCE).and_then(|since| httpdate::parse_http_date(since).ok());
        since.is_some_and(|since| self.modified <= since)
    }
}

/// HTTP dates have no parts of a second, so a list must not seem newer than what was said of it.
fn whole_seconds(at: SystemTime) -> SystemTime {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    UNIX_EPOCH.checked_add(Duration::from_secs(since.as_secs())).unwrap_or(at)
}
