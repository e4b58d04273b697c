//! What the tests of this crate share: real certificates, a tree to break them with, and a seal in place of RSA.

use crate::der::{Element, Reader, Tag, element};
use crate::verifier::{Algorithm, SignatureMismatch, SignatureVerifier};
use sha2::{Digest, Sha256};

/// Certificates read off test cards of J-LIS, and their authorities.
pub(crate) const SIGNING: &[u8] = include_bytes!("../tests/data/jpki-sign-cert.der");
pub(crate) const AUTHENTICATION: &[u8] = include_bytes!("../tests/data/jpki-auth-cert.der");
pub(crate) const SIGNATURE_2019: &[u8] = include_bytes!("../tests/data/signca-test-2019.cer");
pub(crate) const SIGNATURE_2024: &[u8] = include_bytes!("../tests/data/signca-test-2024.cer");
pub(crate) const AUTHENTICATION_2019: &[u8] = include_bytes!("../tests/data/authca-test-2019.cer");
pub(crate) const AUTHENTICATION_2023: &[u8] = include_bytes!("../tests/data/authca-test-2023.cer");

/// One element of a tree that can be changed and written again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) tag: Tag,
    pub(crate) content: Vec<u8>,
    pub(crate) children: Vec<Node>,
}

impl Node {
    pub(crate) fn parse(der: &[u8]) -> Node {
        Node::from_element(&Reader::new(der).read().unwrap())
    }

    fn from_element(element: &Element<'_>) -> Node {
        let mut children = Vec::new();
        let mut reader = element.children();
        while element.tag().is_constructed() && !reader.is_empty() {
            children.push(Node::from_element(&reader.read().unwrap()));
        }
        Node { tag: element.tag(), content: element.content().to_vec(), children }
    }

    pub(crate) fn leaf(tag: Tag, content: &[u8]) -> Node {
        Node { tag, content: content.to_vec(), children: Vec::new() }
    }

    pub(crate) fn branch(tag: Tag, children: &[Node]) -> Node {
        Node { tag, content: Vec::new(), children: children.to_vec() }
    }

    pub(crate) fn at(&mut self, path: &[usize]) -> &mut Node {
        path.iter().fold(self, |node, index| &mut node.children[*index])
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        if !self.tag.is_constructed() {
            return element(self.tag, &self.content);
        }
        element(self.tag, &self.children.iter().map(Node::encode).collect::<Vec<_>>().concat())
    }

    /// The list of extensions of a certificate.
    pub(crate) fn extensions(&mut self) -> &mut Vec<Node> {
        &mut self.at(&[0, 7, 0]).children
    }

    /// The extension 2.5.29.`number` of a certificate.
    pub(crate) fn extension(&mut self, number: u8) -> &mut Node {
        let named = |node: &&mut Node| node.children[0].content == [0x55, 0x1d, number];
        self.extensions().iter_mut().find(named).unwrap()
    }

    /// Replaces the value of the extension 2.5.29.`number`.
    pub(crate) fn set_extension(&mut self, number: u8, value: &[u8]) {
        self.extension(number).children.last_mut().unwrap().content = value.to_vec();
    }

    /// Changes the value of the extension 2.5.29.`number` as a tree.
    pub(crate) fn edit_extension(&mut self, number: u8, edit: impl Fn(&mut Node)) {
        let value = &mut self.extension(number).children.last_mut().unwrap().content;
        let mut tree = Node::parse(value);
        edit(&mut tree);
        *value = tree.encode();
    }
}

/// An extension with this identifier.
pub(crate) fn extension(oid: &[u8], critical: bool, value: &[u8]) -> Node {
    let mut parts = vec![Node::leaf(Tag::OID, oid)];
    parts.extend(critical.then(|| Node::leaf(Tag::BOOLEAN, &[0xff])));
    parts.push(Node::leaf(Tag::OCTET_STRING, value));
    Node::branch(Tag::SEQUENCE, &parts)
}

/// Stands in for a signature where a test makes its own signed things: anyone can make it, and it binds key and message.
pub(crate) struct Seal;

impl Seal {
    pub(crate) fn make(public_key: &[u8], message: &[u8]) -> Vec<u8> {
        Sha256::new().chain_update(public_key).chain_update(message).finalize().to_vec()
    }
}

impl SignatureVerifier for Seal {
    fn verify(
        &self,
        _: Algorithm,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureMismatch> {
        if signature == Seal::make(public_key, message) { Ok(()) } else { Err(SignatureMismatch) }
    }
}
