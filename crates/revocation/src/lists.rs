//! The lists of all places in one index, which is replaced as a whole.

use crate::Verifier;
use crate::problem::{ListProblem, Place, Problem};
use crate::seen::{SeenError, SeenFile};
use shomei_pki::{
    Anchors, Authority, Certificate, Crl, CrlIndex, CrlProblem, RevocationAnswer, RevocationSource,
    SeenNumbers, UnixTime,
};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Octets of one list at most: that of the largest city with every certificate on it has some 100 million.
pub const MAX_LIST_OCTETS: u64 = 256 * 1024 * 1024;

/// The newest usable list of each place.
///
/// Who asks takes the whole index of that moment and never waits for lists to be read: a new index is put together
/// beside the old one, without reading again what has not changed, and then takes its place at once.
pub struct Lists {
    anchors: Anchors,
    verifier: Verifier,
    current: RwLock<Arc<CrlIndex>>,
    shelf: Mutex<Shelf>,
}

/// What is only needed to put the next index together.
struct Shelf {
    places: BTreeMap<Place, Holding>,
    seen: SeenNumbers,
    file: Option<SeenFile>,
    /// Why the numbers seen last stand in memory only.
    forgetful: Option<SeenError>,
}

/// What came from one place.
#[derive(Default)]
struct Holding {
    part: Option<Part>,
    /// Why the last reading brought nothing that can be used.
    problem: Option<ListProblem>,
    /// Why the list was not taken into the index beside the others.
    refused: Option<CrlProblem>,
}

/// An index of one list, or of the reason why that list cannot be used.
pub(crate) struct Part {
    index: CrlIndex,
    authority: Vec<u8>,
    point: Option<Vec<u8>>,
    problem: Option<CrlProblem>,
}

/// What reading a place brought.
pub(crate) enum Reading {
    /// A list.
    Read(Part),
    /// The list from before is still the newest.
    Same,
    /// No list: what was there before answers no more.
    Lost(ListProblem),
    /// No list: what was there before stays.
    Failed(ListProblem),
    /// The place is no more.
    Gone,
}

impl Lists {
    /// No lists yet. Those to come must be signed by one of `anchors` and have no lower number than in `seen`, a file
    /// that every new number is written to; without it a restart forgets them.
    ///
    /// # Errors
    /// The file of seen numbers cannot be read or made.
    pub fn new(anchors: Anchors, verifier: Verifier, seen: Option<&Path>) -> Result<Self, SeenError> {
        let (file, seen) = seen.map(SeenFile::open).transpose()?.unzip();
        let seen = seen.unwrap_or_default();
        let current = RwLock::new(Arc::new(CrlIndex::new(seen.clone())));
        let shelf = Mutex::new(Shelf { places: BTreeMap::new(), seen, file, forgetful: None });
        Ok(Self { anchors, verifier, current, shelf })
    }

    /// The index of this moment. It does not change any more.
    pub fn current(&self) -> Arc<CrlIndex> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What is wrong at the moment, by place.
    pub fn problems(&self) -> Vec<Problem> {
        let shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |(place, holding): (&Place, &Holding)| {
            let refused = holding.refused.map(ListProblem::Refused);
            let why = holding.problem.clone().or(refused)?;
            Some(Problem { place: place.clone(), why })
        };
        let forgotten = shelf.forgetful.as_ref().map(|error| Problem {
            place: Place::File(error.path().to_owned()),
            why: ListProblem::NotRemembered(error.kind()),
        });
        shelf.places.iter().filter_map(of).chain(forgotten).collect()
    }

    /// Reads octets as a list and checks who signed it, which takes time and blocks nobody.
    pub(crate) fn read(&self, octets: &[u8]) -> Result<Part, ListProblem> {
        let crl = Crl::parse(octets).map_err(ListProblem::Malformed)?;
        let (authority, point) = (crl.authority_key_identifier().to_vec(), crl.distribution_point());
        let point = point.map(<[u8]>::to_vec);
        let mut index = CrlIndex::default();
        let problem = index.insert(crl, &self.anchors, self.verifier.as_ref()).err();
        Ok(Part { index, authority, point, problem })
    }

    /// Takes what was read from several places as one change.
    pub(crate) fn update(&self, readings: Vec<(Place, Reading)>) {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = shelf.forgetful.is_some();
        for (place, reading) in readings {
            changed |= matches!(reading, Reading::Read(_) | Reading::Lost(_) | Reading::Gone);
            shelf.put(place, reading);
        }
        if !changed {
            return;
        }
        let index = Arc::new(shelf.assemble());
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = index;
    }

    /// Takes a list that came from somewhere less sure than a file: only one that can be used, for the same distribution
    /// point and not older, takes the place of the one before.
    ///
    /// # Errors
    /// Why the one before stays.
    pub(crate) fn offer(&self, place: &Place, part: Part) -> Result<(), ListProblem> {
        let judged = self.shelf.lock().unwrap_or_else(PoisonError::into_inner).judge(place, &part);
        let (reading, outcome) = match judged {
            Ok(()) => (Reading::Read(part), Ok(())),
            Err(problem) => (Reading::Failed(problem.clone()), Err(problem)),
        };
        self.update(vec![(place.clone(), reading)]);
        outcome
    }
}

impl Shelf {
    fn put(&mut self, place: Place, reading: Reading) {
        let holding = self.places.entry(place.clone()).or_default();
        holding.problem = None;
        match reading {
            Reading::Read(part) => {
                holding.problem = part.problem.map(ListProblem::Refused);
                holding.part = Some(part);
            }
            Reading::Same => {}
            Reading::Lost(problem) => *holding = Holding { problem: Some(problem), ..Holding::default() },
            Reading::Failed(problem) => holding.problem = Some(problem),
            Reading::Gone => drop(self.places.remove(&place)),
        }
    }

    fn judge(&self, place: &Place, part: &Part) -> Result<(), ListProblem> {
        if let Some(problem) = part.problem {
            return Err(ListProblem::Refused(problem));
        }
        let before = self.places.get(place).and_then(|holding| holding.part.as_ref());
        if before.is_some_and(|before| (&before.authority, &before.point) != (&part.authority, &part.point)) {
            return Err(ListProblem::OtherList);
        }
        CrlIndex::new(self.seen.clone()).merge(&part.index).map_err(ListProblem::Refused)
    }

    /// The next index, from the numbers that the one before has seen; new numbers are written down before it is used.
    fn assemble(&mut self) -> CrlIndex {
        let mut index = CrlIndex::new(self.seen.clone());
        for holding in self.places.values_mut() {
            holding.refused = holding.part.as_ref().and_then(|part| index.merge(&part.index).err());
        }
        if *index.seen() != self.seen || self.forgetful.is_some() {
            self.seen.clone_from(index.seen());
            self.forgetful = self.file.as_ref().and_then(|file| file.remember(&self.seen).err());
        }
        index
    }
}

impl RevocationSource for Lists {
    fn answer(&self, certificate: &Certificate, issuer: &Authority, at: UnixTime) -> RevocationAnswer {
        self.current().answer(certificate, issuer, at)
    }
}

impl fmt::Debug for Lists {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Lists").field("lists", &self.current().lists()).finish_non_exhaustive()
    }
}
