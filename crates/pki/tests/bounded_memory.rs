//! A hostile certificate, list or answer costs no memory: this is a program of its own, because it looks at the process's
//! peak.
#![cfg(target_os = "linux")]

use shomei_pki::der::{DerError, DerViolation, Element, Reader, Tag};
use shomei_pki::ocsp::OcspResponse;
use shomei_pki::{AuthenticationCertificate, Authority, Crl, CrlViolation, ProfileError, SigningCertificate};

const SIGNING: &[u8] = include_bytes!("data/jpki-sign-cert.der");
/// A list with two entries and an answer of a responder, of the lab.
const LIST: &[u8] = include_bytes!("data/lab.crl");
const ANSWER: &[u8] = include_bytes!("data/lab-answer.der");
/// What stands before the two numbers of an RSA key of 2,048 bits in a SubjectPublicKeyInfo.
const KEY: &[u8] = b"\x01\x01\x05\x00\x03\x82\x01\x0f\x00";
/// One GiB, as the longest form of length that is read.
const GIBIBYTE: &[u8] = b"\x84\x40\x00\x00\x00";
/// What all cases together may add to the peak: hundreds of certificates of two kibibytes, read in turn.
const MAX_KIBIBYTES: u64 = 16 * 1024;

/// Offsets of every element, also inside the values of extensions and the key, where the claim fits into what holds
/// the element.
#[cfg(test)]
fn places(begins: usize, element: &Element<'_>, found: &mut Vec<usize>) {
    let content = element.offset() + element.raw().len() - element.content().len();
    found.push(begins + element.offset());
    let (begins, inside) = match element.tag() {
        Tag::OCTET_STRING => (begins + content, Some(Reader::new(element.content()))),
        Tag::BIT_STRING if element.content().starts_with(&[0, 0x30]) => {
            (begins + content + 1, Some(Reader::new(&element.content()[1..])))
        }
        tag => (begins, tag.is_constructed().then(|| element.children())),
    };
    let Some(mut inside) = inside.filter(|reader| is_series(reader.clone())) else {
        return;
    };
    while inside.remaining().len() > GIBIBYTE.len() {
        places(begins, &inside.read().unwrap(), found);
    }
}

#[cfg(test)]
fn is_series(mut reader: Reader<'_>) -> bool {
    while !reader.is_empty() {
        if reader.read().is_err() {
            return false;
        }
    }
    true
}

/// The largest address space that this process ever had, in KiB.
#[cfg(test)]
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmPeak:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// The only test, as another one beside it would count too.
#[test]
fn a_length_of_one_gibibyte_is_refused_where_it_stands_and_allocates_nothing() {
    let mut all = Vec::new();
    places(0, &Reader::new(SIGNING).read().unwrap(), &mut all);
    assert!(all.len() > 100, "{}", all.len());
    // Once before the measurement, so that what is set up only once does not count.
    let _ = SigningCertificate::parse(SIGNING).unwrap();
    let before = peak();
    for begins in all {
        let mut claim = SIGNING.to_vec();
        claim[begins + 1..][..GIBIBYTE.len()].copy_from_slice(GIBIBYTE);
        let refused = ProfileError::Encoding(DerError { offset: begins, why: DerViolation::Truncated });
        assert_eq!(SigningCertificate::parse(&claim), Err(refused.clone()), "octet {begins}");
        assert_eq!(AuthenticationCertificate::parse(&claim), Err(refused.clone()), "octet {begins}");
        assert_eq!(Authority::parse(&claim), Err(refused), "octet {begins}");
    }
    check_lists_and_answers();
    check_claims_alone();
    assert!(peak() - before < MAX_KIBIBYTES, "{} KiB", peak() - before);
}

/// The same in a list and in an answer of a responder: an error that points to where the claim is, or before it. Nobody
/// looks into a responder's key before it is used.
#[cfg(test)]
fn check_lists_and_answers() {
    let cases: [(&[u8], OffsetOf); 2] = [(LIST, offset_in_list), (ANSWER, offset_in_answer)];
    for (octets, offset_of) in cases {
        let mut all = Vec::new();
        places(0, &Reader::new(octets).read().unwrap(), &mut all);
        let key = octets.windows(KEY.len()).position(|window| window == KEY).map(|place| place + KEY.len());
        all.retain(|begins| key.is_none_or(|key| !(key..key + 266).contains(begins)));
        assert!(all.len() > 30, "{}", all.len());
        for begins in all {
            let mut claim = octets.to_vec();
            claim[begins + 1..][..GIBIBYTE.len()].copy_from_slice(GIBIBYTE);
            assert!(offset_of(&claim).is_some_and(|offset| offset <= begins), "octet {begins}");
        }
    }
}

/// Where an error points to, if there is one.
#[cfg(test)]
type OffsetOf = fn(&[u8]) -> Option<usize>;

#[cfg(test)]
fn offset_in_list(claim: &[u8]) -> Option<usize> {
    Crl::parse(claim).err().map(|error| error.offset)
}

#[cfg(test)]
fn offset_in_answer(claim: &[u8]) -> Option<usize> {
    OcspResponse::parse(claim).err().map(|error| error.offset)
}

#[cfg(test)]
fn check_claims_alone() {
    let claim = [b"\x30", GIBIBYTE].concat();
    let ProfileError::Encoding(error) = SigningCertificate::parse(&claim).unwrap_err() else { panic!() };
    assert_eq!((error.offset, error.why), (0, DerViolation::Truncated));
    let error = Crl::parse(&claim).unwrap_err();
    assert_eq!((error.offset, error.why), (0, CrlViolation::Encoding(DerViolation::Truncated)));
    let long = [b"\x30\x83\x01\x00\x00".as_slice(), &[0; 65_536]].concat();
    assert_eq!(SigningCertificate::parse(&long), Err(ProfileError::TooLong { octets: 65_541 }));
}
