//! Certificate revocation lists of the JPKI profile (RFC 5280 §5): one complete list for each distribution point.
//!
//! [`Crl`] reads a list, [`CrlIndex`] believes it: it holds the newest authentic list of each distribution point, in
//! a table of at most twelve octets an entry. Fetching lists is not done here.

mod entry;
mod error;
mod extensions;
mod index;
mod number;
mod table;

pub use entry::CrlEntry;
pub use error::{CrlError, CrlProblem, CrlViolation};
pub use index::CrlIndex;
pub use number::{CrlNumber, SeenNumbers, SeenNumbersError};

use crate::certificate::{Authority, ProfileError, known_algorithm, read_name};
use crate::der::{self, Element, Reader, Tag};
use crate::time::UnixTime;
use crate::verifier::Algorithm;
use error::fault;
use extensions::{Extensions, Scope};
use table::{Table, TableBuilder};

/// One list, read but not yet believed. [`CrlIndex`] checks who signed it.
///
/// It borrows the octets that are signed; the entries are kept in a table of their own. Reading takes one pass and
/// memory in proportion to the entries that are there, whatever lengths the octets claim.
#[derive(Clone, Debug)]
pub struct Crl<'a> {
    signed: &'a [u8],
    signature: &'a [u8],
    algorithm: Algorithm,
    issuer: &'a [u8],
    this_update: UnixTime,
    next_update: UnixTime,
    extensions: Extensions<'a>,
    table: Table,
    octets: &'a [u8],
}

impl<'a> Crl<'a> {
    /// Parses a list in DER.
    ///
    /// # Errors
    /// The first rule that does not hold, with its place.
    pub fn parse(input: &'a [u8]) -> Result<Self, CrlError> {
        der::check(input)?;
        let mut outer = Reader::new(input).expect(Tag::SEQUENCE)?.children();
        let signed = outer.expect(Tag::SEQUENCE)?;
        let outside = outer.expect(Tag::SEQUENCE)?;
        let signature = outer.expect(Tag::BIT_STRING)?.bit_string_octets()?.remaining();
        outer.finish()?;
        let mut fields = signed.children();
        read_version(&mut fields)?;
        let algorithm = read_algorithm(&mut fields, &outside)?;
        let issuer = read_name(&mut fields)?.raw();
        let (this_update, next_update) = read_times(&mut fields)?;
        let entries = fields.optional(Tag::SEQUENCE)?;
        let wrapped = fields.expect(Tag::context(0))?;
        fields.finish()?;
        let mut extensions = Extensions::read(&wrapped)?;
        let table = read_entries(entries.as_ref(), &mut extensions.scope)?;
        let signed = signed.raw();
        Ok(Self {
            signed,
            signature,
            algorithm,
            issuer,
            this_update,
            next_update,
            extensions,
            table,
            octets: input,
        })
    }

    /// The issuer's Name in DER.
    pub fn issuer(&self) -> &'a [u8] {
        self.issuer
    }

    /// The key identifier of the key that is said to have signed it.
    pub fn authority_key_identifier(&self) -> &[u8] {
        &self.extensions.authority.key_identifier
    }

    /// Whether it names `authority` as its signer: by the key, the name and, if it says so, the certificate.
    fn names(&self, authority: &Authority) -> bool {
        self.authority_key_identifier() == authority.key_identifier()
            && self.issuer == authority.certificate().subject()
            && self.extensions.authority.may_be(authority.certificate())
    }

    /// cRLNumber as the content octets of its INTEGER, if it has one (RFC 5280 §5.2.3).
    pub fn number(&self) -> Option<&'a [u8]> {
        self.extensions.number
    }

    /// The DistributionPointName of issuingDistributionPoint as it is encoded; none for a list of full scope.
    pub fn distribution_point(&self) -> Option<&'a [u8]> {
        self.extensions.scope.distribution_point
    }

    /// Why its kind of list answers nothing; none for a complete list of holders' certificates.
    pub fn problem(&self) -> Option<CrlProblem> {
        let numbered = self.extensions.number.is_some();
        self.extensions.scope.problem.or((!numbered).then_some(CrlProblem::NoNumber))
    }

    /// When the list was made.
    pub fn this_update(&self) -> UnixTime {
        self.this_update
    }

    /// When the next list is due.
    pub fn next_update(&self) -> UnixTime {
        self.next_update
    }

    /// How many certificates it lists as revoked.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether it lists none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries, in ascending order of their serial numbers.
    pub fn entries(&self) -> impl Iterator<Item = CrlEntry> + '_ {
        self.table.entries()
    }
}

fn read_version(fields: &mut Reader<'_>) -> Result<(), CrlError> {
    let version = fields.expect(Tag::INTEGER)?;
    if version.content() == [1] { Ok(()) } else { Err(fault(&version, CrlViolation::Version)) }
}

/// The signature algorithm, named inside and outside of what is signed (RFC 5280 §5.1.1.2).
fn read_algorithm(fields: &mut Reader<'_>, outside: &Element<'_>) -> Result<Algorithm, CrlError> {
    let inside = fields.expect(Tag::SEQUENCE)?;
    let refuse = |error| fault(&inside, CrlViolation::Algorithm(error));
    if inside.raw() != outside.raw() {
        return Err(refuse(ProfileError::AlgorithmsDiffer));
    }
    known_algorithm(inside.raw()).map_err(refuse)
}

fn read_times(fields: &mut Reader<'_>) -> Result<(UnixTime, UnixTime), CrlError> {
    let this_update = fields.read()?;
    let first = read_time(&this_update)?;
    let is_time = matches!(fields.peek(), Some(Tag::UTC_TIME | Tag::GENERALIZED_TIME));
    let next = if is_time { Some(read_time(&fields.read()?)?) } else { None };
    match next.filter(|next| *next >= first) {
        Some(next) => Ok((first, next)),
        None => Err(fault(&this_update, CrlViolation::NextUpdate)),
    }
}

/// A Time before 2050, which is a UTCTime (RFC 5280 §5.1.2.4).
fn read_time(time: &Element<'_>) -> Result<UnixTime, CrlError> {
    let read = (time.tag() == Tag::UTC_TIME).then(|| UnixTime::from_utc_time(time.content()).ok());
    read.flatten().ok_or_else(|| fault(time, CrlViolation::Time))
}

fn read_entries(list: Option<&Element<'_>>, scope: &mut Scope<'_>) -> Result<Table, CrlError> {
    let Some(list) = list else {
        return Ok(Table::default());
    };
    let mut rest = list.children();
    if rest.is_empty() {
        return Err(fault(list, CrlViolation::NoEntries));
    }
    let mut builder = TableBuilder::default();
    while !rest.is_empty() {
        let element = rest.expect(Tag::SEQUENCE)?;
        let entry = entry::read(&element, scope)?;
        builder.push(&entry, element.offset());
    }
    let indirect = scope.problem == Some(CrlProblem::Indirect);
    match builder.finish() {
        Ok(table) => Ok(table),
        // Certificates of several issuers may share a serial number; such a list answers nothing.
        Err(_) if indirect => Ok(Table::default()),
        Err(offset) => Err(CrlError { offset, why: CrlViolation::DuplicateEntry }),
    }
}

#[cfg(test)]
mod tests;
