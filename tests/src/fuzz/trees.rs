//! Trees of DER and of JSON, edited by instructions that a fuzzer makes up, so that it spends its time beyond the first
//! length that is wrong.

use shomei_application::json::{self, Value};
use shomei_pki::der::{Element, Reader, Tag, element, sequence};

/// Octets of one instruction: what to do, to which node, with which other, and one more.
const INSTRUCTION: usize = 4;
/// Instructions that are carried out; every one can double the tree.
const MOST: usize = 6;

/// Elements of DER. Tags are kept as octets, so that an instruction can change them.
#[derive(Clone, Debug)]
pub(super) struct DerTree {
    tag: u8,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Children(Vec<DerTree>),
    Octets(Vec<u8>),
}

impl DerTree {
    /// The first element of `octets`, or an empty one.
    pub(super) fn read(octets: &[u8]) -> Self {
        Reader::new(octets)
            .read()
            .map_or(Self { tag: 0x30, content: Content::Octets(Vec::new()) }, |element| Self::of(&element))
    }

    fn of(element: &Element<'_>) -> Self {
        let tag = element.raw().first().copied().unwrap_or_default();
        if !element.tag().is_constructed() {
            return Self { tag, content: Content::Octets(element.content().to_vec()) };
        }
        let mut children = Vec::new();
        let mut reader = element.children();
        while let Ok(child) = reader.read() {
            children.push(Self::of(&child));
        }
        Self { tag, content: Content::Children(children) }
    }

    /// Carries out the instructions of `data`.
    pub(super) fn edit(&mut self, data: &[u8]) {
        for instruction in data.chunks_exact(INSTRUCTION).take(MOST) {
            if let [what, first, second, octet] = *instruction {
                self.change(what, usize::from(first), usize::from(second), octet);
            }
        }
    }

    fn change(&mut self, what: u8, place: usize, other: usize, octet: u8) {
        let copy = self.nth(&mut other.clone()).map(|node| node.clone());
        let count = self.count();
        let Some(node) = self.nth(&mut (place % count)) else { return };
        match (what % 7, &mut node.content) {
            (0, Content::Children(children)) => drop(children.pop()),
            (1, Content::Children(children)) => children.extend(copy),
            (2, Content::Children(children)) => children.reverse(),
            (3, content) => {
                if let Some(copy) = copy {
                    *content = copy.content;
                }
            }
            (4, _) => node.tag = octet,
            (5, Content::Octets(octets)) => octets.push(octet),
            (_, Content::Octets(octets)) => {
                let length = octets.len().max(1);
                if let Some(changed) = octets.get_mut(other % length) {
                    *changed ^= octet;
                }
            }
            (_, Content::Children(children)) => {
                let length = children.len().max(1);
                children.rotate_left(other % length);
            }
        }
    }

    fn count(&self) -> usize {
        match &self.content {
            Content::Octets(_) => 1,
            Content::Children(children) => 1 + children.iter().map(Self::count).sum::<usize>(),
        }
    }

    /// The node at that place, counted from the outside in.
    fn nth(&mut self, place: &mut usize) -> Option<&mut Self> {
        if *place == 0 {
            return Some(self);
        }
        *place -= 1;
        match &mut self.content {
            Content::Octets(_) => None,
            Content::Children(children) => children.iter_mut().find_map(|child| {
                let count = child.count();
                if *place < count {
                    child.nth(place)
                } else {
                    *place -= count;
                    None
                }
            }),
        }
    }

    /// The octets, with the lengths that they now have.
    pub(super) fn write(&self) -> Vec<u8> {
        let body = match &self.content {
            Content::Octets(octets) => element(Tag::OCTET_STRING, octets),
            Content::Children(children) => {
                let parts: Vec<Vec<u8>> = children.iter().map(Self::write).collect();
                sequence(Tag::OCTET_STRING, &parts.iter().map(Vec::as_slice).collect::<Vec<_>>())
            }
        };
        let mut octets = body;
        if let Some(tag) = octets.first_mut() {
            *tag = self.tag;
        }
        octets
    }
}

/// A JSON object whose members can have one name twice and stand in any order.
#[derive(Clone, Debug)]
pub(super) struct JsonTree(Vec<(String, String)>);

impl JsonTree {
    /// The members of an object, each with its text.
    pub(super) fn read(octets: &[u8]) -> Self {
        let value = json::parse(octets, octets.len());
        let members = value.as_ref().ok().and_then(Value::as_object);
        let texts = members.into_iter().flat_map(|members| members.iter());
        Self(texts.map(|(name, value)| (quoted(name), json::to_canonical_string(value))).collect())
    }

    /// Members that are strings.
    pub(super) fn of_strings(members: &[(&str, &str)]) -> Self {
        Self(members.iter().map(|(name, text)| (quoted(name), quoted(text))).collect())
    }

    /// Carries out the instructions of `data`.
    pub(super) fn edit(&mut self, data: &[u8]) {
        for instruction in data.chunks_exact(INSTRUCTION).take(MOST) {
            if let [what, first, second, octet] = *instruction {
                self.change(what, usize::from(first), usize::from(second), octet);
            }
        }
    }

    fn change(&mut self, what: u8, place: usize, other: usize, octet: u8) {
        let count = self.0.len().max(1);
        let (place, other) = (place % count, other % count);
        let Some(copy) = self.0.get(other).cloned() else { return };
        let Some(member) = self.0.get_mut(place) else { return };
        match what % 8 {
            0 => drop(self.0.remove(place)),
            1 => self.0.insert(place, copy),
            2 => self.0.swap(place, other),
            3 => member.0 = copy.0,
            4 => member.1 = copy.1,
            5 => member.0 = quoted(NAMES.get(usize::from(octet) % NAMES.len()).unwrap_or(&"")),
            6 => {
                member.1 =
                    TEXTS.get(usize::from(octet) % TEXTS.len()).map_or(copy.1, |text| (*text).to_owned())
            }
            _ => member.1 = altered(&member.1, other, octet),
        }
    }

    /// The object as text.
    pub(super) fn write(&self) -> Vec<u8> {
        let members: Vec<String> = self.0.iter().map(|(name, text)| format!("{name}:{text}")).collect();
        format!("{{{}}}", members.join(",")).into_bytes()
    }
}

/// Names that mean something in JSON Web Signature.
const NAMES: [&str; 12] =
    ["crit", "b64", "jwk", "jku", "x5u", "x5c", "alg", "typ", "kid", "header", "signatures", "sigD"];
/// Values that mean something there.
const TEXTS: [&str; 10] = [
    "\"none\"",
    "\"HS256\"",
    "\"RS256\"",
    "[\"b64\"]",
    "[\"sigD\"]",
    "false",
    "{}",
    "[]",
    "\"shomei-files+jose\"",
    "0",
];

fn quoted(text: &str) -> String {
    json::to_canonical_string(&Value::from(text))
}

/// One octet of a text changed, if it stays text.
fn altered(text: &str, place: usize, octet: u8) -> String {
    let mut octets = text.as_bytes().to_vec();
    if let Some(changed) = octets.get_mut(place) {
        *changed ^= octet & 0x7f;
    }
    String::from_utf8(octets).unwrap_or_else(|_| text.to_owned())
}
