//! A certificate as a list of named fields, read by a walk over its DER that knows nothing of how it was made.

use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::pkcs8::DecodePublicKey;
use rsa::signature::Verifier;
use sha1::{Digest, Sha1};
use sha2::Sha256;

/// One element: its tag, its value, and all its bytes.
#[derive(Clone, Copy)]
struct Element<'a> {
    tag: u8,
    value: &'a [u8],
    whole: &'a [u8],
}

fn elements(mut bytes: &[u8]) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    while let [tag, first, rest @ ..] = bytes {
        let (head, length) = match (first, rest) {
            (0x81, [low, ..]) => (3, usize::from(*low)),
            (0x82, [high, low, ..]) => (4, usize::from(u16::from_be_bytes([*high, *low]))),
            (length, _) => (2, usize::from(*length)),
        };
        let (whole, after) = bytes.split_at(head + length);
        found.push(Element { tag: *tag, value: &whole[head..], whole });
        bytes = after;
    }
    found
}

impl<'a> Element<'a> {
    fn children(self) -> Vec<Self> {
        elements(self.value)
    }

    fn child(self, index: usize) -> Self {
        self.children()[index]
    }

    fn of(certificate: &'a [u8]) -> Self {
        elements(certificate)[0]
    }
}

/// The to-be-signed part, by position. Only certificates of version 3 are read here.
struct Body<'a> {
    version: Element<'a>,
    serial: Element<'a>,
    algorithm: Element<'a>,
    issuer: Element<'a>,
    validity: Element<'a>,
    subject: Element<'a>,
    key: Element<'a>,
    extensions: Element<'a>,
}

impl<'a> Body<'a> {
    fn of(certificate: &'a [u8]) -> Self {
        let parts = Element::of(certificate).child(0).children();
        let [version, serial, algorithm, issuer, validity, subject, key, extensions] = parts[..] else {
            panic!("a certificate body of {} parts", parts.len());
        };
        Self { version, serial, algorithm, issuer, validity, subject, key, extensions }
    }

    /// The key's bits, after the count of unused ones.
    fn key_bits(&self) -> &'a [u8] {
        &self.key.child(1).value[1..]
    }
}

/// Every field of a certificate under its authority's. What depends on a key or the clock is told by its shape, and
/// what must equal something of the authority's by that.
pub(super) fn fields(certificate: &[u8], authority: &[u8]) -> Vec<(String, String)> {
    let (body, authority) = (Body::of(certificate), Body::of(authority));
    let [serial, modulus] = [body.serial.value, Element::of(body.key_bits()).child(0).value]
        .map(|number| format!("positive: {}, {} octets", number[0] < 0x80, number.len()));
    let exponent = Element::of(body.key_bits()).child(1);
    let mut fields = vec![
        field("version", show(body.version.child(0))),
        field("serial number", serial),
        field("signature algorithm", hex(body.algorithm.whole)),
        field("outer signature algorithm", hex(Element::of(certificate).child(1).whole)),
        field("issuer is the authority", body.issuer.whole == authority.subject.whole),
        field("not before", shape(body.validity.child(0), 12)),
        field("not after", shape(body.validity.child(1), 6)),
        field("key algorithm", hex(body.key.child(0).whole)),
        field("modulus", modulus),
        field("exponent", show(exponent)),
        field("signature verifies", verifies(certificate, &authority)),
    ];
    name(&mut fields, "issuer", body.issuer);
    name(&mut fields, "subject", body.subject);
    for (index, extension) in body.extensions.child(0).children().into_iter().enumerate() {
        let parts = extension.children();
        let title = extension_name(parts[0].value);
        let critical = parts.len() == 3 && parts[1].whole == [0x01, 0x01, 0xFF];
        fields.push(field(&format!("extension {index}"), format!("{title}, critical: {critical}")));
        let value = Element::of(parts.last().unwrap().value);
        leaves(&mut fields, title, value, &body, &authority);
    }
    fields
}

