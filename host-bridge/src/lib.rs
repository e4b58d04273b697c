//! The native-messaging host: framing, policy, window, PC/SC, installation.
//!
//! A browser starts one process for each connection. The reader thread answers every message ([`session`]); a signing
//! goes to the main thread, which owns the window ([`window`]), while the card thread waits for reader and card
//! ([`card`]). What they tell each other is in [`operation`]. The process makes no network request, writes no log, and
//! says nothing on stdout but frames.

mod arguments;
mod caller;
mod card;
mod clock;
mod framing;
mod hardening;
mod install;
mod lock;
mod operation;
mod policy;
mod session;
mod sign;
mod subject;
mod window;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use caller::{Caller, Settings};
use framing::Outbox;
use operation::End;
use session::{Opening, Service, Session};

/// Runs the program: as the host of a browser when the arguments name an extension, otherwise as the command that a
/// person typed. Ends with 0 when the browser closed the connection, with 1 or 2 when a command failed.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    match Caller::from_arguments(&arguments) {
        None => arguments::run(arguments),
        // Without this no password is safe here, so no frame is read.
        Some(_) if hardening::close_memory().is_err() => ExitCode::FAILURE,
        Some(caller) => {
            serve(granted_to(&caller, arguments.first()));
            ExitCode::SUCCESS
        }
    }
}

fn granted_to(caller: &Caller, launcher: Option<&OsString>) -> Service {
    let settings = launcher.and_then(|launcher| Settings::beside(Path::new(launcher)));
    match settings.filter(|settings| settings.allow(caller)) {
        Some(settings) => Service::Granted { development: settings.development },
        None => Service::Forbidden,
    }
}

/// Serves one connection. The main thread owns the windows, because some systems allow them nowhere else.
fn serve(service: Service) {
    let (sender, openings) = channel();
    let session = Session::new(service, Outbox::new(std::io::stdout()), sender);
    let reader = std::thread::spawn(move || session.serve(std::io::stdin()));
    open_windows(&openings);
    let _ended = reader.join();
}

fn open_windows(openings: &Receiver<Opening>) {
    for opening in openings {
        perform(opening);
    }
}

/// One signing from its window to its answer. Only the main thread may open a window.
fn perform(opening: Opening) {
    let Opening { operation, subject, development, lock } = opening;
    let subject = Arc::new(subject);
    let (reports, heard) = channel();
    let (watched, carried) = (operation.clone(), operation.clone());
    let supervisor = std::thread::spawn(move || watched.supervise());
    let signed = Arc::clone(&subject);
    std::thread::spawn(move || card::run(&carried, &signed, &reports));
    let end = match window::show(&operation, subject.shown(), development, heard) {
        Ok(()) => End::Declined,
        Err(_) => End::Unavailable,
    };
    operation.stop(end);
    let _answered = supervisor.join();
    drop(lock);
}
