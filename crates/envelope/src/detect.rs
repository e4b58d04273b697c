//! Which format octets begin as. It chooses a reader and nothing else: what a reader refuses is refused.

use crate::Format;
use crate::cms;
use crate::jades::MAX_DETACHED;

/// How many octets of a file's beginning [`detect`] needs at most.
pub const DETECTED_OCTETS: usize = MAX_DETACHED;

/// id-signedData (RFC 5652 §5.1) as an element.
const SIGNED_DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
const OID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const EXPLICIT: u8 = 0xa0;
/// The members of JSON Web Signatures in JSON (RFC 7515 §7.2).
const JWS_MEMBERS: [&[u8]; 5] =
    [b"\"payload\"", b"\"protected\"", b"\"signature\"", b"\"signatures\"", b"\"header\""];
/// The root of a `kousei.xml`. Forms that lie beside it are XML, too, and no signatures.
const EGOV_ROOT: &[u8] = b"DataRoot";

/// The format that a file with this beginning claims to be in, or none of them. A file that begins as one of them and
/// then breaks off is still of that format: whoever sent it wanted it to be one.
///
/// - CMS SignedData in DER: detached where its content type is that of a file;
/// - JSON Web Signature: compact, detached where the payload is empty, or in JSON;
/// - PDF by `%PDF-` (ISO 32000-1 §7.5.2); XML by its root element.
///
/// Takes any octets, in time proportional to them. `beginning` need not have more than [`DETECTED_OCTETS`].
pub fn detect(beginning: &[u8]) -> Option<Format> {
    match beginning {
        [SEQUENCE, ..] => cms(beginning),
        [b'e', b'y', b'J', ..] => Some(compact(beginning)),
        [b'{', rest @ ..] => jws_in_json(rest).then_some(Format::Jades),
        _ if beginning.starts_with(b"%PDF-") => Some(Format::Pdf),
        _ => is_egov(beginning).then_some(Format::Egov),
    }
}

/// ContentInfo, [0], SignedData, version, digestAlgorithms, encapContentInfo, its content type (RFC 5652 §3, §5.1).
fn cms(input: &[u8]) -> Option<Format> {
    let signed_data = enter(input, SEQUENCE)?.strip_prefix(SIGNED_DATA)?;
    let content_type = enter(signed_data, EXPLICIT)
        .and_then(|rest| enter(rest, SEQUENCE))
        .and_then(skip)
        .and_then(skip)
        .and_then(|rest| enter(rest, SEQUENCE))
        .and_then(|rest| enter(rest, OID));
    match content_type.is_some_and(cms::is_content_type_of_files) {
        true => Some(Format::CadesDetached),
        false => Some(Format::Cades),
    }
}

/// What comes after tag and length, if the tag is this one. Whether the length is right, a reader finds out.
fn enter(input: &[u8], tag: u8) -> Option<&[u8]> {
    let (found, rest) = input.split_first()?;
    let (_, content) = length(rest)?;
    (*found == tag).then_some(content)
}

/// What comes after one element.
fn skip(input: &[u8]) -> Option<&[u8]> {
    let (_, rest) = input.split_first()?;
    let (length, content) = length(rest)?;
    content.get(length..)
}

/// A length and what comes after it (X.690 §8.1.3), of at most four octets. The indefinite one of BER counts as 0.
fn length(input: &[u8]) -> Option<(usize, &[u8])> {
    let (first, rest) = input.split_first()?;
    let count = match first {
        0..=0x7f => return Some((usize::from(*first), rest)),
        0x80..=0x84 => usize::from(first & 0x7f),
        _ => return None,
    };
    let (octets, rest) = rest.split_at_checked(count)?;
    let length = octets.iter().try_fold(0_usize, |length, octet| {
        length.checked_mul(256).and_then(|length| length.checked_add(usize::from(*octet)))
    })?;
    Some((length, rest))
}

fn compact(input: &[u8]) -> Format {
    let mut after_header = input.iter().skip_while(|octet| **octet != b'.').skip(1);
    match after_header.next() {
        Some(b'.') => Format::JadesDetached,
        _ => Format::Jades,
    }
}

fn jws_in_json(after_brace: &[u8]) -> bool {
    let first = after_brace.trim_ascii_start();
    JWS_MEMBERS.iter().any(|member| first.starts_with(member))
}

fn is_egov(input: &[u8]) -> bool {
    let mut rest = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input).trim_ascii_start();
    while let Some(after) = declaration(rest) {
        rest = after.trim_ascii_start();
    }
    let name = rest.strip_prefix(b"<").and_then(|root| root.strip_prefix(EGOV_ROOT));
    name.is_some_and(|after| !after.first().is_some_and(|next| next.is_ascii_alphanumeric()))
}

/// What comes after a processing instruction, the XML declaration among them, a comment or a DTD.
fn declaration(input: &[u8]) -> Option<&[u8]> {
    let instruction = || after(input.strip_prefix(b"<?")?, b"?>");
    let comment = || after(input.strip_prefix(b"<!--")?, b"-->");
    let dtd = || after_dtd(input.strip_prefix(b"<!DOCTYPE")?);
    instruction().or_else(comment).or_else(dtd)
}

/// What comes after a DTD. Its end is not looked for in its internal subset, literals, comments and instructions: a form
/// with a DTD is refused, but by the reader that says so.
fn after_dtd(mut input: &[u8]) -> Option<&[u8]> {
    let mut in_subset = false;
    loop {
        let (first, rest) = input.split_first()?;
        input = match first {
            b'<' if input.starts_with(b"<!--") => after(rest.strip_prefix(b"!--")?, b"-->")?,
            b'<' if input.starts_with(b"<?") => after(rest, b"?>")?,
            b'"' | b'\'' => after(rest, &[*first])?,
            b'>' if !in_subset => return Some(rest),
            _ => {
                in_subset = *first == b'[' || in_subset && *first != b']';
                rest
            }
        };
    }
}

/// What comes after the first such end.
fn after<'a>(input: &'a [u8], end: &[u8]) -> Option<&'a [u8]> {
    let place = input.windows(end.len()).position(|window| window == end)?;
    input.get(place.checked_add(end.len())?..)
}

#[cfg(test)]
mod tests;
