//! When the password field and the affirmative buttons may listen.
//!
//! Keys that were meant for the page must not land in the window that just opened above it. So nothing that matters
//! listens until the window has been visible, focused and free of keys for a moment.

use std::time::{Duration, Instant};

/// How long the window must have been visible, focused and free of keys.
pub const QUIET: Duration = Duration::from_millis(600);

/// Whether the window listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arming {
    quiet_since: Option<Instant>,
    armed: bool,
}

/// What one frame of the window saw.
#[derive(Debug, Clone, Copy)]
pub struct Attention {
    /// The window is on screen and has the keyboard.
    pub present: bool,
    /// A key was pressed, released or held since the last frame.
    pub keys: bool,
}

impl Arming {
    /// Deaf until the window has been quiet.
    #[must_use]
    pub fn new() -> Self {
        Self { quiet_since: None, armed: false }
    }

    /// Takes note of one frame. Losing the keyboard disarms at once; a key while waiting starts the wait again.
    pub fn observe(&mut self, now: Instant, attention: Attention) {
        if !attention.present {
            *self = Self::new();
            return;
        }
        let restart = attention.keys && !self.armed;
        let since = *self.quiet_since.get_or_insert(now);
        if restart {
            self.quiet_since = Some(now);
        } else if now.duration_since(since) >= QUIET {
            self.armed = true;
        }
    }

    /// Something new came up that a key already under way must not answer: wait again.
    pub fn again(&mut self) {
        *self = Self::new();
    }

    /// Whether the password field and the affirmative buttons listen.
    #[must_use]
    pub fn is_armed(self) -> bool {
        self.armed
    }
}

#[cfg(test)]
mod tests {
    use super::{Arming, Attention};
    use std::time::{Duration, Instant};

    /// Each step: milliseconds since the start, present, keys, expected to listen afterwards.
    type Step = (u64, bool, bool, bool);

    fn run(name: &str, steps: &[Step]) {
        let start = Instant::now();
        let mut arming = Arming::new();
        for (at, present, keys, expected) in steps {
            arming.observe(start + Duration::from_millis(*at), Attention { present: *present, keys: *keys });
            assert_eq!(arming.is_armed(), *expected, "{name}, at {at} ms");
        }
    }

    #[test]
    fn the_window_listens_only_after_600_quiet_milliseconds_with_the_keyboard() {
        let cases: [(&str, &[Step]); 6] = [
            ("quiet", &[(0, true, false, false), (599, true, false, false), (600, true, false, true)]),
            ("never focused", &[(0, false, false, false), (5000, false, false, false)]),
            ("typing on", &[(0, true, true, false), (500, true, true, false), (1099, true, false, false)]),
            ("typing ends", &[(0, true, true, false), (500, true, true, false), (1100, true, false, true)]),
            (
                "typing once it listens",
                &[(0, true, false, false), (600, true, false, true), (610, true, true, true)],
            ),
            (
                "focus lost",
                &[
                    (0, true, false, false),
                    (600, true, false, true),
                    (700, false, false, false),
                    (800, true, false, false),
                    (1400, true, false, true),
                ],
            ),
        ];
        for (name, steps) in cases {
            run(name, steps);
        }
    }

    #[test]
    fn a_new_question_waits_again() {
        let start = Instant::now();
        let present = Attention { present: true, keys: false };
        let mut arming = Arming::new();
        arming.observe(start, present);
        arming.observe(start + super::QUIET, present);
        arming.again();
        assert!(!arming.is_armed());
        arming.observe(start + super::QUIET, present);
        assert!(!arming.is_armed());
    }
}
