use super::*;
use crate::testing::{
    AUTHENTICATION, AUTHENTICATION_2019, AUTHENTICATION_2023, Node, SIGNATURE_2019, SIGNATURE_2024, SIGNING,
    Seal,
};
use crate::verifier::RsaVerifier;

fn test_anchors(signature: &[&[u8]], authentication: &[&[u8]]) -> Anchors {
    Anchors::load(World::JlisTest, signature, authentication).unwrap()
}

fn signing() -> SigningCertificate {
    SigningCertificate::parse(SIGNING).unwrap()
}

#[test]
fn test_cards_lead_to_the_generation_that_signed_them() {
    let anchors =
        test_anchors(&[SIGNATURE_2019, SIGNATURE_2024], &[AUTHENTICATION_2019, AUTHENTICATION_2023]);
    let issuer = anchors.issuer_of_signing(&signing(), &RsaVerifier).unwrap();
    assert_eq!(issuer.certificate().der(), SIGNATURE_2024);
    let authentication = AuthenticationCertificate::parse(AUTHENTICATION).unwrap();
    let issuer = anchors.issuer_of_authentication(&authentication, &RsaVerifier).unwrap();
    assert_eq!(issuer.certificate().der(), AUTHENTICATION_2023);
}

#[test]
fn a_shared_name_does_not_make_an_issuer() {
    let anchors = test_anchors(&[SIGNATURE_2019], &[]);
    assert_eq!(anchors.issuer_of_signing(&signing(), &RsaVerifier), Err(PathError::NoAnchor));
}

#[test]
fn a_shared_key_identifier_does_not_make_an_issuer() {
    let identifier = Node::parse(SIGNATURE_2024).extension(14).children[1].content.clone();
    let mut impostor = Node::parse(SIGNATURE_2019);
    impostor.set_extension(14, &identifier);
    let anchors = test_anchors(&[&impostor.encode()], &[]);
    assert_eq!(anchors.issuer_of_signing(&signing(), &RsaVerifier), Err(PathError::Signature));
    let mut renamed = Node::parse(SIGNATURE_2024);
    for name in [3, 5] {
        renamed.at(&[0, name, 2, 0, 1]).content = b"JPKI for something else".to_vec();
    }
    let anchors = test_anchors(&[&renamed.encode()], &[]);
    assert_eq!(anchors.issuer_of_signing(&signing(), &RsaVerifier), Err(PathError::IssuerName));
}

#[test]
fn the_trust_of_one_purpose_is_not_that_of_the_other() {
    let swapped = test_anchors(&[AUTHENTICATION_2023], &[SIGNATURE_2024]);
    assert_eq!(swapped.issuer_of_signing(&signing(), &RsaVerifier), Err(PathError::NoAnchor));
}

#[test]
fn a_certificate_of_another_world_is_refused_by_name() {
    let production = Anchors::production().unwrap();
    let organization = "JPKI-TEST".to_owned();
    let refusal = PathError::OtherWorld { organization, world: World::Production };
    assert_eq!(production.issuer_of_signing(&signing(), &RsaVerifier), Err(refusal));
}

#[test]
fn a_changed_certificate_is_not_signed_any_more() {
    let mut changed = Node::parse(SIGNING);
    changed.edit_extension(17, |names| names.at(&[2, 1, 0]).content = b"2".to_vec());
    let changed = SigningCertificate::parse(&changed.encode()).unwrap();
    let anchors = test_anchors(&[SIGNATURE_2024], &[]);
    assert_eq!(anchors.issuer_of_signing(&changed, &RsaVerifier), Err(PathError::Signature));
}

#[test]
fn the_right_authority_with_another_policy_is_refused() {
    let mut other = Node::parse(SIGNING);
    other.edit_extension(32, |policies| *policies.at(&[0, 0]).content.last_mut().unwrap() = 40);
    let key = Authority::parse(SIGNATURE_2024).unwrap().certificate().public_key().to_vec();
    let seal = Seal::make(&key, &other.at(&[0]).encode());
    other.at(&[2]).content = [vec![0], seal].concat();
    let other = SigningCertificate::parse(&other.encode()).unwrap();
    let anchors = test_anchors(&[SIGNATURE_2024], &[]);
    let found = "1.2.392.200149.8.5.1.0.40".to_owned();
    let refusal = PathError::Policy { found, purpose: Purpose::Signature, world: World::JlisTest };
    assert_eq!(anchors.issuer_of_signing(&other, &Seal), Err(refusal));
}

#[test]
fn validity_includes_both_ends_of_certificate_and_authority() {
    let young = Authority::parse(SIGNATURE_2024).unwrap();
    let old = Authority::parse(SIGNATURE_2019).unwrap();
    let certificate = signing();
    let certificate = certificate.certificate();
    let (first, last) = (certificate.not_before(), certificate.not_after());
    let old_end = old.certificate().not_after();
    for (authority, at, expected) in [
        (&young, first, Ok(())),
        (&young, last, Ok(())),
        (&young, first.plus(-1), Err(ValidityError::NotYet(first))),
        (&young, last.plus(1), Err(ValidityError::Expired(last))),
        (&old, old_end, Ok(())),
        (&old, old_end.plus(1), Err(ValidityError::AuthorityExpired(old_end))),
    ] {
        assert_eq!(certificate.check_validity(Some(authority), at), expected, "{at}");
    }
}
