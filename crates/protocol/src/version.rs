//! Which version of the protocol two sides speak.
//!
//! The caller's `hello` offers the newest version that it speaks. The host answers with the newest that both speak,
//! or `unsupported-protocol` if that is older than the oldest it speaks. Every later message carries the agreed
//! number. A version is raised only when an older side would misread a message; new error codes, new capabilities and
//! new commands do not raise it.

use crate::ErrorCode;

/// The newest version that this code speaks.
pub const PROTOCOL: u32 = 1;
/// The oldest version that this code speaks.
pub const OLDEST_PROTOCOL: u32 = 1;

/// The version to speak with a side whose newest is `offered`.
pub fn negotiate(offered: u32) -> Result<u32, ErrorCode> {
    let common = offered.min(PROTOCOL);
    if common < OLDEST_PROTOCOL { Err(ErrorCode::UnsupportedProtocol) } else { Ok(common) }
}

/// Whether a message of version `stated` can be served.
pub fn require_supported(stated: u32) -> Result<(), ErrorCode> {
    if (OLDEST_PROTOCOL..=PROTOCOL).contains(&stated) { Ok(()) } else { Err(ErrorCode::UnsupportedProtocol) }
}
