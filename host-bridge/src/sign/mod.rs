//! `shomei-host sign`: a person at this computer signs files, bound to no site.
//!
//! Every file is opened once and read whole before the window opens; what the window shows, and what is signed, is made
//! of those octets. All signatures are made under one password. They are written when all of them are made and checked,
//! or none is.

mod arguments;
mod error;
mod open;
mod output;
mod plan;
mod words;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

pub use arguments::SignArguments;
use error::{NotSigned, Problem};
use output::WriteError;
use plan::Plan;

use crate::lock::OperationLock;
use crate::operation::{Answer, End, Operation, Undelivered};
use crate::session::Opening;
use crate::{hardening, perform, policy};

/// What came of an operation.
enum Outcome {
    Signed,
    NotWritten(WriteError),
    Ended(End),
}

/// Signs what `arguments` name. Prints to stdout the files that were made, one a line; to stderr what is going on, and
/// why nothing was made. Ends with 0 when everything is signed; otherwise no file was made, and it ends with 1 where
/// the card, the window or the disk failed, with 2 where the files cannot be signed as asked, which shows before any window,
/// and with 3 where the signature was declined, interrupted or out of time.
pub fn run(arguments: &SignArguments) -> ExitCode {
    match sign(arguments) {
        Ok(made) => {
            let mut output = std::io::stdout();
            made.iter().for_each(|path| drop(writeln!(output, "{}", path.display())));
            ExitCode::SUCCESS
        }
        Err(problem) => {
            say(&words::of(&problem));
            ExitCode::from(problem.exit_code())
        }
    }
}

fn sign(arguments: &SignArguments) -> Result<Vec<PathBuf>, Problem> {
    // Without this no password is safe here, so no file is read.
    hardening::close_memory().map_err(|_| Problem::Memory)?;
    let Plan { subject, sources, outputs } = plan::make(arguments)?;
    let lock = OperationLock::take().map_err(Problem::Lock)?;
    let (sender, outcomes) = channel();
    let made = outputs.paths().to_vec();
    let answer = move |answer| match answer {
        Answer::Opened => {
            say(&words::opened());
            Ok(())
        }
        Answer::Signed(containers) => {
            let unchanged = sources.iter().try_for_each(open::Source::check);
            report(&sender, unchanged.and_then(|()| outputs.write(&containers)))
        }
        Answer::Refused(end) => {
            let _nobody_waits = sender.send(Outcome::Ended(end));
            Ok(())
        }
    };
    let operation = Operation::new(Instant::now() + policy::OPERATION_LIMIT, answer);
    let interruptions = stop_when_interrupted(&operation).map_err(Problem::Signals)?;
    perform(Opening { operation: operation.clone(), subject, development: false, lock });
    interruptions.close();
    result(&operation, &outcomes).map(|()| made).map_err(Problem::NotSigned)
}

/// Keeps the reason why an answer could not be taken.
fn report(sender: &Sender<Outcome>, written: Result<(), WriteError>) -> Result<(), Undelivered> {
    let (outcome, taken) = match written {
        Ok(()) => (Outcome::Signed, Ok(())),
        Err(error) => (Outcome::NotWritten(error), Err(Undelivered)),
    };
    let _nobody_waits = sender.send(outcome);
    taken
}

/// An interrupt at the terminal, its end, or a request to terminate frees the card like a no in the window.
fn stop_when_interrupted(operation: &Operation) -> std::io::Result<signal_hook::iterator::Handle> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let (handle, operation) = (signals.handle(), operation.clone());
    std::thread::spawn(move || signals.forever().for_each(|_| operation.stop(End::Cancelled)));
    Ok(handle)
}

fn result(operation: &Operation, outcomes: &Receiver<Outcome>) -> Result<(), NotSigned> {
    let tries_after_wrong = operation.tries_after_wrong();
    match outcomes.try_recv().unwrap_or(Outcome::Ended(End::Unavailable)) {
        Outcome::Signed => Ok(()),
        Outcome::NotWritten(error) => Err(NotSigned::Written(error)),
        Outcome::Ended(End::Unavailable | End::SelfCheckFailed) => Err(match operation.trouble() {
            Some(trouble) => NotSigned::Trouble(trouble),
            None => NotSigned::NoWindow,
        }),
        Outcome::Ended(End::TimedOut) => Err(NotSigned::TimedOut { tries_after_wrong }),
        Outcome::Ended(End::Declined) => Err(NotSigned::Declined { tries_after_wrong }),
        Outcome::Ended(End::Cancelled | End::Disconnected) => {
            Err(NotSigned::Interrupted { tries_after_wrong })
        }
    }
}

/// Nobody may read it any more, and that changes nothing.
fn say(message: &words::Message) {
    let _closed = writeln!(std::io::stderr(), "{message}");
}
