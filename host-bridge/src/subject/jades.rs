//! One JAdES signature beside files.

use shomei_application::Timestamp;
use shomei_envelope::jades::{self, ReadFile};
use shomei_envelope::verify_own_signature;
use shomei_pki::RsaVerifier;

use super::{Item, Unfinished, Unprepared};

/// Files as they were read, in the order in which the signature names them.
#[derive(Debug)]
pub struct JadesFiles(pub Vec<ReadFile>);

impl Item for JadesFiles {
    fn prepare(&self, certificate: &[u8], now: Timestamp) -> Result<Unfinished<'_>, Unprepared> {
        let prepared = jades::prepare_detached(&self.0, certificate, now);
        let prepared = prepared.map_err(|_| Unprepared::Certificate)?;
        let certificate = certificate.to_vec();
        Ok(Unfinished::new(prepared.digest(), move |signature| {
            let octets = prepared.complete(signature).ok()?;
            let detached = jades::parse_detached(&octets).ok()?;
            let all_are_named = detached.names().eq(self.0.iter().map(|read| read.file().name.as_str()));
            let signed = detached.beside(&self.0).ok()?;
            verify_own_signature(&signed, &certificate, &RsaVerifier).ok()?;
            all_are_named.then_some(octets)
        }))
    }
}
