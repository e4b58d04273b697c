//! One figure. Its line is the format of `crates/xtask/src/bench/row.rs`.

use serde::Serialize;

/// A measured value and what it stands beside.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    figure: String,
    ours: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    peer_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<f64>,
    unit: Unit,
}

/// What a value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Unit {
    /// Commands with their answers.
    #[serde(rename = "exchanges")]
    Exchanges,
    /// Bytes of commands.
    #[serde(rename = "bytes to card")]
    BytesToCard,
    /// Bytes of answers, status words included.
    #[serde(rename = "bytes from card")]
    BytesFromCard,
    /// Microseconds.
    #[serde(rename = "µs")]
    Microseconds,
    /// Milliseconds.
    #[serde(rename = "ms")]
    Milliseconds,
    /// Seconds.
    #[serde(rename = "s")]
    Seconds,
    /// Octets of memory for each entry of a list.
    #[serde(rename = "octets an entry")]
    OctetsAnEntry,
}

impl Figure {
    /// A value that stands beside nothing yet.
    pub fn new(figure: impl Into<String>, ours: f64, unit: Unit) -> Self {
        Self { figure: figure.into(), ours, peer: None, peer_name: None, limit: None, unit }
    }

    /// The same with what `name` takes for it.
    #[must_use]
    pub fn beside(self, name: &str, peer: f64) -> Self {
        Self { peer: Some(peer), peer_name: Some(name.to_owned()), ..self }
    }

    /// The same with the most that it may be.
    #[must_use]
    pub fn within(self, limit: Option<f64>) -> Self {
        Self { limit, ..self }
    }

    /// Whether it has a limit.
    #[must_use]
    pub const fn is_limited(&self) -> bool {
        self.limit.is_some()
    }

    /// Whether it is more than it may be.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| self.ours > limit)
    }

    /// Its line, without the end of it.
    ///
    /// # Errors
    /// When a value is no number.
    pub fn to_line(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}
