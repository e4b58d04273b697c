//! Every bound of the site on what comes from outside or lives inside, in one place.

use std::time::Duration;

/// Largest body of `POST /applications` in bytes: no envelope of either kind is larger.
pub const MAX_ENVELOPE_BYTES: usize = shomei_envelope::attached::MAX_ENVELOPE;
/// Largest body of `POST /challenges` in bytes: two short identifiers.
pub const MAX_CHALLENGE_REQUEST_BYTES: usize = 4 * 1024;
/// Largest file of the page module in bytes (WebAssembly included).
pub const MAX_MODULE_FILE_BYTES: u64 = 16 * 1024 * 1024;
/// Largest certificate in bytes.
pub const MAX_TRUST_FILE_BYTES: u64 = 64 * 1024;
/// Life of a challenge in seconds: reading and signing one application, with time to find the card and the password.
pub const CHALLENGE_SECONDS: i64 = 30 * 60;
/// Life of a session in seconds: one sitting, and the rest of the day to come back to the receipt.
pub const SESSION_SECONDS: i64 = 12 * 60 * 60;
/// How long a request body may take to arrive.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a client may take for the TLS handshake.
pub const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// Connections served at one time; more wait in the listener's queue.
pub const MAX_CONNECTIONS: usize = 256;
/// How long a statement waits for another process's write before the resident is told to send again.
pub const DATABASE_PATIENCE: Duration = Duration::from_secs(2);
