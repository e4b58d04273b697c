//! CMS in BER that is not DER: other programs read the same in it, so it would be a second file of one signature.

use crate::attack::{Attack, Expected, Unusable};
use crate::cms::Cms;
use shomei_pki::der::Reader;

/// An element whose length and form can be written otherwise.
struct Node {
    tag: u8,
    content: Content,
}

enum Content {
    Elements(Vec<Node>),
    Octets(Vec<u8>),
}

/// How one element is written. All others are in DER.
#[derive(Clone, Copy)]
enum Trick {
    /// A length without an end, and two zeros (X.690 §8.1.3.6).
    Indefinite,
    /// The length in one octet more than it needs.
    LongLength,
    /// The length in eight octets.
    EightOctets,
    /// Octets in two pieces (X.690 §8.7.3).
    Pieces,
    /// The tag in three octets (X.690 §8.1.2.4).
    LongTag,
    /// A zero before the content.
    LeadingZero,
    /// The children from the last to the first.
    Backwards,
}

/// Where elements stand, by the place of each on the way to them.
const PLACES: [(&str, &[usize]); 15] = [
    ("ContentInfo", &[]),
    ("the wrapper", &[1]),
    ("SignedData", &[1, 0]),
    ("the digest algorithms", &[1, 0, 1]),
    ("the content's info", &[1, 0, 2]),
    ("the content's wrapper", &[1, 0, 2, 1]),
    ("the certificates", &[1, 0, 3]),
    ("the certificate", &[1, 0, 3, 0]),
    ("the signers", &[1, 0, 4]),
    ("the signer", &[1, 0, 4, 0]),
    ("the signer's name", &[1, 0, 4, 0, 1]),
    ("the attributes", &[1, 0, 4, 0, 3]),
    ("an attribute", &[1, 0, 4, 0, 3, 0]),
    ("an attribute's values", &[1, 0, 4, 0, 3, 0, 1]),
    ("the signature's algorithm", &[1, 0, 4, 0, 4]),
];

const LENGTH: Expected = Unusable("der-length");
const CONTENT: Expected = Unusable("der-content");

/// Single ones, by the tricks that suit them.
const OTHERS: [(&str, &[usize], Trick, Expected); 16] = [
    ("the content in pieces", &[1, 0, 2, 1, 0], Trick::Pieces, Unusable("der-unknown-type")),
    ("the signature in pieces", &[1, 0, 4, 0, 5], Trick::Pieces, Unusable("der-unknown-type")),
    ("the content with a long length", &[1, 0, 2, 1, 0], Trick::LongLength, LENGTH),
    ("the signature with a long length", &[1, 0, 4, 0, 5], Trick::LongLength, LENGTH),
    ("the type with a long length", &[0], Trick::LongLength, Unusable("no-format")),
    ("the version with a long length", &[1, 0, 0], Trick::LongLength, LENGTH),
    ("ContentInfo with a length of eight octets", &[], Trick::EightOctets, Unusable("no-format")),
    ("the signer with a length of eight octets", &[1, 0, 4, 0], Trick::EightOctets, LENGTH),
    ("ContentInfo with a long tag", &[], Trick::LongTag, Unusable("no-format")),
    ("the signer with a long tag", &[1, 0, 4, 0], Trick::LongTag, Unusable("der-long-tag")),
    ("the version with a zero before", &[1, 0, 0], Trick::LeadingZero, CONTENT),
    ("the signer's version with a zero before", &[1, 0, 4, 0, 0], Trick::LeadingZero, CONTENT),
    ("the serial number with a zero before", &[1, 0, 4, 0, 1, 1], Trick::LeadingZero, CONTENT),
    ("NULL with content", &[1, 0, 4, 0, 4, 1], Trick::LeadingZero, CONTENT),
    (
        "the attributes backwards, signed in order",
        &[1, 0, 4, 0, 3],
        Trick::Backwards,
        Unusable("not-the-one-form"),
    ),
    ("SignedData backwards", &[1, 0], Trick::Backwards, Unusable("der-other-element")),
];

