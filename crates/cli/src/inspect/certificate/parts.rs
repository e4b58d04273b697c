//! A certificate as its structure has it, whatever profile it follows: what can be shown of every one.

use shomei_application::Timestamp;
use shomei_pki::UnixTime;
use shomei_pki::der::{DerError, Element, Reader, Tag, oid_to_string};

/// The fields of a certificate (RFC 5280 §4.1), where they stand, not yet looked into.
pub(in crate::inspect) struct Parts<'a> {
    pub(super) signed: Element<'a>,
    pub(super) serial: Element<'a>,
    pub(in crate::inspect) algorithm: Element<'a>,
    pub(in crate::inspect) issuer: Element<'a>,
    pub(super) validity: Element<'a>,
    pub(in crate::inspect) not_before: Element<'a>,
    pub(in crate::inspect) not_after: Element<'a>,
    pub(in crate::inspect) subject: Element<'a>,
    pub(super) key: Element<'a>,
    pub(super) extensions: Vec<Extension<'a>>,
}

/// One extension (RFC 5280 §4.1.2.9).
pub(super) struct Extension<'a> {
    /// The object identifier, dotted.
    pub(super) oid: String,
    pub(super) critical: bool,
    /// The octets inside the OCTET STRING.
    pub(super) value: &'a [u8],
    /// Where the extension begins in the certificate.
    pub(super) offset: usize,
}

impl<'a> Parts<'a> {
    pub(in crate::inspect) fn read(input: &'a [u8]) -> Result<Self, DerError> {
        let mut file = Reader::new(input);
        let mut outer = file.expect(Tag::SEQUENCE)?.children();
        file.finish()?;
        let signed = outer.expect(Tag::SEQUENCE)?;
        outer.expect(Tag::SEQUENCE)?;
        outer.expect(Tag::BIT_STRING)?;
        let mut fields = signed.children();
        fields.optional(Tag::context(0))?;
        let serial = fields.expect(Tag::INTEGER)?;
        let algorithm = fields.expect(Tag::SEQUENCE)?;
        let issuer = fields.expect(Tag::SEQUENCE)?;
        let validity = fields.expect(Tag::SEQUENCE)?;
        let mut times = validity.children();
        let (not_before, not_after) = (times.read()?, times.read()?);
        let subject = fields.expect(Tag::SEQUENCE)?;
        let key = fields.expect(Tag::SEQUENCE)?;
        fields.optional(Tag::context_primitive(1))?;
        fields.optional(Tag::context_primitive(2))?;
        let extensions = fields.optional(Tag::context(3))?;
        let extensions = extensions.map(|list| Extension::read_all(&list)).transpose()?.unwrap_or_default();
        Ok(Self {
            signed,
            serial,
            algorithm,
            issuer,
            validity,
            not_before,
            not_after,
            subject,
            key,
            extensions,
        })
    }

    /// The value of an extension by its dotted identifier; the first one, should there be several.
    pub(in crate::inspect) fn extension(&self, oid: &str) -> Option<&'a [u8]> {
        self.extensions.iter().find(|extension| extension.oid == oid).map(|extension| extension.value)
    }
}

impl<'a> Extension<'a> {
    fn read_all(wrapped: &Element<'a>) -> Result<Vec<Self>, DerError> {
        let mut list = wrapped.children().expect(Tag::SEQUENCE)?.children();
        let mut read = Vec::new();
        while !list.is_empty() {
            let extension = list.expect(Tag::SEQUENCE)?;
            let mut parts = extension.children();
            let oid = oid_to_string(parts.expect(Tag::OID)?.content());
            let critical = parts.optional(Tag::BOOLEAN)?.is_some_and(|flag| flag.content() != [0]);
            let value = parts.expect(Tag::OCTET_STRING)?.content();
            read.push(Self { oid, critical, value, offset: extension.offset() });
        }
        Ok(read)
    }
}

/// A Time of a certificate (RFC 5280 §4.1.2.5); none for another form.
pub(in crate::inspect) fn time(element: &Element<'_>) -> Option<UnixTime> {
    match element.tag() {
        Tag::UTC_TIME => UnixTime::from_utc_time(element.content()).ok(),
        Tag::GENERALIZED_TIME => generalized_time(std::str::from_utf8(element.content()).ok()?),
        _ => None,
    }
}

/// `YYYYMMDDhhmmssZ`, spelled as documents do it.
fn generalized_time(text: &str) -> Option<UnixTime> {
    let part = |from: usize| text.get(from..from + 2);
    let (year, month, day) = (text.get(..4)?, part(4)?, part(6)?);
    let (hour, minute, second) = (part(8)?, part(10)?, part(12)?);
    let zone = text.get(14..)?;
    let spelled = format!("{year}-{month}-{day}T{hour}:{minute}:{second}{zone}");
    Some(UnixTime::from_seconds(Timestamp::parse(&spelled).ok()?.unix_seconds()))
}
