//! What people see of the form: read back from the octets that were digested, never from the document around them.

use super::error::{EnvelopeError, FormError};
use super::tree::{self, Node};
use super::{MAX_FIELDS, MAX_PATH};
use std::collections::HashMap;

/// A text of 構成情報, or an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The names from 構成情報 on, with `/` between them. A second or later element of a name beside others of it carries
    /// its number, as in XPath: `構成情報/添付書類属性情報[2]/添付書類名称`. An attribute's name follows an `@`.
    pub path: String,
    /// The text, every character as it was signed.
    pub text: String,
}

/// Every text and attribute in the canonical form of 構成情報, in its order. Empty elements are fields with empty text.
pub(super) fn read(canonical: &[u8]) -> Result<Vec<Field>, EnvelopeError> {
    let document = tree::read(tree::text(canonical)?)?;
    let form = tree::root(&document)?;
    let mut fields = Vec::new();
    collect(form, form.local_name().to_owned(), &mut fields)?;
    Ok(fields)
}

fn collect(node: Node<'_>, path: String, fields: &mut Vec<Field>) -> Result<(), EnvelopeError> {
    if path.len() > MAX_PATH {
        return Err(FormError::Path { length: path.len() }.into());
    }
    for attribute in node.attributes() {
        let path = format!("{path}/@{}", attribute.name.local_name);
        add(fields, path, attribute.value.as_ref().to_owned())?;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for child in node.elements() {
        let name = child.local_name();
        let number = seen.entry(name).or_default();
        *number += 1;
        let path = if *number == 1 { format!("{path}/{name}") } else { format!("{path}/{name}[{number}]") };
        collect(child, path, fields)?;
    }
    match (seen.is_empty(), node.is_blank()) {
        (true, _) => add(fields, path, node.text()),
        (false, true) => Ok(()),
        (false, false) => Err(FormError::Mixed { path }.into()),
    }
}

fn add(fields: &mut Vec<Field>, path: String, text: String) -> Result<(), EnvelopeError> {
    if fields.len() == MAX_FIELDS {
        return Err(FormError::Fields.into());
    }
    fields.push(Field { path, text });
    Ok(())
}
