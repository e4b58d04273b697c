//! Every word of the report: one table for each language, one function for each enum.
//!
//! A sentence stands whole in its table, as languages put its parts in different orders; `{name}` is where a part goes.

mod english;
mod japanese;
mod plain;

pub(super) use english::ENGLISH;
pub(super) use japanese::JAPANESE;
pub(super) use plain::PLAIN_JAPANESE;

use crate::expectations::Expectation;
use crate::report::{CheckName, Failure, Gap, Outcome, Verdict};
use crate::signed::{Format, NotCovered, Statement};
use shomei_application::identity;
use shomei_application::procedure::CertificateItem;
use shomei_pki::{RevocationReason, Sex, UnknownReason, World};

macro_rules! words {
    ($($name:ident)*) => {
        /// The words of one language.
        pub(super) struct Words { $(pub(super) $name: &'static str,)* }

        #[cfg(test)]
        impl Words {
            /// Every word with its name.
            pub(super) fn entries(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name)),*]
            }
        }
    };
}

words! {
    // How the language writes what is no word; `lang` is its tag (BCP 47).
    lang colon comma indent time birth birth_in_part part_unknown

    title
    verdict verdict_valid verdict_invalid verdict_revocation_unknown verdict_binding_not_checked
    meaning_valid meaning_invalid meaning_revocation_unknown meaning_binding_not_checked
    world world_production world_jlis_test world_lab banner_jlis_test banner_lab
    format format_cades format_jades format_cades_detached format_jades_detached format_egov format_pdf
    at applicant applicant_not_one

    overall signature signature_of
    check outcome grounds
    check_chain check_time check_signature check_revocation check_binding check_identity
    outcome_passed outcome_failed outcome_not_checked

    failure_profile failure_path failure_validity failure_content failure_file failure_other_certificate
    failure_signature failure_revoked failure_not_an_application failure_container failure_expectation
    expectation_origin expectation_recipient expectation_procedure expectation_challenge expectation_signers
    gap_after gap_not_bound gap_not_given
    unknown_not_consulted unknown_no_list unknown_list unknown_outdated unknown_from_later unknown_after_expiry
    unknown_responder unknown_no_answer
    reason_unspecified reason_key reason_authority reason_changed reason_superseded reason_cessation reason_hold
    reason_withdrawn

    fact_not_before fact_not_after fact_at fact_algorithm fact_as_of fact_revoked_at fact_serial fact_policy
    fact_authority fact_authority_serial fact_origin fact_recipient fact_procedure fact_procedure_version
    fact_procedure_digest fact_challenge fact_signers

    holder holder_unread name address birth_date sex sex_male sex_female sex_other
    substitute substitute_at substitutes
    certificate certificate_of
    signing_time signing_time_claimed signing_time_doubtful
    stated stated_name stated_reason stated_location stated_contact
    comparisons comparison match_ match_with_substitution mismatch

    document doubtful_content
    procedure procedure_of recipient recipient_of challenge challenge_of
    fields choice empty grouped attachments attachment notices form files file
    not_covered not_covered_attachment not_covered_file_name not_covered_file_of_some not_covered_element
    not_covered_later_signatures
}

pub(super) const fn verdict(words: &Words, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => words.verdict_valid,
        Verdict::Invalid => words.verdict_invalid,
        Verdict::RevocationUnknown => words.verdict_revocation_unknown,
        Verdict::BindingNotChecked => words.verdict_binding_not_checked,
    }
}

pub(super) const fn meaning(words: &Words, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => words.meaning_valid,
        Verdict::Invalid => words.meaning_invalid,
        Verdict::RevocationUnknown => words.meaning_revocation_unknown,
        Verdict::BindingNotChecked => words.meaning_binding_not_checked,
    }
}

pub(super) const fn world(words: &Words, world: World) -> &'static str {
    match world {
        World::Production => words.world_production,
        World::JlisTest => words.world_jlis_test,
        World::Lab => words.world_lab,
    }
}

/// What stands above everything in a world of invented people.
pub(super) const fn banner(words: &Words, world: World) -> Option<&'static str> {
    match world {
        World::Production => None,
        World::JlisTest => Some(words.banner_jlis_test),
        World::Lab => Some(words.banner_lab),
    }
}

pub(super) const fn format(words: &Words, format: Format) -> &'static str {
    match format {
        Format::Cades => words.format_cades,
        Format::Jades => words.format_jades,
        Format::CadesDetached => words.format_cades_detached,
        Format::JadesDetached => words.format_jades_detached,
        Format::Egov => words.format_egov,
        Format::Pdf => words.format_pdf,
    }
}

pub(super) const fn statement(words: &Words, statement: Statement) -> &'static str {
    match statement {
        Statement::Name => words.stated_name,
        Statement::Reason => words.stated_reason,
        Statement::Location => words.stated_location,
        Statement::Contact => words.stated_contact,
    }
}

pub(super) const fn check(words: &Words, check: CheckName) -> &'static str {
    match check {
        CheckName::Chain => words.check_chain,
        CheckName::Time => words.check_time,
        CheckName::Signature => words.check_signature,
        CheckName::Revocation => words.check_revocation,
        CheckName::Binding => words.check_binding,
        CheckName::Identity => words.check_identity,
    }
}

pub(super) const fn outcome(words: &Words, outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => words.outcome_passed,
        Outcome::Failed(_) => words.outcome_failed,
        Outcome::NotChecked(_) => words.outcome_not_checked,
    }
}