pub(crate) fn attacks() -> Vec<Attack> {
    let good = Cms::good().encode();
    let attack = |name: String, path: &[usize], trick, expected| {
        Attack::new(name, "a.p7m", read(&good).write(path, trick), expected)
    };
    let lengths = [("without end", Trick::Indefinite), ("too long", Trick::LongLength)];
    let products = PLACES.iter().flat_map(|(what, path)| lengths.map(|length| (what, path, length)));
    let products = products.map(|(what, path, (how, trick))| {
        attack(format!("BER: the length of {what} {how}"), path, trick, LENGTH)
    });
    let others = OTHERS
        .iter()
        .map(|(name, path, trick, expected)| attack(format!("BER: {name}"), path, *trick, *expected));
    products.chain(others).collect()
}

fn read(der: &[u8]) -> Node {
    let element = Reader::new(der).read().unwrap();
    let content = if element.tag().is_constructed() {
        let mut children = element.children();
        Content::Elements(
            std::iter::from_fn(|| (!children.is_empty()).then(|| read(children.read().unwrap().raw())))
                .collect(),
        )
    } else {
        Content::Octets(element.content().to_vec())
    };
    Node { tag: element.tag().0, content }
}

impl Node {
    /// This element, the one at `path` below it written by the trick.
    fn write(&self, path: &[usize], trick: Trick) -> Vec<u8> {
        let Some((next, deeper)) = path.split_first() else { return self.written_by(trick) };
        let Content::Elements(children) = &self.content else { panic!("no child {next}") };
        let write = |(place, child): (usize, &Self)| {
            if place == *next { child.write(deeper, trick) } else { child.der() }
        };
        with_length(self.tag, &children.iter().enumerate().flat_map(write).collect::<Vec<_>>())
    }

    fn der(&self) -> Vec<u8> {
        with_length(self.tag, &self.inside())
    }

    fn inside(&self) -> Vec<u8> {
        match &self.content {
            Content::Elements(children) => children.iter().flat_map(Self::der).collect(),
            Content::Octets(octets) => octets.clone(),
        }
    }

    fn written_by(&self, trick: Trick) -> Vec<u8> {
        let (tag, inside) = (self.tag, self.inside());
        let length = inside.len().to_be_bytes();
        let zeros = length.iter().take_while(|octet| **octet == 0).count().min(7);
        match trick {
            Trick::Indefinite => [&[tag, 0x80], inside.as_slice(), &[0, 0]].concat(),
            Trick::LongLength if inside.len() < 0x80 => [&[tag, 0x81, length[7]], inside.as_slice()].concat(),
            Trick::LongLength => {
                let count = u8::try_from(8 - zeros + 1).unwrap();
                [&[tag, 0x80 | count, 0], &length[zeros..], &inside].concat()
            }
            Trick::EightOctets => [&[tag, 0x88], &length[..], &inside].concat(),
            Trick::LongTag => {
                let written = with_length(tag, &inside);
                [&[tag | 0x1f, 0x80, tag & 0x1f], &written[1..]].concat()
            }
            Trick::LeadingZero => with_length(tag, &[&[0], inside.as_slice()].concat()),
            Trick::Pieces => {
                let (first, second) = inside.split_at(inside.len() / 2);
                with_length(tag | 0x20, &[with_length(tag, first), with_length(tag, second)].concat())
            }
            Trick::Backwards => {
                let Content::Elements(children) = &self.content else { panic!("no children") };
                with_length(tag, &children.iter().rev().flat_map(Self::der).collect::<Vec<_>>())
            }
        }
    }
}

fn with_length(tag: u8, content: &[u8]) -> Vec<u8> {
    shomei_pki::der::element(shomei_pki::der::Tag(tag), content)
}
