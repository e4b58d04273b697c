//! One connection: every message gets its answer here, whatever the window is doing.
//!
//! Runs on the reader thread. Nothing here waits for a person: a signing is handed to the main thread, which owns the
//! windows.

use std::collections::HashSet;
use std::io::Read;
use std::sync::mpsc::Sender;
use std::time::Instant;

use base64ct::{Base64, Encoding as _};
use shomei_protocol::limits::{MAX_ENVELOPE_BASE64, MAX_REQUEST_FRAME};
use shomei_protocol::{CAPABILITY_SIGN, ErrorCode, Id, Reply, Request, negotiate, parse_request};

use crate::clock;
use crate::framing::{Frame, FrameError, Frames, Outbox};
use crate::lock::{LockError, OperationLock};
use crate::operation::{Answer, End, Operation, Undelivered};
use crate::policy::{self, Refusal};
use crate::subject::Subject;

/// Most messages of one connection: far more than an operation needs, and a bound for the ids that are remembered.
const MAX_MESSAGES: usize = 10_000;

/// Whether this process serves its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// The caller is no extension that this host was installed for: every message is refused.
    Forbidden,
    /// The caller is served.
    Granted {
        /// Installed for development: http on localhost is permitted, and the window says that it is a test.
        development: bool,
    },
}

/// A signing that the main thread is to open a window for.
#[derive(Debug)]
pub struct Opening {
    /// The handle that all its threads share.
    pub operation: Operation,
    /// What is shown and signed.
    pub subject: Subject,
    /// The window says that it is a test.
    pub development: bool,
    /// Keeps other operations of this user away for as long as this one lives.
    pub lock: OperationLock,
}

/// One connection's memory.
#[derive(Debug)]
pub struct Session {
    service: Service,
    outbox: Outbox,
    openings: Sender<Opening>,
    used: HashSet<Id>,
    current: Option<(Id, Operation)>,
}

impl Session {
    /// A connection that answers through `outbox` and hands signings to the receiver of `openings`.
    pub fn new(service: Service, outbox: Outbox, openings: Sender<Opening>) -> Self {
        Self { service, outbox, openings, used: HashSet::new(), current: None }
    }

    /// Serves `input` until it ends or falls out of step; an operation that is under way then ends too.
    pub fn serve(mut self, input: impl Read) {
        let mut frames = Frames::new(input, MAX_REQUEST_FRAME);
        while self.used.len() < MAX_MESSAGES {
            match frames.read() {
                Ok(Frame::Text(text)) => self.answer(&text),
                Ok(Frame::End) => break,
                Err(error) => {
                    self.outbox.send(&Reply::error(None, code_of(&error)));
                    if !error.keeps_step() {
                        break;
                    }
                }
            }
        }
        if let Some((_, operation)) = &self.current {
            operation.stop(End::Disconnected);
        }
    }

    fn answer(&mut self, message: &str) {
        let request = match parse_request(message.as_bytes()) {
            Ok(request) => request,
            Err(error) => {
                let reused = error.id.clone().is_some_and(|id| !self.used.insert(id));
                let code = if reused { ErrorCode::ReusedId } else { error.code };
                return self.outbox.send(&Reply::error(error.id, code));
            }
        };
        let id = request.id().clone();
        if let Err(Refusal { code, path }) = self.obey(request) {
            self.outbox.send(&Reply::Error { id: Some(id), code, path });
        }
    }

    fn obey(&mut self, request: Request) -> Result<(), Refusal> {
        if !self.used.insert(request.id().clone()) {
            return Err(ErrorCode::ReusedId.into());
        }
        let Service::Granted { development } = self.service else {
            return Err(ErrorCode::ForbiddenCaller.into());
        };
        match request {
            Request::Hello { id, protocol } => self.hello(id, protocol),
            Request::Sign { id, origin, document, .. } => self.sign(id, &origin, document, development),
            Request::Cancel { id, target } => self.cancel(id, &target),
        }
    }

    fn hello(&self, id: Id, offered: u32) -> Result<(), Refusal> {
        let protocol = negotiate(offered)?;
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let capabilities = vec![CAPABILITY_SIGN.to_owned()];
        self.outbox.send(&Reply::Hello { id, protocol, version, capabilities });
        Ok(())
    }

