//! The newest authentic list of each distribution point, ready to answer many questions.

use super::number::{CrlNumber, SeenNumbers};
use super::table::Table;
use super::{Crl, CrlProblem};
use crate::anchors::Anchors;
use crate::certificate::{Authority, Certificate};
use crate::revocation::{
    Evidence, ListEvidence, RevocationAnswer, RevocationSource, RevocationStatus, UnknownReason,
};
use crate::time::UnixTime;
use crate::verifier::SignatureVerifier;
use crate::world::Purpose;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use smallvec::SmallVec;

/// Lists by the authority's key and the distribution point, each checked once when it was put in.
///
/// An entry with a serial number of at most eight octets takes at most twelve octets of memory, one of at most four
/// (as the certificates of JPKI have) eight; see [`Self::entry_octets`]. A question takes no memory.
#[derive(Clone, Debug, Default)]
pub struct CrlIndex {
    authorities: FxHashMap<Box<[u8]>, OfAuthority>,
    seen: SeenNumbers,
}

/// The lists of one authority, by distribution point, and the one of full scope.
///
/// The hash is a fast one that an enemy can make collide; who brings lists has no reason to.
#[derive(Clone, Debug)]
struct OfAuthority {
    /// SubjectPublicKeyInfo in DER: a key identifier alone names no key.
    public_key: Box<[u8]>,
    points: FxHashMap<Point, Slot>,
    full: Slot,
}

/// A DistributionPointName in DER. Those of JPKI have less than 200 octets and stand in the map itself: a question then
/// goes to one place for the name and the list, and to two more for the entry.
type Point = SmallVec<[u8; 200]>;

/// The list of one distribution point; without one, why the newest that came cannot be used.
#[derive(Clone, Debug, Default)]
struct Slot {
    list: Option<CheckedList>,
    problem: Option<CrlProblem>,
}

#[derive(Clone, Debug)]
struct CheckedList {
    this_update: UnixTime,
    next_update: UnixTime,
    number: CrlNumber,
    sha256: [u8; 32],
    table: Table,
}

impl CrlIndex {
    /// An index without lists, which answers nothing, for a process that remembers these numbers: lists with lower ones
    /// are refused.
    pub fn new(seen: SeenNumbers) -> Self {
        Self { authorities: FxHashMap::default(), seen }
    }

    /// Puts a list in, if an anchor's key (of either purpose) signed it, if it is complete and if its number is not
    /// lower than any seen; it then replaces the list that was there for its distribution point.
    ///
    /// # Errors
    /// Why it was not put in. Where no other list answers, questions that it would have answered tell this reason.
    pub fn insert(
        &mut self,
        crl: Crl<'_>,
        anchors: &Anchors,
        verifier: &dyn SignatureVerifier,
    ) -> Result<(), CrlProblem> {
        let authorities = [Purpose::Signature, Purpose::Authentication].map(|one| anchors.authorities(one));
        let signer = authorities.into_iter().flatten().find(|authority| crl.names(authority));
        let Some(signer) = signer else {
            return Err(CrlProblem::Signature);
        };
        let key = signer.certificate().public_key();
        let checked = match verifier.verify(crl.algorithm, key, crl.signed, crl.signature) {
            Ok(()) => self.check(&crl),
            Err(_) => Err(CrlProblem::Signature),
        };
        let slot = self.slot(signer.key_identifier(), key, crl.distribution_point());
        match checked {
            Ok(number) => {
                *slot = Slot { list: Some(CheckedList::of(crl, number)), problem: None };
                Ok(())
            }
            // Anybody can bring a list that nobody signed: it takes nothing away.
            Err(problem) => {
                slot.problem = Some(problem);
                Err(problem)
            }
        }
    }

    /// Puts in what another index holds, as if its lists had been inserted here, without reading or checking them again;
    /// both then share them in memory. It must have been filled under the same anchors.
    ///
    /// # Errors
    /// [`CrlProblem::Older`] if a list of it was refused here because of its number; the others were put in.
    pub fn merge(&mut self, other: &Self) -> Result<(), CrlProblem> {
        let mut outcome = Ok(());
        for (key, of_authority) in &other.authorities {
            let points = of_authority.points.iter().map(|(point, slot)| (Some(point.as_slice()), slot));
            for (point, slot) in points.chain([(None, &of_authority.full)]) {
                let merged = match &slot.list {
                    Some(list) => self.see(key, point, &list.number).map(|()| slot.clone()),
                    None => Ok(slot.clone()),
                };
                outcome = outcome.and(merged.as_ref().map(|_| ()).map_err(|problem| *problem));
                let here = self.slot(key, &of_authority.public_key, point);
                match merged {
                    Ok(slot) if slot.list.is_some() => *here = slot,
                    Ok(slot) => here.problem = slot.problem.or(here.problem),
                    Err(problem) => here.problem = Some(problem),
                }
            }
        }
        outcome
    }

    /// The numbers seen so far, those that the index began with included.
    pub fn seen(&self) -> &SeenNumbers {
        &self.seen
    }

    /// How many lists there are.
    pub fn lists(&self) -> usize {
        self.checked().count()
    }

    /// How many entries all lists have together.
    pub fn entries(&self) -> usize {
        self.checked().map(|list| list.table.len()).sum()
    }

