//! The octets inside the two kinds of stream that say where objects are (ISO 32000-1 §7.4.4, §7.5.7, §7.5.8).

use super::MAX_DECODED;
use super::error::EnvelopeError;
use super::object::{Dictionary, Object};

/// Columns of a row before a predictor: the longest entry of a cross-reference stream, and many times more.
const MAX_COLUMNS: usize = 4096;

/// The octets of a stream that is not compressed, or only with FlateDecode and PNG predictors.
pub(super) fn decode(dictionary: &Dictionary, raw: &[u8], offset: usize) -> Result<Vec<u8>, EnvelopeError> {
    let error = |why| EnvelopeError::Stream { offset, why };
    let filter = match dictionary.get("Filter") {
        None => None,
        Some(Object::Array(filters)) => match filters.as_slice() {
            [] => None,
            [filter] => Some(filter),
            _ => return Err(error("more than one filter")),
        },
        Some(filter) => Some(filter),
    };
    let parameters = match dictionary.get("DecodeParms") {
        Some(Object::Array(parameters)) => parameters.first(),
        other => other,
    };
    match filter {
        None if raw.len() <= MAX_DECODED => Ok(raw.to_vec()),
        Some(filter) if filter.is_name("FlateDecode") => {
            let octets = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(raw, MAX_DECODED)
                .map_err(|_| error("not compressed as it says, or too long"))?;
            match parameters.and_then(Object::as_dictionary) {
                None => Ok(octets),
                Some(parameters) => {
                    predicted(&octets, parameters).ok_or_else(|| error("a predictor that is not known"))
                }
            }
        }
        _ => Err(error("another filter than FlateDecode")),
    }
}

/// Takes a predictor away: none, or those of PNG over rows of octets (ISO 32000-1 §7.4.4.4).
fn predicted(octets: &[u8], parameters: &Dictionary) -> Option<Vec<u8>> {
    let number = |key, otherwise| parameters.get(key).map_or(Some(otherwise), Object::as_integer);
    let predictor = number("Predictor", 1)?;
    if predictor == 1 {
        return Some(octets.to_vec());
    }
    let columns = number("Columns", 1).filter(|columns| (1..=MAX_COLUMNS).contains(columns))?;
    let plain = (10..=15).contains(&predictor) && number("Colors", 1)? == 1;
    if !plain || number("BitsPerComponent", 8)? != 8 || !octets.len().is_multiple_of(columns + 1) {
        return None;
    }
    let (mut out, mut above) = (Vec::with_capacity(octets.len()), vec![0; columns]);
    for row in octets.chunks(columns + 1) {
        let (kind, row) = row.split_first()?;
        above = unfiltered(*kind, row, &above)?;
        out.extend_from_slice(&above);
    }
    Some(out)
}

/// One row (ISO/IEC 15948 §9.2).
fn unfiltered(kind: u8, row: &[u8], above: &[u8]) -> Option<Vec<u8>> {
    let mut out: Vec<u8> = Vec::with_capacity(row.len());
    let mut corner = 0;
    for (octet, up) in row.iter().zip(above) {
        let left = out.last().copied().unwrap_or(0);
        let prediction = match kind {
            0 => 0,
            1 => left,
            2 => *up,
            3 => left.midpoint(*up),
            4 => paeth(left, *up, corner),
            _ => return None,
        };
        corner = *up;
        out.push(octet.wrapping_add(prediction));
    }
    Some(out)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(up) - i16::from(corner);
    let distance = |octet: u8| (estimate - i16::from(octet)).abs();
    if distance(left) <= distance(up) && distance(left) <= distance(corner) {
        left
    } else if distance(up) <= distance(corner) {
        up
    } else {
        corner
    }
}
