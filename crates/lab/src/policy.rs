//! The certificate policies of the lab, written out by hand: the arc is a number of 128 bits under 2.25
//! (ITU-T X.667), more than the ASN.1 library's identifiers can hold.

use der::asn1::Ia5String;
use der::asn1::ObjectIdentifier;
use der::{Any, Encode, Sequence, Tag};

use crate::Purpose;

/// The project's own arc under 2.25.
const PROJECT: u128 = 107_415_331_360_325_251_311_376_632_813_692_006_939;
const CPS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.2.1");
const CPS_ADDRESS: &str = "http://lab.shomei.invalid/cps.html";

/// `CertificatePolicies` (RFC 5280 §4.2.1.4) with one policy and the address of its practice statement.
pub(crate) fn certificate_policies(purpose: Purpose) -> der::Result<impl Encode> {
    let address = Any::encode_from(&Ia5String::new(CPS_ADDRESS)?)?;
    let qualifier = Qualifier { kind: CPS, value: address };
    let identifier = Any::new(Tag::ObjectIdentifier, policy(purpose))?;
    Ok(vec![Information { identifier, qualifiers: vec![qualifier] }])
}

#[derive(Sequence)]
struct Information {
    identifier: Any,
    qualifiers: Vec<Qualifier>,
}

#[derive(Sequence)]
struct Qualifier {
    kind: ObjectIdentifier,
    value: Any,
}

/// The contents of the policy's OBJECT IDENTIFIER (X.690 §8.19).
fn policy(purpose: Purpose) -> Vec<u8> {
    const FIRST_TWO_ARCS: u128 = 2 * 40 + 25;
    let last = match purpose {
        Purpose::Signature => 2,
        Purpose::Authentication => 3,
    };
    [FIRST_TWO_ARCS, PROJECT, last].into_iter().flat_map(base_128).collect()
}

/// Seven bits in a byte, most significant first, bit 8 set in all but the last.
fn base_128(arc: u128) -> Vec<u8> {
    let significant = u128::BITS.saturating_sub(arc.leading_zeros()).div_ceil(7).max(1);
    (0..significant)
        .rev()
        .map(|group| {
            let [.., low] = (arc >> (7 * group)).to_be_bytes();
            let more = if group == 0 { 0x00 } else { 0x80 };
            low & 0x7F | more
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcs_are_written_in_base_128() {
        let cases: [(u128, &[u8]); 5] = [
            (0, &[0x00]),
            (0x7F, &[0x7F]),
            (0x80, &[0x81, 0x00]),
            (200_149, &[0x8C, 0x9B, 0x55]),
            (
                1 << 127,
                &[
                    0x82, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
                    128, 0,
                ],
            ),
        ];
        for (arc, bytes) in cases {
            assert_eq!(base_128(arc), bytes, "{arc}");
        }
    }
}
