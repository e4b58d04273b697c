//! Orders: lines on standard input or on the control socket.

use std::str::FromStr;

use thiserror::Error;

use super::fault::{FaultError, Planned};

/// What somebody wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// `insert`, `insert second`
    Insert(Place),
    /// `remove`, `remove second`
    Remove(Place),
    /// `count`: exchanges, time and bytes since the last count.
    Count,
    /// `fault SPEC`
    Fault(Planned),
    /// `standing`: how the card's passwords stand.
    Standing,
    /// `service stop`: PC/SC goes.
    StopService,
    /// `service start`: PC/SC comes back.
    StartService,
    /// `quit`
    Quit,
}

/// Which slot of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// `Virtual PCD 00 00`
    First,
    /// `Virtual PCD 00 01`
    Second,
}

/// A line that is no order.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(super) enum OrderError {
    #[error("no such order")]
    Unknown,
    #[error(transparent)]
    Fault(#[from] FaultError),
}

impl FromStr for Order {
    type Err = OrderError;

    fn from_str(line: &str) -> Result<Self, OrderError> {
        Ok(match line {
            "insert" => Self::Insert(Place::First),
            "insert second" => Self::Insert(Place::Second),
            "remove" => Self::Remove(Place::First),
            "remove second" => Self::Remove(Place::Second),
            "count" => Self::Count,
            "standing" => Self::Standing,
            "service stop" => Self::StopService,
            "service start" => Self::StartService,
            "quit" => Self::Quit,
            other => Self::Fault(other.strip_prefix("fault ").ok_or(OrderError::Unknown)?.parse()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_order_or_told_why_not() {
        let remove = Planned { fault: super::super::fault::Fault::Remove, at: 7.try_into().unwrap() };
        let cases = [
            ("insert", Ok(Order::Insert(Place::First))),
            ("insert second", Ok(Order::Insert(Place::Second))),
            ("remove", Ok(Order::Remove(Place::First))),
            ("remove second", Ok(Order::Remove(Place::Second))),
            ("count", Ok(Order::Count)),
            ("standing", Ok(Order::Standing)),
            ("service stop", Ok(Order::StopService)),
            ("service start", Ok(Order::StartService)),
            ("quit", Ok(Order::Quit)),
            ("fault remove@7", Ok(Order::Fault(remove))),
            ("fault dance", Err(OrderError::Fault(FaultError::Unknown("dance".to_owned())))),
            ("fault", Err(OrderError::Unknown)),
            ("remove third", Err(OrderError::Unknown)),
            ("Insert", Err(OrderError::Unknown)),
            ("", Err(OrderError::Unknown)),
        ];
        for (line, order) in cases {
            assert_eq!(line.parse(), order, "{line:?}");
        }
    }
}
