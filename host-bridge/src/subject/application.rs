//! One application document, in the attached envelope that it names.

use shomei_application::{Container, Timestamp};
use shomei_envelope::attached;
use shomei_pki::RsaVerifier;

use super::{Item, SelfCheckFailed, Unfinished, Unprepared};

/// The very bytes that the window showed and that are signed, and the kind of envelope that they name.
#[derive(Debug)]
pub(super) struct Document {
    container: Container,
    bytes: Vec<u8>,
}

struct Prepared<'document> {
    document: &'document Document,
    envelope: attached::Prepared,
}

impl Document {
    /// The canonical bytes of one application document, whose container this is.
    pub(super) fn new(container: Container, bytes: Vec<u8>) -> Self {
        Self { container, bytes }
    }
}

impl Item for Document {
    fn prepare(&self, certificate: &[u8], now: Timestamp) -> Result<Box<dyn Unfinished + '_>, Unprepared> {
        let envelope = attached::prepare(self.container, &self.bytes, certificate, now);
        let envelope = envelope.map_err(|_| Unprepared::Certificate)?;
        Ok(Box::new(Prepared { document: self, envelope }))
    }
}

impl Unfinished for Prepared<'_> {
    fn digest(&self) -> [u8; 32] {
        self.envelope.digest()
    }

    fn complete(self: Box<Self>, signature: &[u8]) -> Result<Vec<u8>, SelfCheckFailed> {
        let envelope = self.envelope.complete(signature).map_err(|_| SelfCheckFailed)?;
        shomei_envelope::verify_own(&envelope, &self.document.bytes, &RsaVerifier)
            .map_err(|_| SelfCheckFailed)?;
        Ok(envelope)
    }
}
