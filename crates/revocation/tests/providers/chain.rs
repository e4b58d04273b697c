//! Which of several sources answers.

use crate::world::*;
use shomei_pki::{
    Authority, Certificate, RevocationAnswer, RevocationReason, RevocationSource, RevocationStatus, UnixTime,
    UnknownReason,
};
use shomei_revocation::{Chain, Sources, SourcesConfig};

struct Says(RevocationStatus);

impl RevocationSource for Says {
    fn answer(&self, _: &Certificate, _: &Authority, _: UnixTime) -> RevocationAnswer {
        RevocationAnswer { status: self.0, evidence: None }
    }
}

#[test]
fn revoked_counts_then_the_first_good_answer_and_otherwise_the_first_reason_that_says_something() {
    let revoked = RevocationStatus::Revoked { at: at(-5), reason: RevocationReason::Hold };
    let nobody = unknown(UnknownReason::NotConsulted);
    let no_list = unknown(UnknownReason::NoList);
    let no_answer = unknown(UnknownReason::NoAnswer);
    let outdated = unknown(UnknownReason::Outdated { next_update: at(-1) });
    let table: [(&[RevocationStatus], RevocationStatus); 14] = [
        (&[], nobody),
        (&[nobody], nobody),
        (&[good(-1), revoked], revoked),
        (&[good(-1), good(-2)], good(-1)),
        (&[good(-1), no_answer], good(-1)),
        (&[revoked, good(-1)], revoked),
        (&[no_answer, good(-1)], good(-1)),
        (&[outdated, nobody, revoked], revoked),
        (&[no_answer, outdated], no_answer),
        (&[outdated, no_answer], outdated),
        (&[no_list, no_answer], no_answer),
        (&[nobody, no_list], no_list),
        (&[no_list, nobody], no_list),
        (&[nobody, no_list, outdated, no_answer], outdated),
    ];
    for (row, (says, expected)) in table.into_iter().enumerate() {
        let sources: Vec<_> = says.iter().map(|status| Says(*status)).collect();
        let chain = Chain::new(sources.iter().map(|one| -> &dyn RevocationSource { one }).collect());
        assert_eq!(status(&chain, 0, 0), expected, "row {row}");
    }
}

#[test]
fn an_empty_configuration_consults_nobody() {
    let sources = Sources::open(&SourcesConfig::default(), anchors(), verifier()).unwrap();
    assert_eq!(status(&sources, 0, 0), unknown(UnknownReason::NotConsulted));
}