    fn sign(&mut self, id: Id, origin: &str, document: String, development: bool) -> Result<(), Refusal> {
        let now = clock::now().map_err(|_| ErrorCode::ClockOff)?;
        let bytes = document.into_bytes();
        let application = policy::judge(origin, &bytes, now, development)?;
        let lock = OperationLock::take().map_err(|error| match error {
            LockError::Busy => ErrorCode::Busy,
            LockError::NotPrivate | LockError::Io(_) => ErrorCode::Unavailable,
        })?;
        let deadline = Instant::now() + policy::time_for(&application, now);
        let operation = Operation::new(deadline, reply_to(id.clone(), self.outbox.clone()));
        self.current = Some((id, operation.clone()));
        let subject = Subject::application(application, bytes);
        let opening = Opening { operation, subject, development, lock };
        // The main thread ends only after this one.
        self.openings.send(opening).map_err(|_| ErrorCode::Unavailable.into())
    }

    /// A cancel that names no operation under way is heard and changes nothing: the operation may just have ended.
    fn cancel(&self, id: Id, target: &Id) -> Result<(), Refusal> {
        self.outbox.send(&Reply::Cancelling { id });
        if let Some((_, operation)) = self.current.as_ref().filter(|(current, _)| current == target) {
            operation.stop(End::Cancelled);
        }
        Ok(())
    }
}

/// Turns an operation's answers into replies that quote `id`.
fn reply_to(id: Id, outbox: Outbox) -> impl Fn(Answer) -> Result<(), Undelivered> + Send + Sync {
    move |answer| {
        outbox.send(&match answer {
            Answer::Opened => Reply::Opened { id: id.clone() },
            Answer::Signed(envelopes) => signed(id.clone(), &envelopes),
            Answer::Refused(end) => Reply::error(Some(id.clone()), code_of_end(end)),
        });
        // A browser that is gone closes the input, and that ends the operation.
        Ok(())
    }
}

/// A page asks for one document, so there is one envelope.
fn signed(id: Id, envelopes: &[Vec<u8>]) -> Reply {
    let [envelope] = envelopes else {
        return Reply::error(Some(id), ErrorCode::Unavailable);
    };
    let envelope = Base64::encode_string(envelope);
    if envelope.len() > MAX_ENVELOPE_BASE64 {
        return Reply::error(Some(id), ErrorCode::TooLarge);
    }
    Reply::Signed { id, envelope }
}

fn code_of_end(end: End) -> ErrorCode {
    match end {
        End::Declined | End::Cancelled | End::Disconnected => ErrorCode::Cancelled,
        End::TimedOut => ErrorCode::Timeout,
        End::Unavailable => ErrorCode::Unavailable,
        End::SelfCheckFailed => ErrorCode::SelfCheckFailed,
    }
}

fn code_of(error: &FrameError) -> ErrorCode {
    match error {
        FrameError::TooLarge { .. } => ErrorCode::TooLarge,
        FrameError::Empty | FrameError::Truncated | FrameError::NotUtf8 | FrameError::Io(_) => {
            ErrorCode::BadFrame
        }
    }
}

#[cfg(test)]
mod tests {
    use super::signed;
    use shomei_envelope::attached::MAX_ENVELOPE;
    use shomei_protocol::limits::MAX_ENVELOPE_BASE64;
    use shomei_protocol::{ErrorCode, Id, Reply};

    #[test]
    fn the_longest_envelope_of_either_kind_fits_its_reply_and_what_does_not_is_refused() {
        let id = || Id::parse("a").unwrap();
        let cases = [
            ("the longest", MAX_ENVELOPE, None),
            ("longer than a reply", MAX_ENVELOPE_BASE64, Some(ErrorCode::TooLarge)),
        ];
        for (name, length, code) in cases {
            let refused = code.map(|code| Reply::error(Some(id()), code));
            match (signed(id(), &[vec![0; length]]), refused) {
                (found, Some(refused)) => assert_eq!(found, refused, "{name}"),
                (found, None) => assert!(found.to_json().is_ok_and(|json| json.len() > length), "{name}"),
            }
        }
    }
}
