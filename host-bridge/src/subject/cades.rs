//! A CAdES signature beside one file.

use shomei_application::Timestamp;
use shomei_envelope::{FileDigest, cades, verify_own_signature};
use shomei_pki::RsaVerifier;

use super::{Item, Unfinished, Unprepared};

/// A file as it was read; its signature is made over this digest.
#[derive(Debug)]
pub struct CadesFile(pub FileDigest);

impl Item for CadesFile {
    fn prepare(&self, certificate: &[u8], now: Timestamp) -> Result<Unfinished<'_>, Unprepared> {
        let prepared = cades::prepare_detached(&self.0, certificate, now);
        let prepared = prepared.map_err(|_| Unprepared::Certificate)?;
        let certificate = certificate.to_vec();
        Ok(Unfinished::new(prepared.digest(), move |signature| {
            let octets = prepared.complete(signature).ok()?;
            let signed = cades::parse_detached(&octets).ok()?.beside(self.0.clone());
            verify_own_signature(&signed, &certificate, &RsaVerifier).ok()?;
            Some(octets)
        }))
    }
}
