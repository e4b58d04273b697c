//! `shomei-lab counter`: one action a run.

mod arguments;

use std::io::{self, Write};

use der::DateTime;
use serde_json::{Value, json};
use shomei_lab::Date;
use shomei_lab::counter::{self, CounterError};
use shomei_lab::rules::{Change, Ground, Refusal, Request, Route, Rule, explain_juki};

pub(super) use self::arguments::Counter;
use self::arguments::{Action, Agent, Certificates, Holder, IssueArguments, NewName, Place};
use super::{Failure, now};

pub(super) fn serve(arguments: Counter) -> Result<(), Failure> {
    let Counter { world, at, list_later, action } = arguments;
    let counter = counter::Counter { world, at: at.map_or_else(now, Ok)?, list_later };
    match obey(&counter, action) {
        Ok(done) => Ok(writeln!(io::stdout(), "{done}")?),
        Err(CounterError::Refused(refusal)) => {
            writeln!(io::stderr(), "{}", said(&refusal))?;
            Err(Failure::Refused)
        }
        Err(error) => Err(error.into()),
    }
}

fn obey(counter: &counter::Counter, action: Action) -> Result<Value, CounterError> {
    let about = |name: &str, Holder { holder }: Holder, request: Request| {
        counter.serve(name, &holder, &request).map(|done| json!(done))
    };
    let revoke = |name: &str, ground, Certificates { holder, certificate }: Certificates| {
        about(name, holder, Request::Revoke { ground, purposes: certificate.purposes() })
    };
    let change = |name: &str, holder, change, substitutes| {
        about(name, holder, Request::Change { change, substitutes })
    };
    let rename = |action: &str, NewName { holder, name, chosen }: NewName| {
        change(action, holder, Change::Name { name }, chosen.substitute)
    };
    match action {
        Action::Issue(IssueArguments { which: Certificates { holder, certificate }, chosen }) => {
            let (purposes, substitutes) = (certificate.purposes(), chosen.substitute);
            about("issue", holder, Request::Issue { purposes, substitutes })
        }
        Action::NewCard(IssueArguments { which: Certificates { holder, certificate }, chosen }) => {
            let (purposes, substitutes) = (certificate.purposes(), chosen.substitute);
            about("new-card", holder, Request::NewCard { purposes, substitutes })
        }
        Action::Renew(Certificates { holder, certificate }) => {
            about("renew", holder, Request::Renew { purposes: certificate.purposes() })
        }
        Action::RevokeOnRequest(which) => revoke("revoke-on-request", Ground::Request, which),
        Action::KeyCompromised(which) => revoke("key-compromised", Ground::Key, which),
        Action::RecordError(which) => revoke("record-error", Ground::RecordError, which),
        Action::ExOfficio(which) => revoke("ex-officio", Ground::ExOfficio, which),
        Action::AuthorityCompromised { certificate } => {
            let done = counter.authority_compromised("authority-compromised", certificate.into());
            done.map(|done| json!(done))
        }
        Action::Move { holder, address, chosen } => {
            change("move", holder, Change::Address { address }, chosen.substitute)
        }
        Action::MoveOut { holder, address, municipality, chosen } => {
            let elsewhere = Change::AddressElsewhere { address, municipality };
            change("move-out", holder, elsewhere, chosen.substitute)
        }
        Action::Marry(name) => rename("marry", name),
        Action::Adopt(name) => rename("adopt", name),
        Action::CorrectBirthOrSex { holder, birth, sex } => {
            let right = Change::BirthOrSex { birth, sex: sex.map(Into::into) };
            change("correct-birth-or-sex", holder, right, Vec::new())
        }
        Action::Alias { holder, to } => {
            about("alias", holder, Request::Alias { alias: Some(to).filter(|to| to != "none") })
        }
        Action::MoveAbroad { holder, keeps_card } => {
            about("move-abroad", holder, Request::MoveAbroad { keeps_card })
        }
        Action::Die(holder) => about("die", holder, Request::Die),
        Action::ReportLoss { holder, to } => {
            about("report-loss", holder, Request::ReportLoss { to: to.into() })
        }
        Action::Unlock { holder, route: Place::Counter, shown } => {
            let route = Route::Counter { document: shown.document() };
            about("unlock", holder, Request::Unlock { route })
        }
        Action::Unlock { holder, route: Place::Kiosk, .. } => {
            let route = counter.at_a_kiosk(&holder.holder)?;
            about("unlock", holder, Request::Unlock { route })
        }
        Action::Initialise { holder, shown } => {
            about("initialise", holder, Request::Initialise { document: shown.document() })
        }
        Action::Agent(Agent::Inquiry { holder, errand, certificate, shown }) => {
            let (errand, document) = (errand.errand(certificate), shown.document());
            about("agent inquiry", holder, Request::Inquire { errand, document })
        }
        Action::Agent(Agent::Answer { holder, shown }) => {
            about("agent answer", holder, Request::Answer { document: shown.document() })
        }
        Action::ExplainJuki { issued } => Ok(juki(issued, counter.at)),
    }
}

/// A refusal as JSON: its rule, the facts of the case, and what the resident is told.
fn said(refusal: &Refusal) -> Value {
    json!({ "refused": rule(refusal.rule()), "why": refusal.to_string(), "advice": refusal.advice() })
}

fn rule(rule: Rule) -> Value {
    json!({
        "rule": rule.id(),
        "japanese": rule.japanese(),
        "english": rule.english(),
        "source": rule.source(),
    })
}

fn juki(issued: Date, at: DateTime) -> Value {
    let explained = explain_juki(issued, at);
    json!({
        "done": "explain-juki",
        "at": at.to_string(),
        "issued": issued.to_string(),
        "lastDay": explained.last_day.to_string(),
        "over": explained.over,
        "because": rule(explained.rule),
        "advice": explained.advice,
    })
}
