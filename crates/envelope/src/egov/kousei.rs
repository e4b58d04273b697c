//! The parts of a `kousei.xml`, and what may not stand in or beside them.

use super::error::{EnvelopeError, FormError};
use super::tree::{self, Aside, Node, SIGNATURE_NAMESPACE};
use std::iter::Peekable;
use std::ops::Range;
use uppsala::{Document, QName};

/// The element that is signed, and the value of its attribute ID.
pub(super) const FORM: &str = "構成情報";
/// The element that holds the signatures.
const LIST: &str = "署名情報";
/// What stands before the form, in this order.
pub(super) const BEFORE: [&str; 3] = ["様式ID", "様式バージョン", "STYLESHEET"];
/// What may stand at the end.
pub(super) const OTHER: &str = "その他";

/// The parts of a document.
pub(super) struct Kousei<'d> {
    /// 構成情報.
    pub(super) form: Node<'d>,
    /// 署名情報, if it is there.
    list: Option<Node<'d>>,
    /// Whether there is その他.
    pub(super) other: bool,
}

/// Finds the parts. Everything of the profile but the inside of the signatures holds afterwards.
pub(super) fn read<'d>(document: &'d Document<'d>) -> Result<Kousei<'d>, EnvelopeError> {
    let root = tree::root(document)?;
    if root.namespace().is_some() || root.local_name() != "DataRoot" {
        return Err(EnvelopeError::Root { found: root.local_name().to_owned() });
    }
    check_bare(root)?;
    let mut children = root.elements().peekable();
    for expected in BEFORE {
        next(&mut children, expected)?;
    }
    let form = next(&mut children, FORM)?;
    let list = children.next_if(|child| is_plain(*child, LIST));
    let other = children.next_if(|child| is_plain(*child, OTHER)).is_some();
    if let Some(child) = children.next() {
        let found = child.local_name().to_owned();
        return Err(EnvelopeError::UnexpectedPart { offset: child.offset(), found });
    }
    list.map_or(Ok(()), check_bare)?;
    check_id(root, form)?;
    check_form(form)?;
    let kousei = Kousei { form, list, other };
    kousei.refuse_signatures_elsewhere(root)?;
    Ok(kousei)
}

fn next<'d>(
    children: &mut Peekable<impl Iterator<Item = Node<'d>>>,
    expected: &'static str,
) -> Result<Node<'d>, EnvelopeError> {
    let child = children.next().ok_or(EnvelopeError::MissingPart { expected })?;
    match is_plain(child, expected) {
        true => Ok(child),
        false => Err(EnvelopeError::Part {
            offset: child.offset(),
            expected,
            found: child.local_name().to_owned(),
        }),
    }
}

fn is_plain(node: Node<'_>, name: &str) -> bool {
    node.namespace().is_none() && node.local_name() == name
}

/// Neither attributes, which canonicalization would hand down to what is signed, nor text.
fn check_bare(node: Node<'_>) -> Result<(), EnvelopeError> {
    let offset = node.offset();
    if !node.attributes().is_empty() || node.declarations().next().is_some() {
        return Err(EnvelopeError::PartAttributes { offset });
    }
    if !node.is_blank() {
        return Err(EnvelopeError::PartText { offset });
    }
    Ok(())
}

/// The form has its ID and no other attribute, and no other element has that ID, however the attribute is called.
fn check_id(root: Node<'_>, form: Node<'_>) -> Result<(), EnvelopeError> {
    let has_it = |node: &Node<'_>| {
        let mut called =
            node.attributes().iter().filter(|one| one.name.local_name.eq_ignore_ascii_case("id"));
        called.any(|attribute| attribute.value.trim() == FORM)
    };
    let is_id = |name: &QName<'_>| name.local_name == "ID" && name.namespace_uri.is_none();
    match form.attributes() {
        [attribute] if is_id(&attribute.name) && attribute.value == FORM => {}
        _ => return Err(EnvelopeError::FormId { offset: form.offset() }),
    }
    match root.tree().find(|node| has_it(node) && node.offset() != form.offset()) {
        None => Ok(()),
        Some(second) => Err(EnvelopeError::SecondId { offset: second.offset() }),
    }
}

/// What canonicalization would drop, or people would not see, is refused.
fn check_form(form: Node<'_>) -> Result<(), EnvelopeError> {
    match form.comment_or_instruction() {
        Some(Aside::Comment { offset }) => return Err(FormError::Comment { offset }.into()),
        Some(Aside::Instruction { offset }) => return Err(FormError::Instruction { offset }.into()),
        None => {}
    }
    let of_name = |name: &QName<'_>| name.namespace_uri.is_some() || name.local_name.contains(':');
    let qualified = |node: &Node<'_>| {
        let attribute = node.attributes().iter().any(|attribute| of_name(&attribute.name));
        let name = node.namespace().is_some() || node.local_name().contains(':');
        name || attribute || node.declarations().next().is_some()
    };
    match form.tree().find(qualified) {
        None => Ok(()),
        Some(node) => Err(FormError::Namespace { offset: node.offset() }.into()),
    }
}

impl<'d> Kousei<'d> {
    /// The elements inside 署名情報, in their order.
    pub(super) fn signatures(&self) -> Vec<Node<'d>> {
        self.list.map(|list| list.elements().collect()).unwrap_or_default()
    }

    /// Another program might take the first Signature of a document, wherever it stands.
    fn refuse_signatures_elsewhere(&self, root: Node<'d>) -> Result<(), EnvelopeError> {
        let list = self.list.map(Node::range).unwrap_or_default();
        let mut signatures = root.tree().filter(|node| node.namespace() == Some(SIGNATURE_NAMESPACE));
        match signatures.find(|node| !list.contains(&node.offset())) {
            None => Ok(()),
            Some(node) => Err(EnvelopeError::SignatureElsewhere { offset: node.offset() }),
        }
    }

    /// The octets that a further signature takes the place of, and what stands before and behind it there. Nothing
    /// but the tags of 署名情報, where they are missing or one, is ever replaced.
    pub(super) fn place(&self) -> (Range<usize>, &'static str, &'static str) {
        let (open, close) = ("<署名情報>", "</署名情報>");
        let Some(list) = self.list else {
            let end = self.form.range().end;
            return (end..end, open, close);
        };
        let Range { start, end } = list.range();
        if list.source().ends_with("/>") {
            return (end.saturating_sub(2)..end, ">", close);
        }
        let inside = start + list.source().rfind("</").unwrap_or_default();
        (inside..inside, "", "")
    }
}
