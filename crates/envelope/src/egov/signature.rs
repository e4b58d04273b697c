//! Reading an element of 署名情報: every element, attribute and algorithm is the profile's, or is refused by name.

use super::error::SignatureError;
use super::form::{CANONICALIZATION, DIGEST, SIGNATURE};
use super::kousei::FORM;
use super::parse::FileReference;
use super::tree::{Aside, Node, SIGNATURE_NAMESPACE};
use super::{MAX_CERTIFICATE, MAX_REFERENCES, SIGNATURE_LENGTH, moment, name};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use shomei_application::Timestamp;

/// What a Signature holds.
pub(super) struct Parts<'d> {
    /// The element that is signed in its canonical form.
    pub(super) signed_info: Node<'d>,
    pub(super) time: Timestamp,
    /// The digest of 構成情報 that the first reference states.
    pub(super) form_digest: [u8; 32],
    pub(super) files: Vec<FileReference>,
    pub(super) value: Vec<u8>,
    pub(super) certificate: Vec<u8>,
}

pub(super) fn read(signature: Node<'_>) -> Result<Parts<'_>, SignatureError> {
    check_name(signature, "Signature")?;
    check_inside(signature)?;
    let id = attribute(signature, "Id")?;
    let time = moment::from_id(id).ok_or_else(|| SignatureError::Id { found: id.to_owned() })?;
    let mut children = Children::of(signature)?;
    let signed_info = children.next("SignedInfo")?;
    let value = children.next("SignatureValue")?;
    let key = children.next("KeyInfo")?;
    children.finish()?;
    let (form_digest, files) = read_signed_info(signed_info)?;
    let value = exactly(SIGNATURE_LENGTH, value, "SignatureValue")?;
    Ok(Parts { signed_info, time, form_digest, files, value, certificate: read_key(key)? })
}

fn check_inside(signature: Node<'_>) -> Result<(), SignatureError> {
    match signature.comment_or_instruction() {
        Some(Aside::Comment { offset }) => return Err(SignatureError::Comment { offset }),
        Some(Aside::Instruction { offset }) => return Err(SignatureError::Instruction { offset }),
        None => {}
    }
    for node in signature.tree() {
        if let Some(found) = node.declarations().find(|found| *found != SIGNATURE_NAMESPACE) {
            return Err(SignatureError::Namespace { offset: node.offset(), found: found.to_owned() });
        }
    }
    Ok(())
}

fn read_signed_info(node: Node<'_>) -> Result<([u8; 32], Vec<FileReference>), SignatureError> {
    no_attributes(node)?;
    let mut children = Children::of(node)?;
    check_algorithm(children.next("CanonicalizationMethod")?, "CanonicalizationMethod", CANONICALIZATION)?;
    check_algorithm(children.next("SignatureMethod")?, "SignatureMethod", SIGNATURE)?;
    let count = children.rest.len();
    if count > MAX_REFERENCES {
        return Err(SignatureError::References { count });
    }
    let form_digest = read_form_reference(children.next("Reference")?)?;
    let mut files: Vec<FileReference> = Vec::new();
    while !children.rest.is_empty() {
        let reference = children.next("Reference")?;
        let file = read_file_reference(reference)?;
        if files.iter().any(|earlier| earlier.name == file.name) {
            return Err(SignatureError::SecondReference { offset: reference.offset(), name: file.name });
        }
        files.push(file);
    }
    Ok((form_digest, files))
}

fn read_form_reference(node: Node<'_>) -> Result<[u8; 32], SignatureError> {
    let uri = attribute(node, "URI")?;
    let fragment = uri.strip_prefix('#').map(name::decode);
    if fragment.as_ref().and_then(|fragment| fragment.as_deref().ok()) != Some(FORM) {
        return Err(SignatureError::FirstReference { offset: node.offset(), found: uri.to_owned() });
    }
    let mut children = Children::of(node)?;
    let transforms = children.next("Transforms")?;
    no_attributes(transforms)?;
    let mut inside = Children::of(transforms)?;
    check_algorithm(inside.next("Transform")?, "Transform", CANONICALIZATION)?;
    inside.finish()?;
    read_digest(children)
}

fn read_file_reference(node: Node<'_>) -> Result<FileReference, SignatureError> {
    let uri = attribute(node, "URI")?;
    let name = name::from_reference(uri).map_err(|error| SignatureError::FileReference {
        offset: node.offset(),
        found: uri.to_owned(),
        error,
    })?;
    Ok(FileReference { name, sha256: read_digest(Children::of(node)?)? })
}

/// The end of every reference.
fn read_digest(mut children: Children<'_>) -> Result<[u8; 32], SignatureError> {
    check_algorithm(children.next("DigestMethod")?, "DigestMethod", DIGEST)?;
    let node = children.next("DigestValue")?;
    children.finish()?;
    let octets = exactly(32, node, "DigestValue")?;
    let offset = node.offset();
    <[u8; 32]>::try_from(octets).map_err(|_| SignatureError::Base64 { offset, element: "DigestValue" })
}

fn read_key(key: Node<'_>) -> Result<Vec<u8>, SignatureError> {
    let mut node = key;
    for inside in ["X509Data", "X509Certificate"] {
        no_attributes(node)?;
        let mut children = Children::of(node)?;
        node = children.next(inside)?;
        children.finish()?;
    }
    let certificate = octets(node, "X509Certificate")?;
    match certificate.len() {
        1..=MAX_CERTIFICATE => Ok(certificate),
        length => Err(SignatureError::CertificateLength { offset: node.offset(), length }),
    }
}

fn check_algorithm(node: Node<'_>, element: &'static str, expected: &str) -> Result<(), SignatureError> {
    let found = attribute(node, "Algorithm")?;
    if found != expected {
        return Err(SignatureError::Algorithm { offset: node.offset(), element, found: found.to_owned() });
    }
    Children::of(node)?.finish()
}

fn exactly(expected: usize, node: Node<'_>, element: &'static str) -> Result<Vec<u8>, SignatureError> {
    let octets = octets(node, element)?;
    match octets.len() {
        length if length == expected => Ok(octets),
        length => Err(SignatureError::Length { offset: node.offset(), element, length, expected }),
    }
}

/// The octets that an element writes in base64. Line breaks may stand anywhere, nothing else may.
fn octets(node: Node<'_>, element: &'static str) -> Result<Vec<u8>, SignatureError> {
    no_attributes(node)?;
    if let Some(child) = node.elements().next() {
        return Err(SignatureError::Unexpected { offset: child.offset(), found: full_name(child) });
    }
    let characters: String = node.text().chars().filter(|one| !matches!(one, '\r' | '\n')).collect();
    let offset = node.offset();
    BASE64_STANDARD.decode(&characters).map_err(|_| SignatureError::Base64 { offset, element })
}

/// The elements directly inside another, taken one after the other.
struct Children<'d> {
    parent: Node<'d>,
    rest: std::collections::VecDeque<Node<'d>>,
}

