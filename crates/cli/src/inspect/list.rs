//! What a revocation list says.

use super::report::{Fact, Report, Shown, Warning, number};
use super::words::{self, Word};
use super::{InspectError, names};
use shomei_pki::{Crl, CrlProblem, UnixTime};

pub(super) fn report(der: &[u8], at: UnixTime) -> Result<Report, InspectError> {
    let crl = Crl::parse(der)?;
    let world = names::world(crl.issuer());
    let mut facts = vec![
        Fact::new(words::KIND, Shown::Word(words::REVOCATION_LIST)),
        Fact::new(words::WORLD, Shown::Word(words::world(world))),
        Fact::text(words::ISSUER, names::to_text(crl.issuer())),
    ];
    facts.extend(crl.number().map(|number| Fact::hex(words::LIST_NUMBER, number)));
    facts.push(Fact::new(words::THIS_UPDATE, Shown::Time(crl.this_update())));
    facts.push(Fact::new(words::NEXT_UPDATE, Shown::Time(crl.next_update())));
    facts.push(Fact::new(words::STATE, Shown::Word(state(&crl, at))));
    let point = crl.distribution_point().and_then(names::distribution_point);
    facts.extend(point.map(|name| Fact::text(words::DISTRIBUTION_POINT, name)));
    facts.extend(entries(&crl));
    facts.push(Fact::hex(words::AUTHORITY_KEY, crl.authority_key_identifier()));
    let mut warnings = Vec::new();
    if world.is_none() {
        warnings.push(Warning::new(words::WARN_WORLD));
    }
    warnings.extend(problem(&crl));
    warnings.extend(period(&crl, at));
    Ok(Report { facts, warnings, not_checked: vec![words::NOT_SIGNATURE] })
}

fn state(crl: &Crl, at: UnixTime) -> Word {
    if at < crl.this_update() {
        words::FROM_LATER
    } else if at > crl.next_update() {
        words::OUTDATED
    } else {
        words::CURRENT
    }
}

/// How many, why, and from when to when.
fn entries(crl: &Crl) -> Vec<Fact> {
    let mut reasons: Vec<(Word, u32)> = words::REASONS.into_iter().map(|word| (word, 0)).collect();
    let mut dates: Option<(UnixTime, UnixTime)> = None;
    for entry in crl.entries() {
        let word = words::reason(entry.reason);
        if let Some((_, count)) = reasons.iter_mut().find(|(known, _)| *known == word) {
            *count = count.saturating_add(1);
        }
        let (first, last) = dates.unwrap_or((entry.at, entry.at));
        dates = Some((first.min(entry.at), last.max(entry.at)));
    }
    reasons.retain(|(_, count)| *count > 0);
    let mut facts = vec![
        Fact::new(words::COUNT, Shown::Number(number(crl.len()))),
        Fact::new(words::REASON_COUNTS, Shown::Counts(reasons)),
    ];
    if let Some((first, last)) = dates {
        facts.push(Fact::new(words::FIRST_REVOCATION, Shown::Time(first)));
        facts.push(Fact::new(words::LAST_REVOCATION, Shown::Time(last)));
    }
    facts
}

/// Why it answers nothing for holders' certificates, if so.
fn problem(crl: &Crl) -> Option<Warning> {
    let word = match crl.problem()? {
        CrlProblem::Signature => words::WARN_LIST_SIGNATURE,
        CrlProblem::Delta => words::WARN_DELTA,
        CrlProblem::Indirect => words::WARN_INDIRECT,
        CrlProblem::Partial => words::WARN_PARTIAL,
        CrlProblem::NoNumber => words::WARN_NO_NUMBER,
        CrlProblem::Older => words::WARN_OLDER,
    };
    Some(Warning::new(word))
}

fn period(crl: &Crl, at: UnixTime) -> Option<Warning> {
    if at < crl.this_update() {
        Some(Warning::with(words::WARN_FROM_LATER, Shown::Time(crl.this_update())))
    } else if at > crl.next_update() {
        Some(Warning::with(words::WARN_OUTDATED, Shown::Time(crl.next_update())))
    } else {
        None
    }
}
