//! One application document, in the attached envelope that it names.

use shomei_application::{Container, Timestamp};
use shomei_envelope::{attached, verify_own};
use shomei_pki::RsaVerifier;

use super::{Item, Unfinished, Unprepared};

/// The very bytes that the window showed and that are signed, and the kind of envelope that they name.
#[derive(Debug)]
pub(super) struct Document {
    container: Container,
    bytes: Vec<u8>,
}

impl Document {
    /// The canonical bytes of one application document, whose container this is.
    pub(super) fn new(container: Container, bytes: Vec<u8>) -> Self {
        Self { container, bytes }
    }
}

impl Item for Document {
    fn prepare(&self, certificate: &[u8], now: Timestamp) -> Result<Unfinished<'_>, Unprepared> {
        let envelope = attached::prepare(self.container, &self.bytes, certificate, now);
        let envelope = envelope.map_err(|_| Unprepared::Certificate)?;
        Ok(Unfinished::new(envelope.digest(), |signature| {
            let octets = envelope.complete(signature).ok()?;
            verify_own(&octets, &self.bytes, &RsaVerifier).ok()?;
            Some(octets)
        }))
    }
}
