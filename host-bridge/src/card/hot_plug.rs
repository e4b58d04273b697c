//! How readers that come and go are noticed.
//!
//! PC/SC reports them through a reader of its own (`\\?PnP?\Notification`), so that one blocking call waits for readers
//! and cards alike. Some systems do not know that reader, or know its name and never report anything (macOS): there
//! the readers are listed again and again.

use std::time::Duration;

use pcsc::{Context, Error, PNP_NOTIFICATION, ReaderState, State};

/// The longest wait in one call where readers are reported: a safety net, for a reader that comes between two calls.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// How often the readers are listed where nobody reports them.
const LIST_EVERY: Duration = Duration::from_secs(1);

/// Who notices that a reader comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HotPlug {
    /// The service, which reports it.
    Reported,
    /// This program, by listing the readers again.
    Listed,
}

impl HotPlug {
    /// Asks the service once whether it knows the notification reader.
    ///
    /// # Errors
    /// That of the service, when it cannot be asked at all.
    pub(super) fn of(context: &Context) -> Result<Self, Error> {
        let mut asked = [ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE)];
        let answer = context.get_status_change(Duration::ZERO, &mut asked);
        Self::from_answer(answer, asked.first().map_or(State::UNKNOWN, ReaderState::event_state))
    }

    /// A service that knows the reader has nothing to report within no time, or says so without calling it unknown.
    fn from_answer(answer: Result<(), Error>, state: State) -> Result<Self, Error> {
        match answer {
            Ok(()) if state.intersects(State::UNKNOWN | State::IGNORE | State::UNAVAILABLE) => {
                Ok(Self::Listed)
            }
            Ok(()) | Err(Error::Timeout | Error::Cancelled) => Ok(Self::Reported),
            Err(
                Error::UnknownReader
                | Error::ReaderUnavailable
                | Error::NoReadersAvailable
                | Error::InvalidParameter
                | Error::InvalidValue
                | Error::UnsupportedFeature,
            ) => Ok(Self::Listed),
            Err(error) => Err(error),
        }
    }

    /// The longest that one call may wait for a change.
    pub(super) fn longest_wait(self) -> Duration {
        match self {
            Self::Reported => LONGEST_WAIT,
            Self::Listed => LIST_EVERY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::HotPlug;
    use pcsc::{Error, State};

    #[test]
    fn readers_are_listed_again_and_again_only_where_the_service_does_not_report_them() {
        let cases = [
            ("pcsc-lite", Err(Error::Timeout), State::UNAWARE, Ok(HotPlug::Reported)),
            ("a reader that came just then", Ok(()), State::CHANGED, Ok(HotPlug::Reported)),
            ("called too early", Err(Error::Cancelled), State::UNAWARE, Ok(HotPlug::Reported)),
            ("unknown by its state", Ok(()), State::CHANGED | State::UNKNOWN, Ok(HotPlug::Listed)),
            ("ignored", Ok(()), State::IGNORE, Ok(HotPlug::Listed)),
            ("unknown by the answer", Err(Error::UnknownReader), State::UNAWARE, Ok(HotPlug::Listed)),
            ("refused", Err(Error::InvalidParameter), State::UNAWARE, Ok(HotPlug::Listed)),
            ("no readers at all", Err(Error::NoReadersAvailable), State::UNAWARE, Ok(HotPlug::Listed)),
            ("no service", Err(Error::NoService), State::UNAWARE, Err(Error::NoService)),
            ("a service that went", Err(Error::CommError), State::UNAWARE, Err(Error::CommError)),
        ];
        for (name, answer, state, expected) in cases {
            assert_eq!(HotPlug::from_answer(answer, state), expected, "{name}");
        }
    }
}
