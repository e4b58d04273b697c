//! What an OCSP answer says.

use super::certificate::extensions::{self, EXTENDED_KEY_USAGE};
use super::certificate::parts::Parts;
use super::certificate::{algorithm, time};
use super::report::{Fact, Report, Shown, Warning};
use super::words::{self, Word};
use super::{InspectError, names};
use shomei_pki::ocsp::{CertIdHash, CertStatus, OcspError, OcspResponse, ResponderId, SingleAnswer};
use shomei_pki::{UnixTime, signature_algorithm_name};

pub(super) fn report(der: &[u8], at: UnixTime) -> Result<Report, InspectError> {
    let response = OcspResponse::parse(der)?;
    let mut facts = vec![Fact::new(words::KIND, Shown::Word(words::OCSP_ANSWER))];
    let mut warnings = Vec::new();
    if let Some(refusal) = response.refusal() {
        let word = words::refusal(refusal);
        facts.push(Fact::new(words::RESPONSE_STATUS, Shown::Word(word)));
        warnings.push(Warning::with(words::WARN_REFUSED, Shown::Word(word)));
    } else {
        facts.push(Fact::new(words::RESPONSE_STATUS, Shown::Word(words::SUCCESSFUL)));
        facts.extend(signed_facts(&response)?);
        warnings.extend(answer_warnings(&response, at));
    }
    Ok(Report { facts, warnings, not_checked: vec![words::NOT_SIGNATURE, words::NOT_RESPONDER] })
}

fn signed_facts(response: &OcspResponse) -> Result<Vec<Fact>, OcspError> {
    let mut facts: Vec<Fact> = response.responder().map(responder).into_iter().collect();
    facts.extend(response.produced_at().map(|at| Fact::new(words::PRODUCED_AT, Shown::Time(at))));
    let answers = response.answers().iter().map(|answer| Shown::Facts(single(answer))).collect();
    facts.push(Fact::new(words::ANSWERS, Shown::List(answers)));
    facts.extend(response.nonce().map(|nonce| Fact::hex(words::NONCE, nonce)));
    let certificates = response.certificates().map(certificate).collect::<Result<Vec<_>, _>>()?;
    facts.push(Fact::new(words::CERTIFICATES, Shown::List(certificates)));
    let identifier = response.signature_algorithm();
    facts.extend(identifier.map(|identifier| algorithm(words::SIGNATURE_ALGORITHM, identifier)));
    Ok(facts)
}

fn responder(id: &ResponderId) -> Fact {
    match id {
        ResponderId::Name(name) => Fact::text(words::RESPONDER_NAME, names::to_text(name)),
        ResponderId::KeyHash(hash) => Fact::hex(words::RESPONDER_KEY, hash),
    }
}

fn single(answer: &SingleAnswer) -> Vec<Fact> {
    let id = answer.id();
    let hash = match id.hash() {
        Some(CertIdHash::Sha1) => Shown::Text("SHA-1".to_owned()),
        Some(CertIdHash::Sha256) => Shown::Text("SHA-256".to_owned()),
        None => Shown::Word(words::HASH_UNKNOWN),
    };
    let mut facts = vec![
        Fact::hex(words::SERIAL, id.serial()),
        Fact::new(words::HASH_ALGORITHM, hash),
        Fact::hex(words::ISSUER_NAME_HASH, id.issuer_name_hash()),
        Fact::hex(words::ISSUER_KEY_HASH, id.issuer_key_hash()),
    ];
    facts.extend(status(answer.status()));
    facts.push(Fact::new(words::THIS_UPDATE, Shown::Time(answer.this_update())));
    facts.extend(answer.next_update().map(|next| Fact::new(words::NEXT_UPDATE, Shown::Time(next))));
    facts
}

fn status(status: CertStatus) -> Vec<Fact> {
    let said = |word: Word| Fact::new(words::STATUS, Shown::Word(word));
    match status {
        CertStatus::Good => vec![said(words::GOOD)],
        CertStatus::Unknown => vec![said(words::NOT_KNOWN)],
        CertStatus::Revoked { at, reason } => vec![
            said(words::REVOKED),
            Fact::new(words::REVOKED_AT, Shown::Time(at)),
            Fact::new(words::REASON, Shown::Word(words::reason(reason))),
        ],
    }
}

/// A certificate that came along: whose, by whom, until when, and for what.
fn certificate(der: &[u8]) -> Result<Shown, OcspError> {
    let parts = Parts::read(der)?;
    let mut facts = vec![
        Fact::text(words::SUBJECT, names::to_text(parts.subject.raw())),
        Fact::text(words::ISSUER, names::to_text(parts.issuer.raw())),
        time(words::NOT_BEFORE, &parts.not_before),
        time(words::NOT_AFTER, &parts.not_after),
        algorithm(words::SIGNATURE_ALGORITHM, parts.algorithm.raw()),
    ];
    if let Some(purposes) = parts.extension(EXTENDED_KEY_USAGE).and_then(extensions::purposes) {
        facts.push(Fact::new(words::EXTENDED_KEY_USAGE, extensions::purpose_words(&purposes)));
    }
    Ok(Shown::Facts(facts))
}

fn answer_warnings(response: &OcspResponse, at: UnixTime) -> Vec<Warning> {
    let mut warnings: Vec<Warning> =
        response.answers().iter().filter_map(|answer| period(answer, at)).collect();
    if response.nonce().is_none() {
        warnings.push(Warning::new(words::WARN_NO_NONCE));
    }
    if response.signature_algorithm().is_some_and(is_sha1) {
        warnings.push(Warning::new(words::WARN_SHA1));
    }
    let along = response.certificates().filter_map(|der| Parts::read(der).ok());
    warnings.extend(
        along
            .filter(|parts| is_sha1(parts.algorithm.raw()))
            .map(|parts| names::to_text(parts.subject.raw()))
            .map(|subject| Warning::with(words::WARN_SHA1_CERTIFICATE, Shown::Text(subject))),
    );
    warnings
}

/// Without tolerance for clocks: this only points out, and the times stand beside it.
fn period(answer: &SingleAnswer, at: UnixTime) -> Option<Warning> {
    if at < answer.this_update() {
        return Some(Warning::with(words::WARN_FROM_LATER, Shown::Time(answer.this_update())));
    }
    match answer.next_update() {
        None => Some(Warning::new(words::WARN_NO_NEXT_UPDATE)),
        Some(next) => (at > next).then(|| Warning::with(words::WARN_OUTDATED, Shown::Time(next))),
    }
}

fn is_sha1(identifier: &[u8]) -> bool {
    signature_algorithm_name(identifier).is_some_and(|name| name.starts_with("sha1"))
}