impl<'d> Children<'d> {
    fn of(parent: Node<'d>) -> Result<Self, SignatureError> {
        match parent.is_blank() {
            true => Ok(Self { parent, rest: parent.elements().collect() }),
            false => Err(SignatureError::Text { offset: parent.offset() }),
        }
    }

    fn next(&mut self, expected: &'static str) -> Result<Node<'d>, SignatureError> {
        let missing = SignatureError::Missing { offset: self.parent.offset(), expected };
        let node = self.rest.pop_front().ok_or(missing)?;
        check_name(node, expected)?;
        Ok(node)
    }

    fn finish(mut self) -> Result<(), SignatureError> {
        match self.rest.pop_front() {
            None => Ok(()),
            Some(node) => Err(SignatureError::Unexpected { offset: node.offset(), found: full_name(node) }),
        }
    }
}

fn check_name(node: Node<'_>, expected: &'static str) -> Result<(), SignatureError> {
    if node.namespace() == Some(SIGNATURE_NAMESPACE) && node.local_name() == expected {
        return Ok(());
    }
    Err(SignatureError::Element { offset: node.offset(), expected, found: full_name(node) })
}

fn full_name(node: Node<'_>) -> String {
    match node.namespace() {
        Some(SIGNATURE_NAMESPACE) => node.local_name().to_owned(),
        other => format!("{{{}}}{}", other.unwrap_or_default(), node.local_name()),
    }
}

/// The value of the one attribute that the element has.
fn attribute<'d>(node: Node<'d>, name: &str) -> Result<&'d str, SignatureError> {
    match node.attributes() {
        [only] if only.name.local_name == name && only.name.namespace_uri.is_none() => Ok(&only.value),
        _ => Err(SignatureError::Attributes { offset: node.offset() }),
    }
}

fn no_attributes(node: Node<'_>) -> Result<(), SignatureError> {
    match node.attributes() {
        [] => Ok(()),
        _ => Err(SignatureError::Attributes { offset: node.offset() }),
    }
}
