//! What we make, and that no octet of it can change.

use super::*;
use crate::cades;
use crate::{Format, NotCovered, Outcome, Part, Statement, detect};

fn text(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}

#[test]
fn what_is_signed_is_read_and_holds_in_every_kind_of_file() {
    let lab = lab();
    let form = "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /DA (/F 0 Tf) >> >>";
    let field = "<< /FT /Tx /T (Signature1) /V (text) >>";
    let files = [
        ("a table", samples::plain()),
        ("streams", samples::with_streams()),
        ("a stream beside a table", samples::hybrid()),
        ("the same by Word", samples::hybrid_by_word()),
        ("a form in the catalog", samples::with(&[(1, form)], &[field])),
        (
            "a form of its own, with an array of its own",
            samples::with(
                &[(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R >>")],
                &["<< /Fields 7 0 R >>", "[8 0 R]", field],
            ),
        ),
        ("an earlier update", samples::updated(&samples::plain(), &[(5, "<< /Type /Font >>")], 6, "")),
        ("no line end after %%EOF", samples::plain().trim_ascii_end().to_vec()),
    ];
    for (name, file) in files {
        for profile in Profile::ALL {
            let signed = sign(&file, profile);
            assert!(signed.starts_with(&file), "{name}");
            assert_eq!(detect(&signed), Some(Format::Pdf));
            let read = parse(&signed).unwrap_or_else(|error| panic!("{name}: {error}\n{}", text(&signed)));
            let [signature] = read.signatures() else { panic!("{name}") };
            assert_eq!((signature.profile(), signature.claimed()), (profile, lab.now), "{name}");
            let stated = (Statement::Name, lab.holder().resident.name.to_owned());
            assert!(signature.stated().contains(&stated), "{name}");
            assert_eq!(read.signatures()[0].certificate(), lab.holder().signature.certificate);
            assert!(holds(&signed), "{name}");
        }
    }
}

#[test]
fn the_dictionary_is_as_the_profile_has_it() {
    let day = lab().now.moved_by(9 * 3600).to_string();
    let day: String = day.chars().filter(char::is_ascii_digit).collect();
    for (profile, sub_filter) in
        [(Profile::Moj, "/adbe.pkcs7.detached"), (Profile::PadesB, "/ETSI.CAdES.detached")]
    {
        let signed = text(&sign(&samples::plain(), profile));
        let date = format!("/M (D:{day}+09'00')");
        for part in
            ["/Type /Sig", "/Filter /Adobe.PPKLite", sub_filter, "/Name <FEFF", &date, "/ByteRange [0 "]
        {
            assert!(signed.contains(part), "{profile:?}: {part}");
        }
        let signing_time = "06092A864886F70D010905";
        assert_eq!(signed.contains(signing_time), profile == Profile::Moj, "{profile:?}");
    }
}

#[test]
fn several_signatures_hold_and_say_what_each_does_not_cover() {
    let lab = lab();
    for file in [samples::plain(), samples::with_streams()] {
        let one = sign(&file, Profile::PadesB);
        let two = sign_by(lab.other_holder(), &one, Profile::Moj);
        let three = sign(&two, Profile::PadesB);
        let report = report(lab, &three).unwrap();
        assert_eq!((report.signatures.len(), report.verdict()), (3, Verdict::BindingNotChecked));
        let later = |number: &str| NotCovered::LaterSignatures(number.to_owned());
        assert_eq!(report.not_covered, [later("1"), later("2")]);
        let names: Vec<&str> = report
            .signatures
            .iter()
            .filter_map(|signature| signature.signer.as_ref().map(|signer| signer.holder.name.as_str()))
            .collect();
        let [first, second] = [lab.holder(), lab.other_holder()].map(|holder| holder.resident.name.as_str());
        assert_eq!(names, [first, second, first]);
        assert!(holds(&one) && holds(&two));
    }
}

/// Whether a file is refused: not read, or judged to be invalid.
fn refused(changed: &[u8]) -> bool {
    let Ok(signed) = parse(changed) else { return true };
    let signatures = crate::Signed::signatures(&signed);
    // Such a report is never good; the other checks take the time.
    signatures.iter().any(|signature| !signature.changed.is_empty())
        || report(lab(), changed).unwrap().verdict() == Verdict::Invalid
}

/// What lies in Contents is changed in two of its bits.
pub(super) fn refuses_changes(good: &[u8], step: usize) {
    assert!(!refused(good));
    let read = parse(good).unwrap();
    let in_contents = |place| read.signatures().iter().any(|signature| signature.gap.contains(&place));
    for place in (0..good.len()).step_by(step) {
        for flip in if in_contents(place) { [0x01, 0x20].as_slice() } else { &[0x01] } {
            let mut changed = good.to_vec();
            changed[place] ^= flip;
            assert!(refused(&changed), "octet {place} with {flip:#x}");
        }
    }
}

#[test]
fn every_changed_octet_is_refused() {
    let good = sign(&samples::plain(), Profile::Moj);
    refuses_changes(&good, 1);
    for length in (0..good.len()).step_by(7) {
        assert!(refused(&good[..length]), "{length}");
    }
    for tail in ["\n", " ", "%", "\0", "%%EOF\n"] {
        assert!(refused(&[&good, tail.as_bytes()].concat()), "{tail:?}");
    }
}

/// The octets of one signature are changed as those of another; every eleventh is enough to see that each is held.
#[test]
fn changed_octets_of_two_signatures_are_refused() {
    let first = sign(&samples::plain(), Profile::PadesB);
    let both = sign_by(lab().other_holder(), &first, Profile::Moj);
    refuses_changes(&both, 11);
    assert!(!refused(&both[..first.len()]));
    for length in (0..both.len()).step_by(31).filter(|length| *length != first.len()) {
        assert!(refused(&both[..length]), "{length}");
    }
}

#[test]
fn a_change_to_covered_octets_is_named_as_one_of_the_content() {
    let signed = samples::swapped(&sign(&samples::plain(), Profile::PadesB), "MIHON", "NIHON");
    let parsed = parse(&signed).unwrap();
    assert_eq!(crate::Signed::signatures(&parsed)[0].changed, [Part::Content]);
    let report = report(lab(), &signed).unwrap();
    assert!(report.checks.iter().any(|check| matches!(check.outcome, Outcome::Failed(_))));
}

#[test]
fn what_cannot_be_prepared_is_refused_before_the_card() {
    let lab = lab();
    let certificate = &lab.holder().signature.certificate;
    let prepared =
        |file: &[u8], certificate: &[u8]| prepare(file, Profile::Moj, certificate, lab.now).map(|_| ());
    let xfa = "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] /XFA (x) >> >>";
    let perms = "<< /Type /Catalog /Pages 2 0 R /Perms << >> >>";
    let signed = sign(&samples::plain(), Profile::PadesB);
    let changed = samples::updated(&signed, &[(5, "<< >>")], 8, "");
    for (name, file, error) in [
        ("nothing", Vec::new(), EnvelopeError::Header),
        ("no PDF", b"MZ".to_vec(), EnvelopeError::Header),
        ("no end", samples::plain()[..99].to_vec(), EnvelopeError::NoEnd),
        (
            "XFA",
            samples::with(&[(1, xfa)], &[]),
            EnvelopeError::Unsupported("a form that a program lays out (XFA)"),
        ),
        (
            "permissions",
            samples::with(&[(1, perms)], &[]),
            EnvelopeError::Unsupported("permissions of its own (Perms)"),
        ),
        (
            "changed after a signature",
            changed,
            EnvelopeError::Changed { what: "more than one update, or one of another revision", number: None },
        ),
    ] {
        assert!(check(&file).is_err(), "{name}, before the certificate is known");
        assert_eq!(prepared(&file, certificate), Err(PrepareError::Document(error)), "{name}");
    }
    assert_eq!((check(&samples::plain()), check(&signed)), (Ok(0), Ok(1)));
    let full = (0..MAX_SIGNATURES).fold(samples::plain(), |file, _| sign(&file, Profile::PadesB));
    assert_eq!(check(&full), Err(EnvelopeError::Signatures { count: MAX_SIGNATURES + 1 }), "one too many");
    let authentication = &lab.holder().authentication.certificate;
    assert!(matches!(prepared(&samples::plain(), authentication), Err(PrepareError::Certificate(_))));
    let unfinished = prepare(&samples::plain(), Profile::Moj, certificate, lab.now).unwrap();
    assert_eq!(unfinished.complete(&[0; 255]), Err(CompleteError::SignatureLength { length: 255 }));
}

/// The value of Contents, without what fills it up.
fn contents(signed: &[u8]) -> Vec<u8> {
    let read = parse(signed).unwrap();
    let signature = &read.signatures()[0];
    let digits = std::str::from_utf8(&signed[signature.gap.start + 1..signature.gap.end - 1]).unwrap();
    (0..digits.len())
        .step_by(2)
        .map(|place| u8::from_str_radix(&digits[place..place + 2], 16).unwrap())
        .collect()
}

#[test]
fn a_signature_of_another_format_is_none_in_a_pdf_nor_the_other_way_round() {
    let lab = lab();
    let signed = sign(&samples::plain(), Profile::Moj);
    let taken_out = contents(&signed);
    assert!(matches!(
        cades::parse_detached(&taken_out),
        Err(cades::EnvelopeError::Fixed { what: "eContentType", .. })
    ));
    assert!(matches!(
        cades::parse(&taken_out),
        Err(cades::EnvelopeError::Fixed { what: "eContentType", .. })
    ));
    assert_eq!(detect(&taken_out), Some(Format::Cades));
    // One of a file, over the very octets that the PDF's signature covers.
    let covered = parse(&signed).unwrap().signatures()[0].covered;
    let file = crate::FileDigest { name: "a".into(), octets: 1, sha256: covered };
    let of_file = cades::prepare_detached(&file, &lab.holder().signature.certificate, lab.now).unwrap();
    let value = lab.sign(Key::Signature, &of_file.digest());
    let of_file = of_file.complete(&value).unwrap();
    let read = crate::cms::read(&of_file, &[crate::cms::ContentType::Pdf]);
    assert!(matches!(read, Err(cades::EnvelopeError::Fixed { what: "eContentType", .. })), "{read:?}");
}
