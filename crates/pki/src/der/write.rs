//! Writing DER. Lengths are computed, sets are sorted; the caller supplies the order of sequences.

use super::Tag;

/// One element with this tag and content.
pub fn element(tag: Tag, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 6);
    out.push(tag.0);
    push_length(&mut out, content.len());
    out.extend_from_slice(content);
    out
}

/// A constructed element with this tag around `parts` in the given order. Each part is a whole element.
pub fn sequence(tag: Tag, parts: &[&[u8]]) -> Vec<u8> {
    element(tag, &parts.concat())
}

/// A constructed element with this tag around `parts` in ascending order of their encodings (X.690 §11.6).
pub fn set_of(tag: Tag, mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    parts.sort();
    element(tag, &parts.concat())
}

/// An INTEGER between 0 and 127.
pub fn integer(value: i8) -> Vec<u8> {
    element(Tag::INTEGER, &value.to_be_bytes())
}

fn push_length(out: &mut Vec<u8>, length: usize) {
    let octets = length.to_be_bytes();
    let significant = octets.iter().skip_while(|octet| **octet == 0);
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let count = significant.clone().count();
            // A length in memory has at most eight octets, so the count always fits.
            out.push(0x80 | u8::try_from(count).unwrap_or(0x7f));
            out.extend(significant);
        }
    }
}
