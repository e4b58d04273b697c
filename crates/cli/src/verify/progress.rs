//! How far several files are, on standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// A plain line comes after as many files.
const EVERY: usize = 1_000;
/// A terminal's line is written anew as often.
const PAUSE: Duration = Duration::from_millis(100);

pub(super) struct Progress {
    total: usize,
    form: Form,
}

enum Form {
    Silent,
    /// Lines, for a log.
    Plain,
    /// One line that is written over.
    Terminal {
        last: Instant,
    },
}

impl Progress {
    /// Plain lines if they are asked for; otherwise one line if there is a terminal, and nothing if there is none.
    pub(super) fn of(total: usize, asked: bool) -> Self {
        let form = match (asked, io::stderr().is_terminal()) {
            (true, _) => Form::Plain,
            (false, true) => Form::Terminal { last: Instant::now() },
            (false, false) => Form::Silent,
        };
        Self { total, form }
    }

    /// `done` files are through. Where stderr is closed there is nobody to tell.
    pub(super) fn tell(&mut self, done: usize) {
        let total = self.total;
        match &mut self.form {
            Form::Silent => {}
            Form::Plain => {
                if done.is_multiple_of(EVERY) || done == total {
                    let _ = writeln!(io::stderr(), "shomei: {done} of {total} files");
                }
            }
            Form::Terminal { last } => {
                if last.elapsed() >= PAUSE {
                    *last = Instant::now();
                    let _ = write!(io::stderr(), "\r{done} / {total}");
                }
                if done == total {
                    // ECMA-48 §8.3.41: the line is erased.
                    let _ = write!(io::stderr(), "\r\u{1b}[2K");
                }
            }
        }
    }
}
