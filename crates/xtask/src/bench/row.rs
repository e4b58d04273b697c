//! The rows of the bench. This is the one definition of their format.
//!
//! A measuring program prints rows on its standard output and nothing else: one JSON object a line, in UTF-8, with
//! these members and no others.
//!
//! | member | what it is |
//! |---|---|
//! | `figure` | string: what was measured, in words |
//! | `ours` | number: what this project takes; less is better in every figure |
//! | `unit` | string: what the numbers count, such as `exchanges` or `ms` |
//! | `peer`, `peerName` | number and string, both or neither: what takes how much for the same |
//! | `limit` | number, may be left out: the most that `ours` may be |

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

/// One figure with what it stands beside.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Row {
    /// What was measured.
    pub figure: String,
    /// What this project takes.
    pub ours: f64,
    /// What somebody else takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peer: Option<f64>,
    /// Who that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peer_name: Option<String>,
    /// The most that `ours` may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<f64>,
    /// What the numbers count.
    pub unit: String,
}

impl Row {
    /// Whether the figure is over its limit.
    pub fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| self.ours > limit)
    }

    /// The row as its line, without the end of it.
    pub fn to_line(&self) -> Result<String> {
        Ok(serde_json::to_string(self)?)
    }
}

/// Reads what a measuring program printed.
pub fn parse(printed: &str) -> Result<Vec<Row>> {
    let rows: Vec<Row> = printed
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("not a row: {line}")))
        .collect::<Result<_>>()?;
    ensure!(!rows.is_empty(), "no rows");
    let nameless = rows.iter().find(|row| row.peer.is_some() != row.peer_name.is_some());
    ensure!(nameless.is_none(), "a peer without its name, or a name without its peer: {nameless:?}");
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_its_members_and_no_others() {
        let cases = [
            (r#"{"figure":"f","ours":1,"unit":"ms"}"#, true),
            (r#"{"figure":"f","ours":1.5,"peer":2,"peerName":"p","limit":3,"unit":"ms"}"#, true),
            (r#"{"figure":"f","ours":1,"peer":2,"unit":"ms"}"#, false),
            (r#"{"figure":"f","ours":1,"peerName":"p","unit":"ms"}"#, false),
            (r#"{"figure":"f","ours":"1","unit":"ms"}"#, false),
            (r#"{"figure":"f","ours":1}"#, false),
            (r#"{"figure":"f","ours":1,"unit":"ms","most":1}"#, false),
            ("warming up", false),
            ("", false),
        ];
        for (line, accepted) in cases {
            assert_eq!(parse(line).is_ok(), accepted, "{line}");
        }
    }

    #[test]
    fn only_more_than_the_limit_is_over() {
        for (ours, limit, over) in [(17, "17", false), (18, "17", true), (18, "null", false)] {
            let line = format!(r#"{{"figure":"f","ours":{ours},"limit":{limit},"unit":"exchanges"}}"#);
            assert_eq!(parse(&line).unwrap()[0].is_over(), over, "{line}");
        }
    }
}