/// May have `{detail}`, `{name}`, `{time}`, `{reason}` or `{expectation}`.
pub(super) const fn failure(words: &Words, failure: &Failure) -> &'static str {
    match failure {
        Failure::Profile(_) => words.failure_profile,
        Failure::Path(_) => words.failure_path,
        Failure::Validity(_) => words.failure_validity,
        Failure::Content => words.failure_content,
        Failure::File(_) => words.failure_file,
        Failure::OtherCertificate => words.failure_other_certificate,
        Failure::Signature => words.failure_signature,
        Failure::Revoked { .. } => words.failure_revoked,
        Failure::NotAnApplication(_) => words.failure_not_an_application,
        Failure::Container => words.failure_container,
        Failure::Expectation(_) => words.failure_expectation,
    }
}

pub(super) const fn expectation(words: &Words, expectation: Expectation) -> &'static str {
    match expectation {
        Expectation::Origin => words.expectation_origin,
        Expectation::RecipientId => words.expectation_recipient,
        Expectation::Procedure => words.expectation_procedure,
        Expectation::Challenge => words.expectation_challenge,
        Expectation::Signers => words.expectation_signers,
    }
}

/// May have `{check}`, `{expectations}`, `{time}` or `{detail}`.
pub(super) const fn gap(words: &Words, gap: &Gap) -> &'static str {
    match gap {
        Gap::After(_) => words.gap_after,
        Gap::NotBound => words.gap_not_bound,
        Gap::NotGiven(_) => words.gap_not_given,
        Gap::RevocationUnknown(why) => unknown(words, why),
    }
}

const fn unknown(words: &Words, why: &UnknownReason) -> &'static str {
    match why {
        UnknownReason::NotConsulted => words.unknown_not_consulted,
        UnknownReason::NoList => words.unknown_no_list,
        UnknownReason::List(_) => words.unknown_list,
        UnknownReason::Outdated { .. } => words.unknown_outdated,
        UnknownReason::FromLater { .. } => words.unknown_from_later,
        UnknownReason::AfterExpiry { .. } => words.unknown_after_expiry,
        UnknownReason::Responder(_) => words.unknown_responder,
        UnknownReason::NoAnswer => words.unknown_no_answer,
    }
}

pub(super) const fn revocation_reason(words: &Words, reason: RevocationReason) -> &'static str {
    match reason {
        RevocationReason::Unspecified => words.reason_unspecified,
        RevocationReason::KeyCompromise => words.reason_key,
        RevocationReason::AuthorityCompromise => words.reason_authority,
        RevocationReason::AffiliationChanged => words.reason_changed,
        RevocationReason::Superseded => words.reason_superseded,
        RevocationReason::CessationOfOperation => words.reason_cessation,
        RevocationReason::Hold => words.reason_hold,
        RevocationReason::Withdrawn(_) => words.reason_withdrawn,
    }
}

/// None for what the report shows in another place.
pub(super) fn fact(words: &Words, name: &str) -> Option<&'static str> {
    match name {
        "notBefore" => Some(words.fact_not_before),
        "notAfter" => Some(words.fact_not_after),
        "at" => Some(words.fact_at),
        "algorithm" => Some(words.fact_algorithm),
        "asOf" => Some(words.fact_as_of),
        "revokedAt" => Some(words.fact_revoked_at),
        "serial" => Some(words.fact_serial),
        "policy" => Some(words.fact_policy),
        "authorityOrganization" => Some(words.fact_authority),
        "authoritySerial" => Some(words.fact_authority_serial),
        "origin" => Some(words.fact_origin),
        "recipientId" => Some(words.fact_recipient),
        "procedureId" => Some(words.fact_procedure),
        "procedureVersion" => Some(words.fact_procedure_version),
        "procedureSha256" => Some(words.fact_procedure_digest),
        "challenge" => Some(words.fact_challenge),
        "signers" => Some(words.fact_signers),
        _ => None,
    }
}

pub(super) const fn sex(words: &Words, sex: Sex) -> &'static str {
    match sex {
        Sex::Male => words.sex_male,
        Sex::Female => words.sex_female,
        Sex::Other => words.sex_other,
    }
}

pub(super) const fn item(words: &Words, item: CertificateItem) -> &'static str {
    match item {
        CertificateItem::Name => words.name,
        CertificateItem::Address => words.address,
        CertificateItem::Birth => words.birth_date,
        CertificateItem::Sex => words.sex,
    }
}

pub(super) const fn comparison(words: &Words, outcome: identity::Outcome) -> &'static str {
    match outcome {
        identity::Outcome::Match => words.match_,
        identity::Outcome::MatchWithSubstitution => words.match_with_substitution,
        identity::Outcome::Mismatch => words.mismatch,
    }
}

/// With `{name}`.
pub(super) const fn not_covered(words: &Words, part: &NotCovered) -> &'static str {
    match part {
        NotCovered::Attachment(_) => words.not_covered_attachment,
        NotCovered::FileName(_) => words.not_covered_file_name,
        NotCovered::FileOfSome(_) => words.not_covered_file_of_some,
        NotCovered::LaterSignatures(_) => words.not_covered_later_signatures,
        NotCovered::Element(_) => words.not_covered_element,
    }
}

/// The template with its parts in their places. Parts are not looked through again, so nothing from outside is a place.
pub(super) fn fill(template: &str, parts: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        match parts.iter().find(|(known, _)| *known == name) {
            Some((_, part)) => text.push_str(part),
            None => text.extend(["{", name, "}"]),
        }
        rest = tail;
    }
    text.push_str(rest);
    text
}
