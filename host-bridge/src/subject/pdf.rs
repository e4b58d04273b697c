//! A signature inside a PDF.

use shomei_application::Timestamp;
use shomei_envelope::pdf::{self, Profile};
use shomei_envelope::verify_own_signature;
use shomei_pki::RsaVerifier;

use super::{Item, Unfinished, Unprepared};

/// A PDF as it was read, and the profile of its new signature.
#[derive(Debug)]
pub struct PdfFile {
    /// The document's octets.
    pub octets: Vec<u8>,
    /// How it is signed.
    pub profile: Profile,
}

impl Item for PdfFile {
    fn prepare(&self, certificate: &[u8], now: Timestamp) -> Result<Unfinished<'_>, Unprepared> {
        let prepared = pdf::prepare(&self.octets, self.profile, certificate, now).map_err(unprepared)?;
        let certificate = certificate.to_vec();
        Ok(Unfinished::new(prepared.digest(), move |signature| {
            let octets = prepared.complete(signature).ok()?;
            let signed = pdf::parse(&octets).ok()?;
            verify_own_signature(&signed, &certificate, &RsaVerifier).ok()?;
            // What was shown stands there unchanged; the signature comes after it.
            octets.starts_with(&self.octets).then_some(octets)
        }))
    }
}

fn unprepared(error: pdf::PrepareError) -> Unprepared {
    match error {
        pdf::PrepareError::Certificate(_) => Unprepared::Certificate,
        _ => Unprepared::File,
    }
}
