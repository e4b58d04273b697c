//! Certificates, revocation lists and answers of responders: nothing made up is ever believed.

use std::sync::LazyLock;

use shomei_pki::der::{self, Element, Reader, Tag};
use shomei_pki::ocsp::OcspSource;
use shomei_pki::{
    Anchors, AuthenticationCertificate, Authority, Certificate, Crl, CrlIndex, CrlProblem, Purpose,
    RevocationSource, RevocationStatus, RsaVerifier, SigningCertificate, UnixTime, World,
};

/// Read off a test card of J-LIS, with the authority that issued it.
const SIGNING: &[u8] = include_bytes!("../../../crates/pki/tests/data/jpki-sign-cert.der");
const AUTHORITY: &[u8] = include_bytes!("../../../crates/pki/tests/data/signca-test-2024.cer");
/// A day within its validity.
const NOW: UnixTime = UnixTime::from_seconds(1_790_000_000);
/// id-ce-subjectAltName (RFC 5280 §4.2.1.6).
const SUBJECT_ALT_NAME: &[u8] = b"\x55\x1d\x11";

/// What the test card's certificate is asked about with.
struct TestCard {
    anchors: Anchors,
    signing: SigningCertificate,
}

static TEST_CARD: LazyLock<Option<TestCard>> = LazyLock::new(|| {
    let none: &[&[u8]] = &[];
    let anchors = Anchors::load(World::JlisTest, &[AUTHORITY], none).ok()?;
    Some(TestCard { anchors, signing: SigningCertificate::parse(SIGNING).ok()? })
});

/// Whether a source can say nothing about the test card's certificate.
fn is_unknown(source: &dyn RevocationSource) -> bool {
    let answer = TEST_CARD.as_ref().and_then(|card| {
        let issuer = card.anchors.authorities(Purpose::Signature).first()?;
        Some(source.answer(card.signing.certificate(), issuer, NOW))
    });
    answer.is_some_and(|answer| matches!(answer.status, RevocationStatus::Unknown { .. }))
}

/// A certificate of any of the three kinds: of one at most, in DER throughout, and kept as it came.
pub fn x509(data: &[u8]) {
    let signing = SigningCertificate::parse(data);
    let authentication = AuthenticationCertificate::parse(data);
    let authority = Authority::parse(data);
    let kinds: [Option<&Certificate>; 3] = [
        signing.as_ref().ok().map(SigningCertificate::certificate),
        authentication.as_ref().ok().map(AuthenticationCertificate::certificate),
        authority.as_ref().ok().map(Authority::certificate),
    ];
    let read: Vec<_> = kinds.into_iter().flatten().collect();
    assert!(read.len() <= 1);
    for certificate in read {
        assert_eq!(certificate.der(), data);
        assert!(der::check(data).is_ok() && certificate.not_before() <= certificate.not_after());
        assert!((1..=20).contains(&certificate.serial().len()));
    }
}

/// A revocation list: nobody signed it, so that it is not taken, whatever it says.
pub fn crl(data: &[u8]) {
    let crl = match Crl::parse(data) {
        Ok(crl) => crl,
        Err(error) => {
            assert!(error.offset <= data.len());
            return;
        }
    };
    assert!(der::check(data).is_ok() && crl.this_update() <= crl.next_update());
    let serials: Vec<_> = crl.entries().map(|entry| entry.serial).collect();
    assert_eq!(serials.len(), crl.len());
    assert!(serials.iter().all(|serial| (1..=20).contains(&serial.len()) && serial.first() != Some(&0)));
    let mut index = CrlIndex::default();
    let taken = TEST_CARD.as_ref().map(|card| index.insert(crl, &card.anchors, &RsaVerifier));
    assert_eq!(taken, Some(Err(CrlProblem::Signature)));
    assert!(is_unknown(&index));
}

/// An answer of a responder: nobody appointed it, so that it is never good.
pub fn ocsp(data: &[u8]) {
    let source = OcspSource::new(data, None, &RsaVerifier);
    if let Err(error) = source.response() {
        assert!(error.offset <= data.len());
    }
    assert!(is_unknown(&source));
}

/// The value of subjectAltName in an otherwise good certificate: what is read of it stands there, flag by character.
pub fn other_name(data: &[u8]) {
    let certificate = with_names(data).unwrap_or_default();
    assert!(!certificate.is_empty(), "the test card's certificate has another structure");
    let Ok(signing) = SigningCertificate::parse(&certificate) else {
        return;
    };
    let holder = signing.holder();
    for (text, flags) in
        [(&holder.name, &holder.name_substitutes), (&holder.address, &holder.address_substitutes)]
    {
        assert_eq!(text.chars().count(), flags.len());
        assert!(flags.bytes().all(|flag| matches!(flag, b'0' | b'1')) && !text.is_empty());
        assert!(data.windows(text.len()).any(|window| window == text.as_bytes()));
    }
    assert_eq!(holder.birth.to_string().len(), 10);
}

/// The test card's certificate with another value of subjectAltName.
fn with_names(value: &[u8]) -> Option<Vec<u8>> {
    let mut outer = Reader::new(SIGNING).expect(Tag::SEQUENCE).ok()?.children();
    let signed = outer.expect(Tag::SEQUENCE).ok()?;
    let mut fields = elements(&signed)?;
    let wrapped = fields.pop()?;
    let list = elements(&wrapped)?.pop()?;
    let replaced =
        elements(&list)?.iter().map(|extension| named(extension, value)).collect::<Option<Vec<_>>>()?;
    let extensions = der::element(Tag::context(3), &der::element(Tag::SEQUENCE, &replaced.concat()));
    let before: Vec<u8> = fields.iter().flat_map(|field| field.raw().to_vec()).collect();
    let signed = der::element(Tag::SEQUENCE, &[before, extensions].concat());
    Some(der::element(Tag::SEQUENCE, &[signed, outer.remaining().to_vec()].concat()))
}

fn named(extension: &Element<'_>, value: &[u8]) -> Option<Vec<u8>> {
    let mut parts = elements(extension)?;
    if parts.first()?.content() != SUBJECT_ALT_NAME {
        return Some(extension.raw().to_vec());
    }
    parts.pop()?;
    let before: Vec<u8> = parts.iter().flat_map(|part| part.raw().to_vec()).collect();
    Some(der::element(Tag::SEQUENCE, &[before, der::element(Tag::OCTET_STRING, value)].concat()))
}

fn elements<'a>(parent: &Element<'a>) -> Option<Vec<Element<'a>>> {
    let mut reader = parent.children();
    let mut found = Vec::new();
    while !reader.is_empty() {
        found.push(reader.read().ok()?);
    }
    Some(found)
}
