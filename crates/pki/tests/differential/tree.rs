//! A certificate as a tree that can be broken in any place and written again, also in ways that DER does not allow.

use shomei_pki::der::{Element, Reader, Tag};

/// How the length octets are written.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Form {
    /// Shortest and definite: DER.
    Shortest,
    /// Definite with one octet too many: BER.
    Long,
    /// Indefinite, closed by two zero octets: BER.
    Indefinite,
}

/// One element: either content or children behind a prefix (the count of unused bits of a BIT STRING).
#[derive(Clone)]
pub(crate) struct Node {
    pub(crate) tag: u8,
    pub(crate) form: Form,
    pub(crate) prefix: Vec<u8>,
    pub(crate) content: Vec<u8>,
    pub(crate) children: Vec<Node>,
}

impl Node {
    /// Reads a certificate with what its OCTET STRINGs and the BIT STRING of its key hold.
    pub(crate) fn parse(der: &[u8]) -> Self {
        Self::of(&Reader::new(der).read().unwrap(), true)
    }

    /// Looks into an OCTET STRING once only: what is inside the value of an extension is that value, but twenty octets
    /// of a key identifier can look like anything.
    fn of(element: &Element<'_>, look_inside: bool) -> Self {
        let (tag, content) = (element.tag(), element.content());
        let (prefix, inside) = match (tag, content) {
            (Tag::OCTET_STRING, inside) if look_inside => (&content[..0], inside),
            (Tag::BIT_STRING, [0, inside @ ..]) if look_inside => (&content[..1], inside),
            (tag, inside) if tag.is_constructed() => (&content[..0], inside),
            _ => (content, &content[..0]),
        };
        let deeper = look_inside && tag.is_constructed();
        let children = series(inside, deeper).filter(|children| tag.is_constructed() || !children.is_empty());
        let (prefix, content) = if children.is_some() { (prefix, &content[..0]) } else { (&[][..], content) };
        Self {
            tag: tag.0,
            form: Form::Shortest,
            prefix: prefix.to_vec(),
            content: content.to_vec(),
            children: children.unwrap_or_default(),
        }
    }

    pub(crate) fn leaf(tag: u8, content: &[u8]) -> Self {
        let (prefix, content) = (Vec::new(), content.to_vec());
        Self { tag, form: Form::Shortest, prefix, content, children: Vec::new() }
    }

    pub(crate) fn branch(tag: u8, children: Vec<Node>) -> Self {
        Self { children, ..Self::leaf(tag, &[]) }
    }

    pub(crate) fn at(&mut self, path: &[usize]) -> &mut Node {
        path.iter().fold(self, |node, index| &mut node.children[*index])
    }

    /// The paths of every element below this one, parents first.
    pub(crate) fn paths(&self) -> Vec<Vec<usize>> {
        let below = |(index, child): (usize, &Node)| {
            let deeper = child.paths().into_iter().map(move |path| [vec![index], path].concat());
            std::iter::once(vec![index]).chain(deeper).collect::<Vec<_>>()
        };
        self.children.iter().enumerate().flat_map(below).collect()
    }

    /// The extensions of a certificate.
    pub(crate) fn extensions(&mut self) -> &mut Vec<Node> {
        &mut self.at(&[0, 7, 0]).children
    }

    /// The extension 2.5.29.`number`.
    pub(crate) fn extension(&mut self, number: u8) -> &mut Node {
        let named = |node: &&mut Node| node.children[0].content == [0x55, 0x1d, number];
        self.extensions().iter_mut().find(named).unwrap()
    }

    /// The value of the extension 2.5.29.`number`, inside its OCTET STRING.
    pub(crate) fn value(&mut self, number: u8) -> &mut Node {
        &mut self.extension(number).children.last_mut().unwrap().children[0]
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let children: Vec<u8> = self.children.iter().flat_map(Node::encode).collect();
        let body = [self.prefix.as_slice(), &self.content, &children].concat();
        let length = body.len().to_be_bytes();
        let significant: Vec<u8> = length.into_iter().skip_while(|octet| *octet == 0).collect();
        let count = u8::try_from(significant.len()).unwrap();
        let header = match (self.form, body.len()) {
            (Form::Shortest, 0..0x80) => vec![length[7]],
            (Form::Shortest, _) => [vec![0x80 | count], significant].concat(),
            (Form::Long, _) => [vec![0x80 | (count + 1), 0], significant].concat(),
            (Form::Indefinite, _) => vec![0x80],
        };
        let end: &[u8] = if self.form == Form::Indefinite { &[0, 0] } else { &[] };
        [&[self.tag], header.as_slice(), &body, end].concat()
    }
}

/// The elements that these octets are, if they are nothing else.
fn series(octets: &[u8], look_inside: bool) -> Option<Vec<Node>> {
    let mut reader = Reader::new(octets);
    let mut found = Vec::new();
    while !reader.is_empty() {
        found.push(Node::of(&reader.read().ok()?, look_inside));
    }
    Some(found)
}
