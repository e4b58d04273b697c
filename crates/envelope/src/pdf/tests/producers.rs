//! Files of other producers: Ghostscript, qpdf (linearized, with object streams, for people to read) and poppler.

use super::*;

const FILES: [(&str, &[u8]); 5] = [
    ("ghostscript", include_bytes!("producers/ghostscript.pdf")),
    ("linearized", include_bytes!("producers/linearized.pdf")),
    ("linearized-streams", include_bytes!("producers/linearized-streams.pdf")),
    ("object-streams", include_bytes!("producers/object-streams.pdf")),
    ("qdf", include_bytes!("producers/qdf.pdf")),
];

/// Poppler's `pdfunite` writes a Size that is lower than the numbers it uses: readers are to ignore such objects (ISO 32000-1
/// §7.5.4), and most do not.
const UNITED: &[u8] = include_bytes!("producers/united.pdf");

#[test]
fn files_of_other_producers_are_signed_twice_and_hold() {
    for (name, file) in FILES {
        assert!(file.len() < 30 * 1024, "{name}");
        assert_eq!(parse(file), Err(EnvelopeError::NotSigned), "{name}");
        let certificate = &lab().holder().signature.certificate;
        if let Err(error) = prepare(file, Profile::Moj, certificate, lab().now) {
            panic!("{name}: {error}");
        }
        let both = sign_by(lab().other_holder(), &sign(file, Profile::Moj), Profile::PadesB);
        assert!(holds(&both), "{name}");
    }
}

#[test]
fn a_file_whose_objects_count_or_not_is_not_signed() {
    let prepared = prepare(UNITED, Profile::Moj, &lab().holder().signature.certificate, lab().now);
    let why = "a number that Size does not allow";
    let refusal = EnvelopeError::CrossReference { offset: 1109, why };
    assert_eq!(prepared.map(|_| ()), Err(PrepareError::Document(refusal)));
}
