//! A revocation around the minute of receipt: what the verdict is, and what the next day's list makes of it.

use super::*;
use crate::cades;
use crate::report::Verdict;
use crate::testing::{Key, Lab, lab};
use der::DateTime;
use shomei_lab::Reason;
use shomei_pki::{
    Crl, CrlIndex, RevocationAnswer, RevocationStatus, RsaVerifier, SigningCertificate, Standing,
};
use std::time::Duration;

const MINUTE: i64 = 60;
const DAY: i64 = 86_400;

/// What a filing comes to.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// Refused when it came.
    Refused,
    /// Taken, and final with the next day's list.
    Stands,
    /// Taken, and reopened by the next day's list.
    Reopened,
}

/// Lists of the holder's city. Every time is in minutes after receipt.
struct Lists<'a> {
    lab: &'a Lab,
    revoked_at: i64,
}

impl Lists<'_> {
    fn time(&self, minutes: i64) -> DateTime {
        let seconds = self.lab.now.moved_by(minutes * MINUTE).unix_seconds();
        DateTime::from_unix_duration(Duration::from_secs(seconds.unsigned_abs())).unwrap()
    }

    /// The list made at that minute: with the holder on it once the certificate is revoked.
    fn made_at(&self, minutes: i64) -> CrlIndex {
        let (authority, city) = (&self.lab.world.signature, self.lab.holder().resident.municipality);
        let mut list = authority.empty_list(city, self.time(-24 * 60)).unwrap();
        if self.revoked_at <= minutes {
            let certificate = &self.lab.holder().signature.certificate;
            let since = self.time(self.revoked_at);
            list = authority.revoke(city, &list, certificate, Reason::AffiliationChanged, since).unwrap();
        }
        list = authority.renew_list(city, &list, self.time(minutes)).unwrap();
        let mut index = CrlIndex::default();
        index.insert(Crl::parse(&list).unwrap(), &self.lab.anchors(), &RsaVerifier).unwrap();
        index
    }
}

/// The report on an envelope that claims to be signed `signed` seconds after receipt, judged at receipt with a list.
fn judged(lab: &Lab, signed: i64, list: &CrlIndex) -> Report {
    let certificate = &lab.holder().signature.certificate;
    let content = lab.application().to_canonical();
    let prepared = cades::prepare(&content, certificate, lab.now.moved_by(signed)).unwrap();
    let signature = lab.sign(Key::Signature, &prepared.digest());
    let envelope = prepared.complete(&signature).unwrap();
    let envelope = cades::parse(&envelope).unwrap();
    verify(&envelope, &lab.anchors(), list, lab.now, &lab.expectations(), &RsaVerifier)
}

/// What a later list says about the holder's certificate a day after receipt.
fn asked_again(lab: &Lab, list: &CrlIndex) -> RevocationAnswer {
    let certificate = SigningCertificate::parse(&lab.holder().signature.certificate).unwrap();
    let anchors = lab.anchors();
    let issuer = anchors.issuer_of_signing(&certificate, &RsaVerifier).unwrap();
    list.answer(certificate.certificate(), issuer, UnixTime::from_seconds(lab.now.unix_seconds() + DAY))
}

/// Signing times that are claimed, in seconds after receipt, and whether they are plausible: between the challenge, at
/// receipt here, and receipt, five minutes more or less.
const CLAIMS: [(i64, bool); 5] = [
    (-2 * MINUTE, true),
    (-5 * MINUTE, true),
    (-5 * MINUTE - 1, false),
    (-30 * DAY, false),
    (5 * MINUTE + 1, false),
];

#[test]
fn receipt_decides_and_the_claimed_time_of_signing_changes_nothing() {
    let lab = lab();
    // Revoked, last list before receipt; both in minutes after receipt.
    let table = [
        ((-1, -60), Verdict::Valid, End::Reopened),
        ((-1, 0), Verdict::Invalid, End::Refused),
        ((0, -60), Verdict::Valid, End::Reopened),
        ((0, 0), Verdict::Invalid, End::Refused),
        ((1, -60), Verdict::Valid, End::Stands),
        ((1, 0), Verdict::Valid, End::Stands),
    ];
    for ((revoked_at, list_at), verdict, end) in table {
        let lists = Lists { lab, revoked_at };
        let (first, later) = (lists.made_at(list_at), asked_again(lab, &lists.made_at(24 * 60)));
        for (claimed, plausible) in CLAIMS {
            let report = judged(lab, claimed, &first);
            let row = format!("revoked {revoked_at}, list {list_at}, signing time {claimed}");
            assert_eq!(report.verdict(), verdict, "{row}");
            assert_eq!(report.signatures[0].signing_time.unwrap().plausible, Some(plausible), "{row}");
            assert_eq!(end_of(lab, &report, &later), end, "{row}");
        }
    }
}

/// A filing is taken unless its certificate is revoked at receipt; then the later answer moves it.
fn end_of(lab: &Lab, report: &Report, later: &RevocationAnswer) -> End {
    if report.verdict() == Verdict::Invalid {
        return End::Refused;
    }
    let received = UnixTime::from_seconds(lab.now.unix_seconds());
    let as_of = report.signatures[0].evidence.as_ref().unwrap().this_update();
    let first = RevocationAnswer {
        status: RevocationStatus::Good { as_of },
        evidence: report.signatures[0].evidence.clone(),
    };
    match Standing::Waiting.after(received, &first).after(received, later) {
        Standing::Reopened { .. } => End::Reopened,
        Standing::Final { .. } => End::Stands,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_list_that_cannot_answer_is_never_a_good_one() {
    let lab = lab();
    let lists = Lists { lab, revoked_at: 60 };
    let unknown = |list: CrlIndex| judged(lab, 0, &list).verdict() == Verdict::RevocationUnknown;
    assert!(unknown(CrlIndex::default()), "no list");
    assert!(unknown(lists.made_at(-8 * 24 * 60)), "a list that was to be replaced yesterday");
    assert!(unknown(lists.made_at(1)), "a list from after receipt");
}
