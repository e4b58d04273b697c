//! An XML signature in a form of e-Gov, over its 構成情報 and the files beside it.

use shomei_application::Timestamp;
use shomei_envelope::{FileDigest, egov, verify_own_signature};
use shomei_pki::RsaVerifier;

use super::{Item, Unfinished, Unprepared};

/// A `kousei.xml`, and the files that its new signature covers.
#[derive(Debug)]
pub struct EgovForm {
    /// The document's octets.
    pub document: Vec<u8>,
    /// Name, size, digest and octets of each file, in the order of the references.
    pub files: Vec<(FileDigest, Vec<u8>)>,
}

impl Item for EgovForm {
    fn prepare(&self, certificate: &[u8], now: Timestamp) -> Result<Unfinished<'_>, Unprepared> {
        let named = self.files.iter().map(|(file, octets)| (file.name.as_str(), octets.as_slice()));
        let named: Vec<_> = named.collect();
        let prepared = egov::prepare(&self.document, &named, certificate, now).map_err(unprepared)?;
        let certificate = certificate.to_vec();
        Ok(Unfinished::new(prepared.digest(), move |signature| {
            let octets = prepared.complete(signature).ok()?;
            self.check(&octets, &certificate).then_some(octets)
        }))
    }
}

fn unprepared(error: egov::PrepareError) -> Unprepared {
    match error {
        egov::PrepareError::Certificate(_) => Unprepared::Certificate,
        _ => Unprepared::File,
    }
}

impl EgovForm {
    /// The newest signature names every file, covers the form and them, and is this certificate's.
    fn check(&self, octets: &[u8], certificate: &[u8]) -> bool {
        let Ok(envelope) = egov::parse(octets) else { return false };
        let files = self
            .files
            .iter()
            .map(|(file, _)| egov::FileReference { name: file.name.clone(), sha256: file.sha256 });
        let named = envelope.signatures().last().map(|newest| newest.files().iter().cloned().eq(files));
        let digests: Vec<FileDigest> = self.files.iter().map(|(file, _)| file.clone()).collect();
        let signed = envelope.beside(&digests);
        named == Some(true)
            && signed.is_ok_and(|signed| verify_own_signature(&signed, certificate, &RsaVerifier).is_ok())
    }
}
