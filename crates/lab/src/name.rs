//! Distinguished names as the real authorities encode them: the country a PrintableString, all else UTF8String,
//! one attribute in each step.

use der::asn1::{ObjectIdentifier, SetOfVec};
use der::{Any, Tag};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};

use crate::resident::Municipality;
use crate::{Purpose, Resident};

const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");
const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const UNIT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.11");
const LOCALITY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.7");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

/// What every lab certificate carries in place of the real organization.
const LAB: &str = "SHOMEI-LAB";

/// The name of an authority: the real one's, but for organization and agency.
pub(crate) fn authority(purpose: Purpose) -> der::Result<Name> {
    const AGENCY: &str = "Fictional agency of the Shomei laboratory for testing";
    name(&[(ORGANIZATION, LAB), (UNIT, unit(purpose)), (UNIT, AGENCY)])
}

/// The Japanese name of an authority, which certificates carry as an alternative.
pub(crate) fn authority_in_japanese(purpose: Purpose) -> der::Result<Name> {
    let unit = match purpose {
        Purpose::Signature => "試験用認証サービス署名用",
        Purpose::Authentication => "試験用認証サービス利用者証明用",
    };
    name(&[(ORGANIZATION, "試験用認証サービス"), (UNIT, unit), (UNIT, "架空の試験用情報システム機構")])
}

/// Where the revocation list of a municipality's residents is to be found.
pub(crate) fn distribution_point(purpose: Purpose, municipality: Municipality) -> der::Result<Name> {
    name(&[
        (ORGANIZATION, LAB),
        (UNIT, unit(purpose)),
        (UNIT, "CRL Distribution Points"),
        (UNIT, municipality.prefecture()),
        (COMMON_NAME, &format!("{} CRLDP", municipality.romaji())),
    ])
}

/// The subject of a signature certificate: where, and a number that means nothing.
pub(crate) fn signature_subject(resident: &Resident, number: &str) -> der::Result<Name> {
    let municipality = resident.municipality;
    name(&[(LOCALITY, municipality.prefecture()), (LOCALITY, municipality.romaji()), (COMMON_NAME, number)])
}

/// The subject of an authentication certificate: nothing but a number.
pub(crate) fn authentication_subject(number: &str) -> der::Result<Name> {
    name(&[(COMMON_NAME, number)])
}

const fn unit(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Signature => "JPKI for digital signature",
        Purpose::Authentication => "JPKI for user authentication",
    }
}

/// `C=JP`, then the given steps.
fn name(steps: &[(ObjectIdentifier, &str)]) -> der::Result<Name> {
    let country = step(COUNTRY, Tag::PrintableString, "JP");
    let rest = steps.iter().map(|(kind, value)| step(*kind, Tag::Utf8String, value));
    std::iter::once(country).chain(rest).collect::<der::Result<_>>().map(RdnSequence)
}

fn step(oid: ObjectIdentifier, tag: Tag, value: &str) -> der::Result<RelativeDistinguishedName> {
    let attribute = AttributeTypeAndValue { oid, value: Any::new(tag, value.as_bytes())? };
    SetOfVec::try_from(vec![attribute]).map(RelativeDistinguishedName)
}
