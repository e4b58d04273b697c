//! The wire between vpcd and a card: frames of a two-byte big-endian length and that many bytes. A frame of one byte
//! is a control (power off, power on, reset, answer to reset); any other is a command. Only commands and the
//! request for the answer to reset are answered.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::sockopt::set_tcp_quickack;
use thiserror::Error;

use super::any_card::AnyCard;
use super::fault::Fault;
use super::specimen::{RecordError, Specimen};

const POWER_OFF: u8 = 0x00;
const POWER_ON: u8 = 0x01;
const RESET: u8 = 0x02;
const ANSWER_TO_RESET: u8 = 0x04;

/// Why a card stopped answering.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LinkError {
    /// The connection failed.
    #[error("connection to vpcd: {0}")]
    Connection(#[from] io::Error),
    /// A control that no version of vpcd is known to send.
    #[error("unknown control {0:02X} from vpcd")]
    UnknownControl(u8),
    /// An answer longer than a frame can say.
    #[error("an answer of {0} bytes does not fit a frame")]
    AnswerTooLong(usize),
    /// What the card did or keeps could not be written down.
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// How a card's stay in a reader ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The connection was closed, here or by vpcd.
    Closed,
    /// [`Fault::Remove`].
    Left,
}

/// The connection of a card to vpcd. It can be cut from another thread.
pub(super) struct Plug {
    address: String,
    /// Nothing once it is cut.
    stream: Mutex<Option<TcpStream>>,
}

impl Plug {
    pub(super) fn connect(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        Ok(Self { address: address.to_owned(), stream: Mutex::new(Some(stream)) })
    }

    /// Ends the connection for good, in the middle of a command if there is one.
    pub(super) fn cut(&self) {
        if let Some(stream) = self.lock().take() {
            // Fails only where vpcd has closed its end, which ends the card's stay just as well.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Ends the connection and makes another, unless it was cut.
    fn swap(&self) -> io::Result<()> {
        let mut stream = self.lock();
        if let Some(stream) = &mut *stream {
            let _ = stream.shutdown(Shutdown::Both);
            *stream = TcpStream::connect(&self.address)?;
        }
        Ok(())
    }

    fn current(&self) -> io::Result<Option<TcpStream>> {
        self.lock().as_ref().map(TcpStream::try_clone).transpose()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<TcpStream>> {
        self.stream.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What follows an exchange.
enum Next {
    GoOn,
    Leave,
    /// Another connection at once, for the same card in the same state.
    Reconnect,
    /// The same for a card without power meanwhile.
    Swap,
}

/// Lets a card answer until vpcd closes the connection, the plug is cut or a fault takes the card away. The card loses
/// power at the end.
pub(super) fn serve(specimen: &Specimen, plug: &Plug) -> Result<Ending, LinkError> {
    let ended = stay(specimen, plug);
    specimen.with_card(AnyCard::power_off);
    plug.cut();
    match ended {
        // Whoever cuts a connection, or closes it in the middle of a frame, has seen enough.
        Err(LinkError::Connection(_)) => Ok(Ending::Closed),
        ended => ended,
    }
}

fn stay(specimen: &Specimen, plug: &Plug) -> Result<Ending, LinkError> {
    while let Some(mut stream) = plug.current()? {
        match answer_frames(specimen, &mut stream)? {
            Next::GoOn => return Ok(Ending::Closed),
            Next::Leave => return Ok(Ending::Left),
            Next::Reconnect => plug.swap()?,
            Next::Swap => {
                specimen.with_card(AnyCard::power_off);
                plug.swap()?;
            }
        }
    }
    Ok(Ending::Closed)
}

/// Answers until the connection ends ([`Next::GoOn`]) or a fault ends it.
fn answer_frames(specimen: &Specimen, stream: &mut TcpStream) -> Result<Next, LinkError> {
    while let Some(frame) = receive(stream)? {
        match frame.as_slice() {
            [] => {}
            [POWER_OFF] => specimen.with_card(AnyCard::power_off),
            [POWER_ON] => specimen.with_card(AnyCard::power_on),
            [RESET] => specimen.with_card(AnyCard::reset),
            [ANSWER_TO_RESET] => send(stream, &specimen.with_card(|card| card.atr().to_vec()))?,
            [control] => return Err(LinkError::UnknownControl(*control)),
            command => match exchange(specimen, stream, command)? {
                Next::GoOn => {}
                ended => return Ok(ended),
            },
        }
    }
    Ok(Next::GoOn)
}

fn exchange(specimen: &Specimen, stream: &mut TcpStream, command: &[u8]) -> Result<Next, LinkError> {
    let turn = specimen.exchange(command)?;
    match turn.fault {
        Some(Fault::Delay(delay)) => until_cut(stream, Some(delay))?,
        Some(Fault::Silent) => until_cut(stream, None)?,
        _ => {}
    }
    if let Some(said) = turn.said {
        send(stream, &said)?;
    }
    Ok(match turn.fault {
        Some(Fault::Remove) => Next::Leave,
        // vpcd takes no frame without bytes; it makes an empty answer of a connection that ends instead of one.
        Some(Fault::Empty) => Next::Reconnect,
        Some(Fault::Swap) => Next::Swap,
        _ => Next::GoOn,
    })
}

/// Waits until the connection ends, or for so long. What vpcd sends meanwhile waits too.
fn until_cut(stream: &TcpStream, longest: Option<Duration>) -> io::Result<()> {
    let longest = longest.map(Timespec::try_from).transpose().map_err(io::Error::other)?;
    loop {
        match poll(&mut [PollFd::new(stream, PollFlags::RDHUP)], longest.as_ref()) {
            Err(rustix::io::Errno::INTR) => {}
            ended => return ended.map(|_| ()).map_err(io::Error::from),
        }
    }
}

/// One frame, or nothing at the end of the connection.
fn receive(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 2];
    match read_exact(stream, &mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let mut frame = vec![0; usize::from(u16::from_be_bytes(length))];
    read_exact(stream, &mut frame)?;
    Ok(Some(frame))
}

/// Reads with delayed acknowledgements off. vpcd writes length and body apart, so that the body waits (Nagle) for
/// the acknowledgement of the length: 40 ms for every command. The kernel forgets the setting, so it is made again
/// before each read.
fn read_exact(stream: &mut TcpStream, mut buffer: &mut [u8]) -> io::Result<()> {
    while !buffer.is_empty() {
        set_tcp_quickack(&*stream, true)?;
        match stream.read(buffer) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => buffer = buffer.get_mut(count..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn send(stream: &mut TcpStream, body: &[u8]) -> Result<(), LinkError> {
    let length = u16::try_from(body.len()).map_err(|_| LinkError::AnswerTooLong(body.len()))?;
    stream.write_all(&[length.to_be_bytes().as_slice(), body].concat())?;
    Ok(())
}
