//! A document as a tree, its elements, and their canonical form.

use super::error::EnvelopeError;
use super::{MAX_DEPTH, MAX_XML, scan};
use bergshamra_c14n::C14nMode;
use bergshamra_xml::NodeSet;
use std::ops::Range;
use uppsala::{Attribute, Document, NodeId, NodeKind, Parser, XmlError};

/// The namespace of XML Signature (RFC 3275 §1.3).
pub(super) const SIGNATURE_NAMESPACE: &str = "http://www.w3.org/2000/09/xmldsig#";

/// An element of a document.
#[derive(Clone, Copy)]
pub(super) struct Node<'d> {
    document: &'d Document<'d>,
    id: NodeId,
}

/// The text of a document: UTF-8, as long as it may be.
pub(super) fn text(input: &[u8]) -> Result<&str, EnvelopeError> {
    if input.len() > MAX_XML {
        return Err(EnvelopeError::TooLong { length: input.len() });
    }
    std::str::from_utf8(input).map_err(|error| EnvelopeError::NotUtf8 { offset: error.valid_up_to() })
}

/// Builds the tree of a well-formed document without a DTD. One byte order mark may begin it.
pub(super) fn read(text: &str) -> Result<Document<'_>, EnvelopeError> {
    scan::check(text)?;
    let parser = Parser::new().with_forbid_dtd(true).with_forbid_entities(true).with_max_depth(MAX_DEPTH);
    let document = parser.parse(text).map_err(not_well_formed)?;
    check_declaration(&document)?;
    Ok(document)
}

/// The element that holds all others.
pub(super) fn root<'d>(document: &'d Document<'d>) -> Result<Node<'d>, EnvelopeError> {
    let id = document.document_element().ok_or(EnvelopeError::NoElement)?;
    Ok(Node { document, id })
}

fn check_declaration(document: &Document<'_>) -> Result<(), EnvelopeError> {
    let Some(declaration) = &document.xml_declaration else { return Ok(()) };
    if declaration.version != "1.0" {
        return Err(EnvelopeError::Version { found: declaration.version.as_ref().to_owned() });
    }
    match declaration.encoding.as_deref() {
        Some(encoding) if !encoding.eq_ignore_ascii_case("UTF-8") => {
            Err(EnvelopeError::Encoding { found: encoding.to_owned() })
        }
        _ => Ok(()),
    }
}

fn not_well_formed(error: XmlError) -> EnvelopeError {
    let (line, column) = match &error {
        XmlError::WellFormedness(at) => (at.line, at.column),
        XmlError::Namespace(at) => (at.line, at.column),
        XmlError::Parse(at) => (at.line, at.column),
        XmlError::UnexpectedEof | XmlError::XPath(_) | XmlError::Validation(_) => (0, 0),
    };
    EnvelopeError::NotWellFormed { line, column, reason: error.to_string() }
}

impl<'d> Node<'d> {
    /// Canonical XML 1.0 without comments of this element and what it holds, in its place in the document.
    pub(super) fn canonical(self) -> Result<Vec<u8>, EnvelopeError> {
        let subtree = NodeSet::tree_without_comments(self.id, self.document);
        let prefixes: [&str; 0] = [];
        bergshamra_c14n::canonicalize_doc(self.document, C14nMode::Inclusive, Some(&subtree), &prefixes)
            .map_err(|error| EnvelopeError::Canonicalization { reason: error.to_string() })
    }

    /// Where the element stands in the text, from `<` to the end of its end tag.
    pub(super) fn range(self) -> Range<usize> {
        self.document.node_range(self.id).unwrap_or_default()
    }

    /// The element as it stands in the text.
    pub(super) fn source(self) -> &'d str {
        self.document.node_source(self.id).unwrap_or_default()
    }

    pub(super) fn offset(self) -> usize {
        self.range().start
    }

    pub(super) fn namespace(self) -> Option<&'d str> {
        let name = &self.document.element(self.id)?.name;
        name.namespace_uri.as_deref().filter(|namespace| !namespace.is_empty())
    }

    /// The name without its prefix.
    pub(super) fn local_name(self) -> &'d str {
        self.document.element(self.id).map_or("", |element| &element.name.local_name)
    }

    /// The attributes, without namespace declarations.
    pub(super) fn attributes(self) -> &'d [Attribute<'d>] {
        self.document.element(self.id).map_or(&[], |element| &element.attributes)
    }

    /// The namespaces that are declared here; an empty one takes the default namespace away.
    pub(super) fn declarations(self) -> impl Iterator<Item = &'d str> {
        let element = self.document.element(self.id);
        element.into_iter().flat_map(|element| &element.namespace_declarations).map(|(_, name)| name.as_ref())
    }

    /// The elements directly inside.
    pub(super) fn elements(self) -> impl Iterator<Item = Node<'d>> {
        let children = self.document.children_iter(self.id).map(move |id| Node { id, ..self });
        children.filter(|child| self.document.element(child.id).is_some())
    }

    /// The text directly inside, character data and CDATA sections together.
    pub(super) fn text(self) -> String {
        let kinds = self.document.children_iter(self.id).filter_map(|id| self.document.node_kind(id));
        kinds.fold(String::new(), |mut text, kind| {
            if let NodeKind::Text(part) | NodeKind::CData(part) = kind {
                text.push_str(part);
            }
            text
        })
    }

    /// Whether nothing but white space (XML 1.0 §2.3) stands directly inside, beside elements.
    pub(super) fn is_blank(self) -> bool {
        self.text().bytes().all(|octet| matches!(octet, b' ' | b'\t' | b'\r' | b'\n'))
    }

    /// This element and every element inside it, in the document's order.
    pub(super) fn tree(self) -> impl Iterator<Item = Node<'d>> {
        let inside = self.document.descendants(self.id).into_iter();
        let elements = inside.filter(move |id| *id != self.id && self.document.element(*id).is_some());
        std::iter::once(self).chain(elements.map(move |id| Node { id, ..self }))
    }

    /// Where the first comment or processing instruction inside begins.
    pub(super) fn comment_or_instruction(self) -> Option<Aside> {
        self.document.descendants(self.id).into_iter().find_map(|id| {
            let offset = Node { id, ..self }.offset();
            match self.document.node_kind(id)? {
                NodeKind::Comment(_) => Some(Aside::Comment { offset }),
                NodeKind::ProcessingInstruction(_) => Some(Aside::Instruction { offset }),
                _ => None,
            }
        })
    }
}

/// Markup that is neither an element nor text.
pub(super) enum Aside {
    Comment { offset: usize },
    Instruction { offset: usize },
}