fn field(name: &str, value: impl ToString) -> (String, String) {
    (name.to_owned(), value.to_string())
}

fn name(fields: &mut Vec<(String, String)>, title: &str, name: Element<'_>) {
    for (index, step) in name.children().into_iter().enumerate() {
        let attribute = step.child(0);
        let kind = hex(attribute.child(0).value);
        // Common names are numbers drawn anew for each certificate.
        let value = match kind.as_str() {
            "550403" => shape(attribute.child(1), attribute.child(1).value.len()),
            _ => show(attribute.child(1)),
        };
        fields.push(field(&format!("{title} {index}"), format!("{kind} {value}")));
    }
}

/// The primitive elements below one, each under the title and its position.
fn leaves(
    fields: &mut Vec<(String, String)>,
    title: &str,
    element: Element<'_>,
    body: &Body<'_>,
    authority: &Body<'_>,
) {
    let is_name = element.whole == authority.subject.whole;
    if element.tag & 0x20 == 0 || is_name {
        let value =
            if is_name { "the authority's name".to_owned() } else { related(element, body, authority) };
        return fields.push(field(title, value));
    }
    fields.push(field(title, format!("{:02X}", element.tag)));
    for (index, child) in element.children().into_iter().enumerate() {
        leaves(fields, &format!("{title}.{index}"), child, body, authority);
    }
}

/// What a value is by its relation to key and authority, or else the value.
fn related(element: Element<'_>, body: &Body<'_>, authority: &Body<'_>) -> String {
    let key_identifier = |body: &Body<'_>| Sha1::digest(body.key_bits()).to_vec();
    match element.value {
        value if value == key_identifier(body) => format!("{:02X} SHA-1 of the key", element.tag),
        value if value == key_identifier(authority) => {
            format!("{:02X} SHA-1 of the authority's key", element.tag)
        }
        value if value == authority.serial.value => {
            format!("{:02X} the authority's serial number", element.tag)
        }
        _ => show(element),
    }
}

fn verifies(certificate: &[u8], authority: &Body<'_>) -> bool {
    let signature = Signature::try_from(&Element::of(certificate).child(2).value[1..]).unwrap();
    VerifyingKey::<Sha256>::from_public_key_der(authority.key.whole)
        .unwrap()
        .verify(Element::of(certificate).child(0).whole, &signature)
        .is_ok()
}

fn show(element: Element<'_>) -> String {
    match (element.tag, str::from_utf8(element.value)) {
        (0x0C, Ok(text)) => format!("UTF8String {text}"),
        (0x13, Ok(text)) => format!("PrintableString {text}"),
        (0x16 | 0x86, Ok(text)) => format!("{:02X} {text}", element.tag),
        (tag, _) => format!("{tag:02X} {}", hex(element.value)),
    }
}

/// Tag and text, the first characters reduced to whether they are digits or letters.
fn shape(element: Element<'_>, reduced: usize) -> String {
    let text = str::from_utf8(element.value).unwrap().char_indices().map(|(index, letter)| match letter {
        '0'..='9' | 'A'..='Z' if index < reduced => 'x',
        letter => letter,
    });
    format!("{:02X} {}", element.tag, text.collect::<String>())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn extension_name(identifier: &[u8]) -> &'static str {
    match identifier {
        [0x55, 0x1D, 0x0E] => "subjectKeyIdentifier",
        [0x55, 0x1D, 0x0F] => "keyUsage",
        [0x55, 0x1D, 0x11] => "subjectAltName",
        [0x55, 0x1D, 0x12] => "issuerAltName",
        [0x55, 0x1D, 0x13] => "basicConstraints",
        [0x55, 0x1D, 0x1F] => "cRLDistributionPoints",
        [0x55, 0x1D, 0x20] => "certificatePolicies",
        [0x55, 0x1D, 0x23] => "authorityKeyIdentifier",
        [0x55, 0x1D, 0x25] => "extKeyUsage",
        [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x01] => "authorityInfoAccess",
        other => panic!("an extension {}", hex(other)),
    }
}
