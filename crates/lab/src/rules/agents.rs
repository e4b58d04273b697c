//! Agents (代理人): the inquiry goes to the resident by post, and its answer comes back within 30 days.

use super::documents::valid;
use super::issuing::{issue, registered};
use super::unlocking::reset;
use super::{Case, Decision, Document, Refusal, Reset, Rule};
use crate::Purpose;
use crate::calendar::{days_after, days_between};
use crate::register::{Errand, Inquiry};

/// Days for the answer, counted from the day on which the inquiry was sent: the page does not say from when.
const DAYS_FOR_THE_ANSWER: u64 = 30;

pub(super) fn inquire(case: &Case, errand: Errand, document: Option<&Document>) -> Result<Decision, Refusal> {
    registered(case.entry)?;
    valid(document, case.today)?;
    let mut decision = case.unchanged();
    decision.entry.inquiry = Some(Inquiry { sent: case.today, errand });
    decision.rules = vec![Rule::AgentWithDocument, Rule::AgentNotTheSameDay];
    "ご本人の住所へ照会書兼回答書を郵送しました。必要事項を記入し、30日以内に窓口へお持ちください。"
        .clone_into(&mut decision.advice);
    Ok(decision)
}

pub(super) fn answer(case: &Case, document: Option<&Document>) -> Result<Decision, Refusal> {
    valid(document, case.today)?;
    let Inquiry { sent, errand } = case.entry.inquiry.clone().ok_or(Refusal::NoInquiry)?;
    match days_between(sent, case.today) {
        Some(0) | None => return Err(Refusal::SameDay),
        Some(1..=DAYS_FOR_THE_ANSWER) => {}
        Some(_) => {
            let due = days_after(sent, DAYS_FOR_THE_ANSWER).unwrap_or(sent);
            return Err(Refusal::AnswerTooLate { due });
        }
    }
    let mut decision = match errand {
        Errand::IssueBoth => issue(case, &Purpose::ALL, &[]),
        Errand::IssueSignature => issue(case, &[Purpose::Signature], &[]),
        Errand::IssueAuthentication => issue(case, &[Purpose::Authentication], &[]),
        Errand::Unlock => reset(case, Reset::Locked, Rule::UnlockAtTheCounter),
        Errand::Initialise => reset(case, Reset::All, Rule::InitialiseAtTheCounter),
    }?;
    decision.entry.inquiry = None;
    decision.rules.insert(0, Rule::AnswerWithinThirtyDays);
    Ok(decision)
}
