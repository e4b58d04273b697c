//! The lab's answers, made by other code and signed with RSA, judged here.

use super::*;
use crate::verifier::RsaVerifier;
use shomei_lab::ocsp::{Answer, Appointment, Naming, Period, Refusal, Saying};
use shomei_lab::{RESIDENTS, Reason, World};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

/// Made for the present, because OpenSSL lives in it.
pub(super) static WORLD: LazyLock<World> =
    LazyLock::new(|| World::with_residents(SystemTime::now(), &RESIDENTS[..1]).unwrap());

/// The instant of the world, moved, as either side has it.
pub(super) fn at(seconds: i64) -> UnixTime {
    UnixTime::from_seconds(WORLD.made.unix_duration().as_secs().try_into().unwrap()).plus(seconds)
}

/// The same as the lab takes it: in a type whose crate is not ours.
fn lab_time<T: TryFrom<SystemTime, Error: std::fmt::Debug>>(seconds: i64) -> T {
    let since = Duration::from_secs(at(seconds).seconds().try_into().unwrap());
    T::try_from(SystemTime::UNIX_EPOCH + since).unwrap()
}

pub(super) fn holder() -> SigningCertificate {
    SigningCertificate::parse(&WORLD.holders[0].signature.certificate).unwrap()
}

pub(super) fn authority() -> Authority {
    Authority::parse(&WORLD.holders[0].authorities[0]).unwrap()
}

/// What the octets say about the resident's signature certificate `at` a time, when the question had [`SENT`].
pub(super) fn judged_at(octets: &[u8], at: UnixTime) -> RevocationStatus {
    OcspSource::new(octets, Some(SENT), &RsaVerifier).answer(holder().certificate(), &authority(), at).status
}

fn judged(octets: &[u8]) -> RevocationStatus {
    judged_at(octets, at(0))
}

fn current() -> Period {
    Period { from: lab_time(-60), until: Some(lab_time(3600)) }
}

/// The lab's answer to the question of this crate.
fn answer(period: Period, saying: Saying) -> Answer {
    let question = OcspRequest::new(holder().certificate(), &authority(), CertIdHash::Sha1, Some(SENT));
    Answer::to(question.der(), lab_time(0), period, |serial| {
        assert_eq!(serial, holder().certificate().serial());
        saying
    })
    .unwrap()
}

fn proper() -> Appointment {
    Appointment::proper(lab_time(-60), lab_time(60))
}

fn by(world: &shomei_lab::Authority, appointment: Appointment) -> Vec<u8> {
    answer(current(), Saying::Good).signed_by(&world.appoint(appointment).unwrap()).unwrap()
}

#[test]
fn the_authority_and_its_responder_are_believed() {
    let responder = WORLD.signature.appoint(proper()).unwrap();
    let revoked = |reason| Saying::Revoked { at: lab_time(-7200), reason };
    let since = |reason| RevocationStatus::Revoked { at: at(-7200), reason };
    let table = [
        (Saying::Good, RevocationStatus::Good { as_of: at(-60) }),
        (Saying::Unknown, unknown(OcspProblem::NotKnown)),
        (revoked(Reason::Unspecified), since(RevocationReason::Unspecified)),
        (revoked(Reason::KeyCompromise), since(RevocationReason::KeyCompromise)),
        (revoked(Reason::CaCompromise), since(RevocationReason::AuthorityCompromise)),
        (revoked(Reason::AffiliationChanged), since(RevocationReason::AffiliationChanged)),
        (revoked(Reason::Superseded), since(RevocationReason::Superseded)),
        (revoked(Reason::CessationOfOperation), since(RevocationReason::CessationOfOperation)),
        (revoked(Reason::CertificateHold), since(RevocationReason::Hold)),
    ];
    for (saying, expected) in table {
        for naming in [Naming::Name, Naming::Key] {
            let answer = answer(current(), saying).named_by(naming);
            let by_authority = answer.signed_by_authority(&WORLD.signature).unwrap();
            assert_eq!(judged(&by_authority), expected, "{saying:?}, {naming:?}");
            assert_eq!(judged(&answer.signed_by(&responder).unwrap()), expected, "{saying:?}, {naming:?}");
        }
    }
}

#[test]
fn what_the_lab_does_wrong_is_noticed() {
    let good = || answer(current(), Saying::Good);
    let signed = |answer: Answer| answer.signed_by_authority(&WORLD.signature).unwrap();
    let twice = good()
        .about(&WORLD.signature, &WORLD.holders[0].signature.certificate, Saying::Good, current())
        .unwrap();
    let period = |from, until: Option<i64>| Period { from: lab_time(from), until: until.map(lab_time) };
    let table = [
        (
            "not for answers",
            by(&WORLD.signature, Appointment { for_answers: false, ..proper() }),
            OcspProblem::ResponderPurpose,
        ),
        (
            "not for signatures",
            by(&WORLD.signature, Appointment { for_signatures: false, ..proper() }),
            OcspProblem::ResponderKeyUsage,
        ),
        (
            "to be asked about",
            by(&WORLD.signature, Appointment { unchecked: false, ..proper() }),
            OcspProblem::ResponderUnchecked,
        ),
        (
            "an appointment that has ended",
            by(&WORLD.signature, Appointment { until: lab_time(-1), ..proper() }),
            OcspProblem::ResponderValidity,
        ),
        ("another authority's responder", by(&WORLD.authentication, proper()), OcspProblem::ResponderIssuer),
        (
            "another authority",
            good().signed_by_authority(&WORLD.authentication).unwrap(),
            OcspProblem::Responder,
        ),
        ("twice", signed(twice), OcspProblem::Several),
        ("another nonce", signed(good().with_nonce(Some(&[1; 32]))), OcspProblem::NonceDiffers),
        ("no nonce", signed(good().with_nonce(None)), OcspProblem::NonceMissing),
        ("undated", signed(answer(period(-60, None), Saying::Good)), OcspProblem::NoNextUpdate),
        (
            "outdated",
            signed(answer(period(-3600, Some(-301)), Saying::Good)),
            OcspProblem::Outdated { next_update: at(-301) },
        ),
        (
            "from later",
            signed(answer(period(301, Some(3600)), Saying::Good)),
            OcspProblem::FromLater { made: at(301) },
        ),
    ];
    for (name, octets, problem) in table {
        assert_eq!(judged(&octets), unknown(problem), "{name}");
    }
    for refusal in Refusal::ALL {
        let judged = judged(&refusal.response().unwrap());
        let refused = |why| matches!(why, UnknownReason::Responder(OcspProblem::Refused(_)));
        assert!(matches!(judged, RevocationStatus::Unknown { why } if refused(why)), "{refusal:?}");
    }
}

#[test]
fn no_octet_under_an_rsa_signature_can_be_changed() {
    let octets = by(&WORLD.signature, proper());
    assert_eq!(judged(&octets), RevocationStatus::Good { as_of: at(-60) });
    for place in 0..octets.len() {
        let mut changed = octets.clone();
        changed[place] ^= 1 << (place % 8);
        assert!(matches!(judged(&changed), RevocationStatus::Unknown { .. }), "octet {place}");
    }
}
