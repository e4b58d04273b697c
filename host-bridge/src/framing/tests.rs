use std::collections::VecDeque;
use std::io::{Error, ErrorKind, Read};

use proptest::prelude::*;

use super::{Frame, FrameError, Frames};

const LIMIT: usize = 64;

/// Gives its pieces one by one, each preceded by an interruption, as a stream under signals does.
struct Pieces(VecDeque<Vec<u8>>, bool);

impl Pieces {
    fn new(pieces: &[&[u8]]) -> Self {
        Self(pieces.iter().map(|piece| piece.to_vec()).collect(), false)
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(Error::from(ErrorKind::Interrupted));
        }
        let Some(mut piece) = self.0.pop_front() else {
            return Ok(0);
        };
        let count = piece.len().min(buffer.len());
        buffer[..count].copy_from_slice(&piece[..count]);
        piece.drain(..count);
        if !piece.is_empty() {
            self.0.push_front(piece);
        }
        Ok(count)
    }
}

fn frame(text: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(text.len()).unwrap().to_ne_bytes().to_vec();
    bytes.extend_from_slice(text);
    bytes
}

#[test]
fn two_frames_split_at_every_byte_are_read_whole() {
    let bytes = [frame("{\"id\":\"一\"}".as_bytes()), frame(b"{}")].concat();
    for cut in 1..bytes.len() {
        let mut frames = Frames::new(Pieces::new(&[&bytes[..cut], &bytes[cut..]]), LIMIT);
        assert_eq!(frames.read().unwrap(), Frame::Text("{\"id\":\"一\"}".into()), "cut at {cut}");
        assert_eq!(frames.read().unwrap(), Frame::Text("{}".into()), "cut at {cut}");
        assert_eq!(frames.read().unwrap(), Frame::End, "cut at {cut}");
    }
}

#[test]
fn a_stream_that_ends_inside_a_frame_is_truncated_wherever_it_ends() {
    let bytes = frame(b"{\"id\":\"a\"}");
    for cut in 1..bytes.len() {
        let mut frames = Frames::new(Pieces::new(&[&bytes[..cut]]), LIMIT);
        assert!(matches!(frames.read(), Err(FrameError::Truncated)), "cut at {cut}");
    }
}

#[test]
fn the_limit_itself_is_read_and_one_byte_more_is_refused_without_reading_it() {
    let full = vec![b'a'; LIMIT];
    assert!(matches!(Frames::new(&*frame(&full), LIMIT).read(), Ok(Frame::Text(_))));
    for length in [LIMIT + 1, usize::try_from(u32::MAX).unwrap()] {
        let claimed = u32::try_from(length).unwrap().to_ne_bytes();
        let refused = Frames::new(&claimed[..], LIMIT).read();
        assert!(matches!(refused, Err(FrameError::TooLarge { length: told }) if told == length));
    }
}

#[test]
fn an_empty_frame_and_one_that_is_not_utf8_leave_the_stream_in_step() {
    for bad in [&b""[..], &b"\xFF\xFE"[..]] {
        let bytes = [frame(bad), frame(b"{}")].concat();
        let mut frames = Frames::new(&bytes[..], LIMIT);
        assert!(frames.read().unwrap_err().keeps_step());
        assert_eq!(frames.read().unwrap(), Frame::Text("{}".into()));
    }
}

proptest! {
    #[test]
    fn whatever_arrives_is_a_frame_an_end_or_a_named_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut frames = Frames::new(&bytes[..], LIMIT);
        for _ in 0..=bytes.len() {
            match frames.read() {
                Ok(Frame::Text(text)) => prop_assert!(!text.is_empty() && text.len() <= LIMIT),
                Ok(Frame::End) => return Ok(()),
                Err(error) if error.keeps_step() => {}
                Err(_) => return Ok(()),
            }
        }
        prop_assert!(false, "more frames than bytes");
    }
}
