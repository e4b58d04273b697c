//! How certificates and lists name the authority whose key signed them (RFC 5280 §4.2.1.1).

use super::Certificate;
use super::names::{GeneralName, read_general_names};
use crate::der::{DerError, DerViolation, Element, Tag};

/// An AuthorityKeyIdentifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedAuthority {
    /// The identifier of its key.
    pub(crate) key_identifier: Vec<u8>,
    /// The issuer's Name in DER and the serial number's content octets, of the authority's own certificate.
    certificate: Option<(Vec<u8>, Vec<u8>)>,
}

impl NamedAuthority {
    /// Reads a key identifier, and either both or neither of the names of a certificate. The caller has checked that
    /// the value is DER.
    pub(crate) fn read(value: &Element<'_>) -> Result<Self, DerError> {
        let mut parts = value.children();
        let key = parts.expect(Tag::context_primitive(0))?;
        let issuer = parts.optional(Tag::context(1))?.map(|names| directory_names(&names)).transpose()?;
        let serial = parts.optional(Tag::context_primitive(2))?;
        parts.finish()?;
        let certificate = match (issuer.as_deref(), serial) {
            _ if key.content().is_empty() => return Err(key.error(DerViolation::Content("key identifier"))),
            (None, None) => None,
            (Some([issuer]), Some(serial)) => Some((issuer.to_vec(), serial.content().to_vec())),
            _ => return Err(value.error(DerViolation::Content("AuthorityKeyIdentifier of one certificate"))),
        };
        Ok(Self { key_identifier: key.content().to_vec(), certificate })
    }

    /// Whether `authority` is the certificate named by issuer and serial number, if one is named.
    pub(crate) fn may_be(&self, authority: &Certificate) -> bool {
        self.certificate
            .as_ref()
            .is_none_or(|(issuer, serial)| *issuer == authority.issuer && *serial == authority.serial)
    }
}

fn directory_names<'a>(names: &Element<'a>) -> Result<Vec<&'a [u8]>, DerError> {
    Ok(read_general_names(names)?.iter().filter_map(GeneralName::directory).collect())
}