    /// How many of them stand in the overflow: with a serial number above eight octets or a date more than eight years
    /// after the first of their list.
    pub fn overflow(&self) -> usize {
        self.checked().map(|list| list.table.overflow()).sum()
    }

    /// Octets of memory that all lists take together, their names, numbers and digests included.
    pub fn entry_octets(&self) -> usize {
        let lists = self.checked().map(|list| list.table.octets());
        let names = self.authorities.values().flat_map(|one| one.points.keys());
        let long_names = names.filter(|name| name.spilled()).map(SmallVec::capacity);
        let places = self.authorities.values().map(|one| one.points.capacity());
        lists.sum::<usize>() + long_names.sum::<usize>() + places.sum::<usize>() * size_of::<(Point, Slot)>()
    }

    fn check(&mut self, crl: &Crl<'_>) -> Result<CrlNumber, CrlProblem> {
        let number = match (crl.problem(), crl.number().and_then(CrlNumber::new)) {
            (Some(problem), _) => return Err(problem),
            (None, number) => number.ok_or(CrlProblem::NoNumber)?,
        };
        self.see(crl.authority_key_identifier(), crl.distribution_point(), &number)?;
        Ok(number)
    }

    fn see(&mut self, authority: &[u8], point: Option<&[u8]>, number: &[u8]) -> Result<(), CrlProblem> {
        if self.seen.is_older(authority, point, number) {
            return Err(CrlProblem::Older);
        }
        self.seen.see(authority, point, number);
        Ok(())
    }

    fn slot(&mut self, authority: &[u8], public_key: &[u8], point: Option<&[u8]>) -> &mut Slot {
        let of_authority = self.authorities.entry(authority.into()).or_insert_with(|| OfAuthority {
            public_key: public_key.into(),
            points: FxHashMap::default(),
            full: Slot::default(),
        });
        match point {
            Some(point) => of_authority.points.entry(point.into()).or_default(),
            None => &mut of_authority.full,
        }
    }

    fn checked(&self) -> impl Iterator<Item = &CheckedList> {
        let slots = self.authorities.values().flat_map(|one| one.points.values().chain([&one.full]));
        slots.filter_map(|slot| slot.list.as_ref())
    }

    /// The slots that cover a certificate: that of its distribution point, byte for byte, and that of full scope.
    fn covering(&self, certificate: &Certificate, issuer: &Authority) -> [Option<&Slot>; 2] {
        let issued = certificate.authority_key_identifier() == Some(issuer.key_identifier())
            && certificate.issuer() == issuer.certificate().subject();
        let of_authority = self
            .authorities
            .get(issuer.key_identifier())
            .filter(|one| issued && *one.public_key == *issuer.certificate().public_key());
        let point = certificate.crl_distribution_point();
        [
            of_authority.zip(point).and_then(|(one, point)| one.points.get(point)),
            of_authority.map(|one| &one.full),
        ]
    }
}

impl RevocationSource for CrlIndex {
    /// Revoked as soon as one usable list says so, also an outdated one: no revocation of JPKI is ever taken back.
    /// Good only from a list that was current at `at` and made while the certificate was not yet over.
    fn answer(&self, certificate: &Certificate, issuer: &Authority, at: UnixTime) -> RevocationAnswer {
        let slots = self.covering(certificate, issuer);
        let mut why = UnknownReason::NoList;
        let mut good = None;
        for slot in slots.into_iter().flatten() {
            let answer = match &slot.list {
                Some(list) => list.answer(certificate, at),
                None => RevocationAnswer::unknown(slot.problem.map_or(why, UnknownReason::List)),
            };
            match answer.status {
                RevocationStatus::Revoked { .. } => return answer,
                RevocationStatus::Good { .. } => good = good.or(Some(answer)),
                RevocationStatus::Unknown { why: reason } if why == UnknownReason::NoList => why = reason,
                RevocationStatus::Unknown { .. } => {}
            }
        }
        good.unwrap_or_else(|| RevocationAnswer::unknown(why))
    }
}

impl CheckedList {
    fn of(crl: Crl<'_>, number: CrlNumber) -> Self {
        Self {
            this_update: crl.this_update,
            next_update: crl.next_update,
            number,
            sha256: Sha256::digest(crl.octets).into(),
            table: crl.table,
        }
    }

    fn answer(&self, certificate: &Certificate, at: UnixTime) -> RevocationAnswer {
        let entry = self.table.find(certificate.serial());
        // A list from later than `at` says nothing about entries that are later too.
        if let Some((since, reason)) = entry.filter(|(since, _)| self.this_update <= at || *since <= at) {
            let status = RevocationStatus::Revoked { at: since, reason };
            return RevocationAnswer { status, evidence: Some(self.evidence()) };
        }
        let why = if at < self.this_update {
            UnknownReason::FromLater { this_update: self.this_update }
        } else if self.next_update < at {
            UnknownReason::Outdated { next_update: self.next_update }
        } else if certificate.not_after() < self.this_update {
            UnknownReason::AfterExpiry { not_after: certificate.not_after() }
        } else {
            let status = RevocationStatus::Good { as_of: self.this_update };
            return RevocationAnswer { status, evidence: Some(self.evidence()) };
        };
        RevocationAnswer::unknown(why)
    }

    fn evidence(&self) -> Evidence {
        Evidence::List(ListEvidence {
            number: self.number,
            sha256: self.sha256,
            this_update: self.this_update,
            next_update: self.next_update,
        })
    }
}
