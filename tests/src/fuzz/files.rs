//! Signed PDFs and forms of e-Gov: a good one with octets changed, added, taken away and copied, and octets as they come.

use std::sync::LazyLock;

use shomei_envelope::{Expectations, FileDigest, Signed, Verdict, egov, pdf, verify};
use shomei_pki::RsaVerifier;

use crate::figures::{FORM_FILE, Made};

static MADE: LazyLock<Option<Made>> = LazyLock::new(|| Made::new(8 * 1024).ok());

/// A PDF is never good but as it was signed. What can be prepared is read once it is signed.
pub fn pdf(data: &[u8]) {
    let Some(made) = made() else { return };
    let good = made.pdf();
    assert_eq!(pdf::parse(good).map(|signed| verdict(made, &signed)), Ok(Verdict::BindingNotChecked));
    for octets in [data.to_vec(), edited(good, data)] {
        if octets != good
            && let Ok(signed) = pdf::parse(&octets)
        {
            assert_eq!(verdict(made, &signed), Verdict::Invalid);
        }
    }
    if let Ok(prepared) = pdf::prepare(data, pdf::Profile::PadesB, made.certificate(), made.now()) {
        let signed = prepared.complete(&[0; pdf::SIGNATURE_LENGTH]);
        assert!(signed.is_ok_and(|signed| signed.starts_with(data) && pdf::parse(&signed).is_ok()));
    }
}

/// A form says nothing else than what was signed, wherever it is not found invalid.
pub fn egov(data: &[u8]) {
    let Some(made) = made() else { return };
    let Ok(good) = egov::parse(made.form()) else { return };
    for octets in [data.to_vec(), edited(made.form(), data)] {
        let Ok(form) = egov::parse(&octets) else { continue };
        let same = form.fields() == good.fields();
        let files = [FileDigest::of(FORM_FILE.0, FORM_FILE.1)];
        if let Ok(signed) = form.beside(&files) {
            assert!(same || verdict(made, &signed) == Verdict::Invalid);
        }
    }
}

fn made() -> Option<&'static Made> {
    let made = MADE.as_ref();
    assert!(made.is_some(), "no lab");
    made
}

fn verdict(made: &Made, signed: &dyn Signed) -> Verdict {
    let none = Expectations::none_given();
    verify(signed, made.anchors(), made.lists(), made.now(), &none, &RsaVerifier).verdict()
}

/// Each four octets are one change: two for the place, what to do there, and an octet or a count for it.
fn edited(good: &[u8], data: &[u8]) -> Vec<u8> {
    let mut octets = good.to_vec();
    for change in data.chunks_exact(4).take(16) {
        let [high, low, what, value] = *change else { continue };
        let place = usize::from(u16::from_be_bytes([high, low])) % octets.len().max(1);
        let end = place.saturating_add(usize::from(value)).min(octets.len());
        match what % 4 {
            0 => drop(octets.splice(place..place.saturating_add(1).min(octets.len()), [value])),
            1 => octets.insert(place, value),
            2 => drop(octets.drain(place..end)),
            _ => {
                let copied = octets.get(place..end).unwrap_or_default().to_vec();
                octets.splice(end..end, copied);
            }
        }
    }
    octets
}
