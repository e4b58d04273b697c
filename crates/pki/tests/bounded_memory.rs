//! A hostile certificate costs no memory: this is a program of its own, because it looks at the process's peak.
#![cfg(target_os = "linux")]

use shomei_pki::der::{DerError, DerViolation, Element, Reader, Tag};
use shomei_pki::{AuthenticationCertificate, Authority, Crl, CrlViolation, ProfileError, SigningCertificate};

const SIGNING: &[u8] = include_bytes!("data/jpki-sign-cert.der");
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
    check_claims_alone();
    assert!(peak() - before < MAX_KIBIBYTES, "{} KiB", peak() - before);
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
