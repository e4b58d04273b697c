//! Where orders come from: standard input, and a socket for whoever did not start the program.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use rustix::fs::Mode;
use rustix::process::umask;
use serde_json::Value;

/// How long an answer may take to be read.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the session hears of.
pub(super) enum Incoming {
    /// A line, and whom to answer.
    Line(String, Asker),
    /// Standard input ended.
    InputEnded,
    /// Standard input could not be read.
    InputFailed(io::Error),
    /// A card stopped answering, for whatever reason.
    StayEnded,
}

/// Whoever gave an order.
pub(super) enum Asker {
    /// By standard input: the answer goes to standard output.
    Input,
    /// By the socket: the answer goes back, and nobody else hears of it.
    Socket(UnixStream),
}

impl Asker {
    pub(super) fn answer(&self, event: &Value) -> io::Result<()> {
        match self {
            Self::Input => say(event),
            Self::Socket(stream) => {
                // Who asks and does not listen has to go without.
                let _ = writeln!(&*stream, "{event}");
                Ok(())
            }
        }
    }
}

/// Says something on standard output.
pub(super) fn say(event: &Value) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{event}").and_then(|()| output.flush())
}

/// Passes the lines of standard input on.
pub(super) fn listen_to_input(incoming: Sender<Incoming>) {
    thread::spawn(move || {
        for line in io::stdin().lock().lines() {
            let heard = line.map_or_else(Incoming::InputFailed, |line| Incoming::Line(line, Asker::Input));
            if incoming.send(heard).is_err() {
                return;
            }
        }
        let _ = incoming.send(Incoming::InputEnded);
    });
}

/// The control socket. Dropping it removes it.
pub(super) struct Control {
    path: PathBuf,
    listener: UnixListener,
}

impl Control {
    /// Makes the socket, for nobody but the user. One that nobody listens on any more is replaced.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let is_socket = fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket());
        if is_socket && UnixStream::connect(path).is_err() {
            fs::remove_file(path)?;
        }
        let before = umask(Mode::from_bits_truncate(0o177));
        let listener = UnixListener::bind(path);
        umask(before);
        Ok(Self { path: path.to_path_buf(), listener: listener? })
    }

    /// Passes the lines of everyone who connects on.
    pub(super) fn listen(&self, incoming: Sender<Incoming>) -> io::Result<()> {
        let listener = self.listener.try_clone()?;
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let incoming = incoming.clone();
                thread::spawn(move || listen_to(&stream, &incoming));
            }
        });
        Ok(())
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        // Fails only where somebody else removed it.
        let _ = fs::remove_file(&self.path);
    }
}

/// Passes lines on until the other side closes, or nobody cares any more.
fn listen_to(stream: &UnixStream, incoming: &Sender<Incoming>) {
    let passed = stream.set_write_timeout(Some(PATIENCE)).and_then(|()| {
        BufReader::new(stream).lines().try_for_each(|line| {
            let heard = Incoming::Line(line?, Asker::Socket(stream.try_clone()?));
            incoming.send(heard).map_err(|_| io::ErrorKind::BrokenPipe.into())
        })
    });
    // A connection that fails is one that ends.
    drop(passed);
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::sync::mpsc::channel;

    use serde_json::json;
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn everyone_who_connects_is_heard_and_answered_apart() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("control");
        let control = Control::open(&path).unwrap();
        let (sender, receiver) = channel();
        control.listen(sender).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let talk = |order: &str| {
            let stream = UnixStream::connect(&path).unwrap();
            writeln!(&stream, "{order}").unwrap();
            let Incoming::Line(heard, asker) = receiver.recv().unwrap() else { panic!("no line") };
            asker.answer(&json!({"heard": heard})).unwrap();
            let mut answer = String::new();
            BufReader::new(stream).read_line(&mut answer).unwrap();
            answer
        };
        for order in ["insert", "fault remove@7"] {
            assert_eq!(talk(order), format!("{{\"heard\":\"{order}\"}}\n"));
        }
        drop(control);
        assert!(!path.exists());
    }

    #[test]
    fn only_a_socket_that_nobody_listens_on_is_replaced() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("control");
        drop(UnixListener::bind(&path).unwrap());
        let control = Control::open(&path).unwrap();
        assert!(Control::open(&path).is_err(), "somebody listens");
        drop(control);
        fs::write(&path, "a file").unwrap();
        assert!(Control::open(&path).is_err(), "no socket");
        assert_eq!(fs::read_to_string(&path).unwrap(), "a file");
    }
}
