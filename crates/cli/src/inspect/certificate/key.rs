//! The public key of a certificate: which kind, and how large.

use crate::inspect::report::Shown;
use crate::inspect::report::{Fact, number};
use crate::inspect::words;
use shomei_pki::der::{DerError, Element, Reader, Tag, oid_to_string};

const RSA: &str = "1.2.840.113549.1.1.1";
/// id-ecPublicKey and the named curves (RFC 5480 §2.1.1).
const ELLIPTIC_CURVE: &str = "1.2.840.10045.2.1";
const CURVES: [(&str, &str); 3] =
    [("1.2.840.10045.3.1.7", "P-256"), ("1.3.132.0.34", "P-384"), ("1.3.132.0.35", "P-521")];

/// The two numbers of an RSA key.
struct RsaNumbers {
    bits: u32,
    exponent: Vec<u8>,
}

/// Algorithm, then bits and exponent of an RSA key or the curve of another one.
pub(super) fn facts(info: &Element<'_>) -> Vec<Fact> {
    let Ok((algorithm, parameter)) = algorithm(info) else {
        return vec![Fact::text(words::ALGORITHM, "?")];
    };
    match algorithm.as_str() {
        RSA => rsa_facts(info),
        ELLIPTIC_CURVE => {
            let curve = parameter.unwrap_or_default();
            let name = CURVES.iter().find(|(known, _)| *known == curve).map(|(_, name)| (*name).to_owned());
            vec![Fact::text(words::ALGORITHM, "EC"), Fact::text(words::CURVE, name.unwrap_or(curve))]
        }
        _ => vec![Fact::text(words::ALGORITHM, algorithm)],
    }
}

fn rsa_facts(info: &Element<'_>) -> Vec<Fact> {
    let mut facts = vec![Fact::text(words::ALGORITHM, "RSA")];
    if let Ok(RsaNumbers { bits, exponent }) = rsa_numbers(info) {
        facts.push(Fact::new(words::BITS, Shown::Number(bits)));
        // An exponent that is no number of four octets is not one of the profile; its octets are shown then.
        let small = exponent
            .iter()
            .try_fold(0_u32, |sum, octet| sum.checked_mul(256).map(|shifted| shifted | u32::from(*octet)));
        let value = small.map_or_else(|| Shown::Hex(exponent.clone()), Shown::Number);
        facts.push(Fact::new(words::EXPONENT, value));
    }
    facts
}

/// The dotted identifiers of the algorithm and of its parameter, where that is one.
fn algorithm(info: &Element<'_>) -> Result<(String, Option<String>), DerError> {
    let mut identifier = info.children().expect(Tag::SEQUENCE)?.children();
    let algorithm = oid_to_string(identifier.expect(Tag::OID)?.content());
    let parameter = identifier.optional(Tag::OID)?.map(|curve| oid_to_string(curve.content()));
    Ok((algorithm, parameter))
}

/// RSAPublicKey inside the BIT STRING (RFC 3279 §2.3.1).
fn rsa_numbers(info: &Element<'_>) -> Result<RsaNumbers, DerError> {
    let mut parts = info.children();
    parts.expect(Tag::SEQUENCE)?;
    let mut octets: Reader<'_> = parts.expect(Tag::BIT_STRING)?.bit_string_octets()?;
    let mut key = octets.expect(Tag::SEQUENCE)?.children();
    let modulus = key.expect(Tag::INTEGER)?.positive_integer()?;
    let exponent = key.expect(Tag::INTEGER)?.positive_integer()?.to_vec();
    let unused = modulus.first().map_or(0, |first| first.leading_zeros());
    Ok(RsaNumbers { bits: number(modulus.len()).saturating_mul(8).saturating_sub(unused), exponent })
}
