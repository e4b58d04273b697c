//! The lab's certificates, made by other code from the same public facts, held to the profile.

use crate::{
    Anchors, AuthenticationCertificate, Authority, Crl, CrlIndex, PathError, ProfileError, RevocationReason,
    RevocationSource, RevocationStatus, RsaVerifier, SigningCertificate, UnixTime, World,
};
use shomei_lab::{RESIDENTS, Reason};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The instant of the lab, some day in 2026.
const NOW: i64 = 1_790_000_000;

fn lab() -> &'static shomei_lab::World {
    static LAB: OnceLock<shomei_lab::World> = OnceLock::new();
    let now: SystemTime = UNIX_EPOCH + Duration::from_secs(1_790_000_000);
    LAB.get_or_init(|| shomei_lab::World::with_residents(now, &RESIDENTS[..2]).unwrap())
}

/// The lab's two authorities, for signature first.
pub(crate) fn authorities() -> [Vec<u8>; 2] {
    lab().holders[0].authorities.clone()
}

/// The first holder's two certificates, for signature first.
pub(crate) fn certificates() -> [Vec<u8>; 2] {
    let holder = &lab().holders[0];
    [holder.signature.certificate.clone(), holder.authentication.certificate.clone()]
}

/// A second authority for signature: the same name, another key.
pub(crate) fn twin() -> Vec<u8> {
    static TWIN: OnceLock<Vec<u8>> = OnceLock::new();
    let found = || shomei_lab::Authority::found(shomei_lab::Purpose::Signature, lab().made).unwrap();
    TWIN.get_or_init(|| found().own().unwrap().certificate).clone()
}

fn anchors() -> Anchors {
    let [signature, authentication] = authorities();
    Anchors::load(World::Lab, &[signature], &[authentication]).unwrap()
}

#[test]
fn every_lab_certificate_leads_to_its_own_anchor() {
    for holder in &lab().holders {
        let signing = SigningCertificate::parse(&holder.signature.certificate).unwrap();
        let stated = signing.holder();
        assert_eq!(
            (stated.name.as_str(), stated.address.as_str()),
            (holder.resident.name.as_str(), holder.resident.address.as_str())
        );
        assert_eq!(stated.name_substitutes, holder.resident.name_substitutes);
        assert_eq!(stated.address_substitutes, holder.resident.address_substitutes);
        assert_eq!(stated.birth.to_string(), holder.resident.birth.to_string());
        assert_eq!(stated.sex.digit(), holder.resident.sex.code());
        let anchors = anchors();
        let issuer = anchors.issuer_of_signing(&signing, &RsaVerifier).unwrap();
        let at = UnixTime::from_seconds(NOW);
        assert_eq!(signing.certificate().check_validity(Some(issuer), at), Ok(()));
        let authentication = AuthenticationCertificate::parse(&holder.authentication.certificate).unwrap();
        assert!(anchors.issuer_of_authentication(&authentication, &RsaVerifier).is_ok());
    }
}

#[test]
fn the_lab_and_the_other_worlds_refuse_each_other() {
    let signing = SigningCertificate::parse(&lab().holders[0].signature.certificate).unwrap();
    let production = Anchors::production().unwrap();
    let refusal = production.issuer_of_signing(&signing, &RsaVerifier);
    assert!(matches!(refusal, Err(PathError::OtherWorld { .. })));
    for world in [World::Production, World::JlisTest] {
        assert!(Anchors::load(world, &lab().holders[0].authorities[..1], &[]).is_err(), "{world}");
    }
    let [signature, authentication] = lab().holders[0].authorities.clone();
    let swapped = Anchors::load(World::Lab, &[authentication], &[signature]).unwrap();
    assert_eq!(swapped.issuer_of_signing(&signing, &RsaVerifier), Err(PathError::NoAnchor));
    let authentication = &lab().holders[0].authentication.certificate;
    assert_eq!(SigningCertificate::parse(authentication), Err(ProfileError::KeyUsage("signature")));
}

#[test]
fn the_lists_of_the_lab_answer() {
    let (authority, holder) = (&lab().signature, &lab().holders[0]);
    let (city, certificate) = (holder.resident.municipality, &holder.signature.certificate);
    let empty = authority.empty_list(city, lab().made).unwrap();
    let revoked = authority.revoke(city, &empty, certificate, Reason::CertificateHold, lab().made).unwrap();
    let signing = SigningCertificate::parse(certificate).unwrap();
    let issuer = Authority::parse(&holder.authorities[0]).unwrap();
    let at = UnixTime::from_seconds(NOW);
    let status = |list: &[u8]| {
        let mut index = CrlIndex::default();
        index.insert(Crl::parse(list).unwrap(), &anchors(), &RsaVerifier).unwrap();
        index.answer(signing.certificate(), &issuer, at).status
    };
    assert_eq!(status(&empty), RevocationStatus::Good { as_of: at });
    assert_eq!(status(&revoked), RevocationStatus::Revoked { at, reason: RevocationReason::Hold });
}
