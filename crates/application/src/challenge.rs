//! The server's challenge: one use, a short life, and what a wrong clock looks like.

use crate::Timestamp;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// The longest life of a challenge: an hour, so that a long form can be read and a forgotten one is worthless.
pub const MAX_CHALLENGE_SECONDS: i64 = 60 * 60;
/// How far a resident's clock may be off before it is called wrong: 15 minutes either way.
pub const CLOCK_TOLERANCE_SECONDS: i64 = 15 * 60;

/// How long after its end a challenge counts as forgotten rather than as seen through a wrong clock.
const FORGOTTEN_SECONDS: i64 = 24 * 60 * 60;

/// 32 random bytes that the server issued when the resident confirmed, and their life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// 43 characters of base64url without padding (RFC 4648 §5): 32 bytes.
    pub value: String,
    /// When the server issued it, by the server's clock.
    pub created_at: Timestamp,
    /// When it ends, at most [`MAX_CHALLENGE_SECONDS`] later.
    pub expires_at: Timestamp,
}

/// What a clock says of a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Within its life, give or take the tolerance.
    Fresh,
    /// Its life is over; a new one is needed.
    Expired,
    /// The clock that judged must be wrong: it is before the challenge was made, or more than a day after its end.
    ClockOff,
}

/// What is wrong with a challenge that no clock could mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChallengeError {
    /// Not 43 characters of base64url that hold 32 bytes.
    #[error("not 32 bytes in base64url without padding")]
    Value,
    /// It ends before or when it begins.
    #[error("it ends before it begins")]
    EndsFirst,
    /// It lives longer than [`MAX_CHALLENGE_SECONDS`].
    #[error("it lives longer than {MAX_CHALLENGE_SECONDS} seconds")]
    TooLong,
}

impl Challenge {
    /// A challenge of 32 random bytes that begins at `now` and lives `seconds`; for servers.
    pub fn issue(random: &[u8; 32], now: Timestamp, seconds: i64) -> Result<Self, ChallengeError> {
        let expires_at = now.moved_by(seconds);
        let challenge = Self { value: BASE64_URL_SAFE_NO_PAD.encode(random), created_at: now, expires_at };
        challenge.check().map(|()| challenge)
    }

    /// Judges the challenge at `now`, by a clock that may be `tolerance` seconds off either way:
    /// [`CLOCK_TOLERANCE_SECONDS`] on a resident's machine, 0 on the server that issued it.
    ///
    /// A clock that is behind shows a challenge from the future: [`Freshness::ClockOff`]. A clock that is ahead looks
    /// like a page left open. Within a day after the end the page is the likelier cause, and a new challenge is the
    /// remedy for it: [`Freshness::Expired`]. Later than that no form waits, so the clock is blamed.
    pub fn freshness(&self, now: Timestamp, tolerance: i64) -> Freshness {
        if now.seconds_since(self.created_at) < -tolerance {
            return Freshness::ClockOff;
        }
        match now.seconds_since(self.expires_at) - tolerance {
            ..=0 => Freshness::Fresh,
            1..=FORGOTTEN_SECONDS => Freshness::Expired,
            _ => Freshness::ClockOff,
        }
    }

    /// The rules that hold whatever the time: the value's form, the order of the times, the longest life.
    pub fn check(&self) -> Result<(), ChallengeError> {
        if BASE64_URL_SAFE_NO_PAD.decode(&self.value).map(|random| random.len()) != Ok(32) {
            return Err(ChallengeError::Value);
        }
        match self.expires_at.seconds_since(self.created_at) {
            ..=0 => Err(ChallengeError::EndsFirst),
            1..=MAX_CHALLENGE_SECONDS => Ok(()),
            _ => Err(ChallengeError::TooLong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CREATED: i64 = 1_795_466_880;
    const LIFE: i64 = 1800;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(CREATED + seconds).unwrap()
    }

    #[test]
    fn a_clock_says_fresh_expired_or_that_it_is_wrong() {
        use Freshness::*;
        let tolerance = CLOCK_TOLERANCE_SECONDS;
        let day = 24 * 60 * 60;
        let cases = [
            ("when it is made", 0, tolerance, Fresh),
            ("at its end", LIFE, tolerance, Fresh),
            ("as far behind as tolerated", -tolerance, tolerance, Fresh),
            ("a second further behind", -tolerance - 1, tolerance, ClockOff),
            ("as far ahead as tolerated", LIFE + tolerance, tolerance, Fresh),
            ("a second further ahead", LIFE + tolerance + 1, tolerance, Expired),
            ("a day after that", LIFE + tolerance + day, tolerance, Expired),
            ("a second more", LIFE + tolerance + day + 1, tolerance, ClockOff),
            ("by the server's own clock, at its end", LIFE, 0, Fresh),
            ("by the server's own clock, after it", LIFE + 1, 0, Expired),
            ("by the server's own clock, before it", -1, 0, ClockOff),
        ];
        let challenge = Challenge::issue(&[7; 32], at(0), LIFE).unwrap();
        for (name, seconds, tolerance, expected) in cases {
            assert_eq!(challenge.freshness(at(seconds), tolerance), expected, "{name}");
        }
    }

    #[test]
    fn a_challenge_is_32_bytes_and_lives_at_most_an_hour() {
        let value = "A".repeat(43);
        let cases = [
            ("an hour", value.as_str(), 3600, Ok(())),
            ("a second more", &value, 3601, Err(ChallengeError::TooLong)),
            ("no time", &value, 0, Err(ChallengeError::EndsFirst)),
            ("backwards", &value, -1, Err(ChallengeError::EndsFirst)),
            ("31 bytes", &value[..42], 60, Err(ChallengeError::Value)),
            ("33 bytes", &"A".repeat(44), 60, Err(ChallengeError::Value)),
            ("padding", &format!("{value}="), 60, Err(ChallengeError::Value)),
            ("bits beyond the 32 bytes", &format!("{}B", &value[..42]), 60, Err(ChallengeError::Value)),
            ("the other alphabet", &format!("+{}", &value[..42]), 60, Err(ChallengeError::Value)),
            ("nothing", "", 60, Err(ChallengeError::Value)),
        ];
        for (name, value, life, expected) in cases {
            let challenge = Challenge { value: value.to_owned(), created_at: at(0), expires_at: at(life) };
            assert_eq!(challenge.check(), expected, "{name}");
        }
    }

    #[test]
    fn issuing_keeps_the_bytes_apart() {
        let value = |byte| Challenge::issue(&[byte; 32], at(0), LIFE).unwrap().value;
        assert_eq!(value(0), "A".repeat(43));
        assert_ne!(value(1), value(2));
        assert_eq!(Challenge::issue(&[0; 32], at(0), 3601), Err(ChallengeError::TooLong));
    }
}
