//! Strict JSON on bytes and its canonical form (RFC 8785), for values that get signed.
//!
//! Knows booleans, integers within ±(2^53−1), strings, arrays and objects: the part of I-JSON (RFC 7493) in which
//! two readers cannot disagree. `null`, fractions, exponents, duplicate keys and lone surrogates are refused. It is
//! deliberately not a general JSON library: there is no mapping to types and no pretty printer.

mod parse;
#[cfg(test)]
mod tests;
mod value;
mod write;

pub use parse::{Error, ErrorKind, MAX_DEPTH, parse};
pub use value::{Integer, Object, Value};
pub use write::{to_canonical, to_canonical_string};
