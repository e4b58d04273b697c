//! Every length of a message, each with its source.

/// Bytes of a frame from the browser. Browsers allow more (Chrome 64 MiB, by its documentation 4 GiB), we do not: a
/// document of 256 KiB of which every character needs an escape of its own still fits.
pub const MAX_REQUEST_FRAME: usize = 1024 * 1024;
/// Bytes of a frame to the browser: Chrome's limit for one message from a native host; it ends the host above it.
pub const MAX_REPLY_FRAME: usize = 1024 * 1024;
/// Bytes of a document in UTF-8; the same number as in the document's own rules. With the certificate and the
/// signature, in base64, it fits [`MAX_REPLY_FRAME`] twice over, even where JAdES has written it in base64url before.
pub const MAX_DOCUMENT: usize = 256 * 1024;
/// Characters of an id.
pub const MAX_ID: usize = 64;
/// Bytes of an origin: `https://`, a host name of 253 (RFC 1035 §2.3.4) and a port.
pub const MAX_ORIGIN: usize = 8 + 253 + 6;
/// Bytes of an envelope in base64, which leaves room for the rest of its reply.
pub const MAX_ENVELOPE_BASE64: usize = MAX_REPLY_FRAME - 4096;
