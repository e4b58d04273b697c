//! OCSP answers from the register, by responders that were appointed when the publisher started.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use der::DateTime;

use super::{Misbehaviour, Options, PublishError};
use crate::folder::{self, read_authority};
use crate::ocsp::{Answer, Appointment, Period, Refusal, Responder, Saying};
use crate::register::{Entry, hexadecimal};
use crate::{Authority, IssueError, Purpose};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How long an answer may be used. The real responder's data change every fifteen minutes.
const LIFE: Duration = Duration::from_secs(15 * 60);

/// Who answers for both authorities of a world.
pub(super) struct Answering {
    world: PathBuf,
    known_after: Duration,
    misbehaviour: Option<Misbehaviour>,
    responders: Vec<(Authority, Responder)>,
}

impl Answering {
    /// Appoints a responder for each authority, for thirty days.
    pub(super) fn appoint(options: &Options) -> Result<Self, PublishError> {
        let now = now()?;
        let (from, until) = match options.misbehaviour {
            Some(Misbehaviour::ExpiredResponder) => (earlier(now, 2 * DAY)?, earlier(now, DAY)?),
            _ => (earlier(now, HOUR)?, later(now, 30 * DAY)?),
        };
        let responder = |purpose| {
            let authority = read_authority(&options.world, purpose)?;
            let responder = authority.appoint(Appointment::proper(from, until))?;
            let responder = match options.misbehaviour {
                Some(Misbehaviour::OtherKey) => responder.with_another_key()?,
                _ => responder,
            };
            Ok((authority, responder))
        };
        let responders = Purpose::ALL.into_iter().map(responder).collect::<Result<_, PublishError>>()?;
        let Options { world, known_after, misbehaviour, .. } = options.clone();
        Ok(Self { world, known_after, misbehaviour, responders })
    }

    /// The OCSPResponse to a request, both in DER. Whatever goes wrong here is said in OCSP's own words.
    pub(super) fn answer(&self, request: &[u8]) -> Result<Vec<u8>, IssueError> {
        let asked = self.responders.iter().map(|(authority, _)| authority.is_asked(request));
        let Ok(asked) = asked.collect::<Result<Vec<_>, _>>() else {
            return Refusal::MalformedRequest.response();
        };
        let Some(((authority, responder), _)) = self.responders.iter().zip(asked).find(|(_, asked)| *asked)
        else {
            return Refusal::Unauthorized.response();
        };
        let Ok(register) = folder::read_register(&self.world) else {
            return Refusal::InternalError.response();
        };
        let now = now()?;
        let period = Period { from: now, until: Some(later(now, LIFE)?) };
        let known = earlier(now, self.known_after)?;
        let say = |serial: &[u8]| saying(&register, authority.purpose(), serial, known);
        let answer = Answer::to(request, now, period, say)?;
        let answer = match self.misbehaviour {
            Some(Misbehaviour::WrongNonce) => answer.with_nonce(Some(&[0xA5; 16])),
            Some(Misbehaviour::NoNonce) => answer.with_nonce(None),
            _ => answer,
        };
        answer.signed_by(responder)
    }
}

/// What the register says of a serial number; unknown where it was never issued, or issued after `known`.
fn saying(register: &[Entry], purpose: Purpose, serial: &[u8], known: DateTime) -> Saying {
    let serial = hexadecimal(serial);
    let certified = register
        .iter()
        .flat_map(|entry| &entry.certificates)
        .find(|certified| certified.purpose == purpose && certified.serial == serial);
    match certified {
        Some(certified) if certified.issued <= known => match certified.revocation {
            Some(revocation) => Saying::Revoked { at: revocation.at, reason: revocation.reason },
            None => Saying::Good,
        },
        _ => Saying::Unknown,
    }
}

fn now() -> Result<DateTime, IssueError> {
    Ok(DateTime::from_system_time(SystemTime::now())?)
}

fn earlier(at: DateTime, by: Duration) -> Result<DateTime, IssueError> {
    Ok(DateTime::from_unix_duration(at.unix_duration().saturating_sub(by))?)
}

fn later(at: DateTime, by: Duration) -> Result<DateTime, IssueError> {
    Ok(DateTime::from_unix_duration(at.unix_duration().saturating_add(by))?)
}
