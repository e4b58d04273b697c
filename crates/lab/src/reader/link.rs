//! The wire between vpcd and a card: frames of a two-byte big-endian length and that many bytes. A frame of one byte
//! is a control (power off, power on, reset, answer to reset); any other is a command. Only commands and the
//! request for the answer to reset are answered.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use rustix::net::sockopt::set_tcp_quickack;
use shomei_virtual_card::VirtualCard;
use thiserror::Error;

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
}

/// What a card did: commands answered, and the time that it took for them.
#[derive(Debug, Default)]
pub struct Work {
    exchanges: AtomicU64,
    microseconds: AtomicU64,
}

impl Work {
    /// Commands answered and microseconds spent since the last time this was asked.
    pub fn take(&self) -> (u64, u64) {
        (self.exchanges.swap(0, Ordering::Relaxed), self.microseconds.swap(0, Ordering::Relaxed))
    }

    fn add(&self, begun: Instant) {
        self.exchanges.fetch_add(1, Ordering::Relaxed);
        let microseconds = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(microseconds, Ordering::Relaxed);
    }
}

/// Lets the card answer until vpcd closes the connection or the other half of `stream` is shut down, counting its
/// work. The card loses power at the end.
///
/// # Errors
/// [`LinkError`]; the card has lost power then too.
pub fn serve(card: &mut VirtualCard, mut stream: TcpStream, work: &Work) -> Result<(), LinkError> {
    let ended = answer_frames(card, &mut stream, work);
    card.power_off();
    ended
}

fn answer_frames(card: &mut VirtualCard, stream: &mut TcpStream, work: &Work) -> Result<(), LinkError> {
    while let Some(frame) = receive(stream)? {
        match frame.as_slice() {
            [] => {}
            [POWER_OFF] => card.power_off(),
            [POWER_ON] => {
                card.power_on();
            }
            [RESET] => {
                card.reset();
            }
            [ANSWER_TO_RESET] => send(stream, card.atr())?,
            [control] => return Err(LinkError::UnknownControl(*control)),
            command => {
                let begun = Instant::now();
                let answer = card.respond(command);
                work.add(begun);
                send(stream, &answer)?;
            }
        }
    }
    Ok(())
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
