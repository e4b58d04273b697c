//! Facts 53 to 56: distribution points, the three answers, reasons, and what is not known.

use crate::certificate::{Authority, ProfileError, SigningCertificate};
use crate::crl::CrlIndex;
use crate::der::Tag;
use crate::revocation::{NotConsulted, RevocationReason, RevocationSource, RevocationStatus, UnknownReason};
use crate::testing::{Node, SIGNATURE_2024, SIGNING, extension};
use crate::time::UnixTime;

/// One change to the tree of an extension's value.
type Edit = fn(&mut Node);

fn status(source: &dyn RevocationSource, signing: &SigningCertificate) -> RevocationStatus {
    let issuer = Authority::parse(SIGNATURE_2024).unwrap();
    source.answer(signing.certificate(), &issuer, UnixTime::from_seconds(1_790_000_000)).status
}

#[test]
fn fact_53_a_point_without_address_is_read_and_never_taken_for_not_revoked() {
    let directory_only = SigningCertificate::parse(SIGNING).unwrap();
    let mut changed = Node::parse(SIGNING);
    changed.edit_extension(31, |points| {
        let address = Node::leaf(Tag::context_primitive(6), b"http://crl.example/list");
        points.at(&[0, 0, 0]).children = vec![address];
    });
    let address_only = SigningCertificate::parse(&changed.encode()).unwrap();
    let store = CrlIndex::default();
    for signing in [directory_only, address_only] {
        assert!(signing.certificate().crl_distribution_point().is_some());
        assert_eq!(status(&store, &signing), RevocationStatus::Unknown { why: UnknownReason::NoList });
    }
}

#[test]
fn fact_53_malformed_points_are_refused_by_name() {
    let table: [Edit; 7] = [
        |points| points.children.clear(),
        |points| points.at(&[0]).children.clear(),
        |points| points.at(&[0, 0]).children.clear(),
        |points| points.at(&[0, 0, 0]).children.clear(),
        |points| points.at(&[0, 0, 0, 0]).children.clear(),
        |points| points.at(&[0, 0, 0, 0, 0, 1]).children.clear(),
        // nameRelativeToCRLIssuer instead of fullName.
        |points| points.at(&[0, 0, 0]).tag = Tag::context(1),
    ];
    for (index, edit) in table.into_iter().enumerate() {
        let mut changed = Node::parse(SIGNING);
        changed.edit_extension(31, edit);
        let refusal = Err(ProfileError::ExtensionValue("cRLDistributionPoints"));
        assert_eq!(SigningCertificate::parse(&changed.encode()), refusal, "{index}");
    }
}

#[test]
fn fact_54_without_data_the_answer_is_unknown() {
    let signing = SigningCertificate::parse(SIGNING).unwrap();
    let why = UnknownReason::NotConsulted;
    assert_eq!(status(&NotConsulted, &signing), RevocationStatus::Unknown { why });
}

#[test]
fn fact_55_every_reason_has_its_name_and_its_japanese_text() {
    let table = [
        (0, "unspecified", "交付前に廃棄された"),
        (1, "keyCompromise", "秘密鍵の危殆化"),
        (2, "cACompromise", "認証局の秘密鍵の危殆化"),
        (3, "affiliationChanged", "記載事項（氏名・住所など）の変更"),
        (4, "superseded", "証明書の更新"),
        (5, "cessationOfOperation", "利用の終了"),
        (6, "certificateHold", "一時停止"),
    ];
    for (code, name, japanese) in table {
        let reason = RevocationReason::from_code(code);
        assert_eq!((reason.code(), reason.japanese()), (name, japanese));
    }
}

#[test]
fn fact_56_unknown_names_are_ignored_unknown_critical_extensions_are_not() {
    let mut furigana = Node::parse(SIGNING);
    furigana.edit_extension(17, |names| {
        for last in [7, 8, 0, 40] {
            let mut other = names.children[0].clone();
            *other.at(&[0]).content.last_mut().unwrap() = last;
            names.children.push(other);
        }
    });
    assert!(SigningCertificate::parse(&furigana.encode()).is_ok());
    for (critical, expected) in
        [(false, None), (true, Some(ProfileError::UnknownCriticalExtension("1.2.3.4".into())))]
    {
        let mut certificate = Node::parse(SIGNING);
        certificate.extensions().push(extension(b"\x2a\x03\x04", critical, b"\x05\x00"));
        assert_eq!(SigningCertificate::parse(&certificate.encode()).err(), expected);
    }
}

#[test]
fn fact_56_critical_policies_are_processed() {
    let refusal = Some(ProfileError::ExtensionValue("certificatePolicies"));
    let table: [(&str, Edit, bool); 8] = [
        ("as it is", |_| (), true),
        ("without qualifiers", |policies| policies.at(&[0]).children.truncate(1), true),
        ("two policies", |policies| policies.children.push(policies.children[0].clone()), false),
        ("no policy", |policies| policies.children.clear(), false),
        ("no identifier", |policies| drop(policies.at(&[0]).children.remove(0)), false),
        ("an empty list of qualifiers", |policies| policies.at(&[0, 1]).children.clear(), false),
        ("an address that is no text", |policies| policies.at(&[0, 1, 0, 1]).tag = Tag::OCTET_STRING, false),
        ("a qualifier without value", |policies| drop(policies.at(&[0, 1, 0]).children.pop()), false),
    ];
    for (name, edit, accepted) in table {
        let mut certificate = Node::parse(SIGNING);
        certificate.edit_extension(32, edit);
        let refused = SigningCertificate::parse(&certificate.encode()).err();
        assert_eq!(refused, if accepted { None } else { refusal.clone() }, "{name}");
    }
}
