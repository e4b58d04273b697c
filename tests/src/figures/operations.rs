//! Exchanges and bytes of each operation, in each way of speaking, beside `myna-card`.

use std::mem::forget;
use std::path::Path;

use anyhow::Result;
use myna_card::Card as MynaCard;
use shomei_card::{Addressing, Card, Counted, Dialect, Extended};

use super::ours::{self, Beginning, Ours};
use super::theirs::{self, Theirs};
use super::{Figure, Unit};
use crate::Foreign;
use crate::InProcess;

/// A way of speaking to a card.
struct Way {
    name: &'static str,
    dialect: Dialect,
}

const WAYS: [Way; 3] = [
    Way { name: "", dialect: Dialect { addressing: Addressing::Select, extended: Extended::Never } },
    Way {
        name: ", short identifiers",
        dialect: Dialect { addressing: Addressing::ShortIdentifier, extended: Extended::Never },
    },
    Way {
        name: ", extended answers",
        dialect: Dialect { addressing: Addressing::Select, extended: Extended::Untried },
    },
];

struct Operation {
    name: &'static str,
    beginning: Beginning,
    /// Whether an earlier look at the same card found out whether extended answers work. It is not counted.
    after_a_look: bool,
    ours: fn(Ours<'_>) -> Result<Ours<'_>>,
    theirs: fn(&mut Theirs) -> myna_card::Result<()>,
    /// The most exchanges that ours may take, in the order of [`WAYS`].
    limits: [Option<f64>; 3],
}

const FILING: Operation = Operation {
    name: "filing, not closed",
    beginning: Beginning::Opened,
    after_a_look: true,
    ours: ours::filing,
    theirs: theirs::filing,
    limits: [Some(17.0), Some(14.0), Some(17.0)],
};

const OPERATIONS: [Operation; 7] = [
    FILING,
    Operation {
        name: "look with the authority's certificate",
        beginning: Beginning::Opened,
        after_a_look: false,
        ours: ours::look,
        theirs: theirs::look,
        limits: [None; 3],
    },
    Operation {
        name: "status",
        beginning: Beginning::Resumed,
        after_a_look: false,
        ours: ours::status,
        theirs: theirs::status,
        limits: [Some(9.0); 3],
    },
    Operation {
        name: "login without certificate, not closed",
        beginning: Beginning::Resumed,
        after_a_look: false,
        ours: ours::login,
        theirs: theirs::login,
        limits: [Some(6.0), Some(5.0), Some(6.0)],
    },
    Operation {
        name: "authentication certificate",
        beginning: Beginning::Resumed,
        after_a_look: false,
        ours: ours::authentication_certificate,
        theirs: theirs::authentication_certificate,
        limits: [None; 3],
    },
    Operation {
        name: "change of password with counter after it",
        beginning: Beginning::Resumed,
        after_a_look: false,
        ours: ours::change,
        theirs: theirs::change,
        limits: [None; 3],
    },
    Operation {
        name: "basic four items, not closed",
        beginning: Beginning::Resumed,
        after_a_look: true,
        ours: ours::basic_four_items,
        theirs: theirs::basic_four_items,
        limits: [None; 3],
    },
];

/// What an operation took.
#[derive(Clone, Copy)]
pub(super) struct Cost([f64; 3]);

const UNITS: [Unit; 3] = [Unit::Exchanges, Unit::BytesToCard, Unit::BytesFromCard];

impl Cost {
    fn of(counted: &Counted<InProcess>) -> Result<Self> {
        let (sent, received) = counted.bytes();
        Ok(Self([counted.exchanges(), u32::try_from(sent)?, u32::try_from(received)?].map(f64::from)))
    }

    fn less(self, other: Self) -> Self {
        let Self([exchanges, sent, received]) = self;
        let Self([of_exchanges, of_sent, of_received]) = other;
        Self([exchanges - of_exchanges, sent - of_sent, received - of_received])
    }

    pub(super) const fn by_unit(self) -> [(f64, Unit); 3] {
        let Self([exchanges, sent, received]) = self;
        let [of_exchanges, of_sent, of_received] = UNITS;
        [(exchanges, of_exchanges), (sent, of_sent), (received, of_received)]
    }

    /// A figure for each unit; the limit is one of exchanges.
    fn figures(self, name: &str, theirs: Self, limit: Option<f64>) -> [Figure; 3] {
        let Self([exchanges, sent, received]) = theirs;
        let [a, b, c] = self.by_unit();
        let limits = [(a, exchanges, limit), (b, sent, None), (c, received, None)];
        limits.map(|((ours, unit), theirs, limit)| {
            Figure::new(name, ours, unit).beside("myna-card", theirs).within(limit)
        })
    }
}

/// What an operation ends with: what it opened stays open, or is closed.
type End = fn(Ours<'_>);
const LEFT_OPEN: End = |card| forget(card);
const CLOSED: End = |card| drop(card);

/// Exchanges and bytes of every operation on a card in a folder. The same on every machine.
///
/// # Errors
/// When the card is none of the lab's.
pub fn exchange_figures(card: &Path) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for operation in &OPERATIONS {
        let theirs = cost_of_theirs(card, operation.theirs)?;
        for (way, limit) in WAYS.iter().zip(operation.limits) {
            let ours = cost(card, operation, way.dialect, LEFT_OPEN)?;
            figures.extend(ours.figures(&format!("{}{}", operation.name, way.name), theirs, limit));
        }
    }
    figures.extend(closing(card)?);
    Ok(figures)
}

/// Closing after a filing, which is the same in every way of speaking.
fn closing(card: &Path) -> Result<[Figure; 3]> {
    let Way { dialect, .. } = WAYS[0];
    let ours = cost(card, &FILING, dialect, CLOSED)?.less(cost(card, &FILING, dialect, LEFT_OPEN)?);
    Ok(ours.figures("closing", cost_of_theirs(card, theirs::closing)?, None))
}

/// A whole filing, and one that reads no certificate, closing included.
pub(super) fn whole_costs(card: &Path) -> Result<[Cost; 2]> {
    let Way { dialect, .. } = WAYS[0];
    let signature = Operation { ours: ours::signature, ..FILING };
    Ok([cost(card, &signature, dialect, CLOSED)?, cost(card, &FILING, dialect, CLOSED)?])
}

fn cost(card: &Path, operation: &Operation, dialect: Dialect, end: End) -> Result<Cost> {
    let mut transport = InProcess::read(card)?;
    let mut dialect = dialect;
    if operation.after_a_look {
        let mut look = Card::open_in(&mut transport, dialect)?;
        look.signature_authority_certificate()?;
        dialect = look.dialect();
        drop(look);
        transport.reset();
    }
    end((operation.ours)(operation.beginning.card(&mut transport, dialect)?)?);
    Cost::of(&transport)
}

fn cost_of_theirs(card: &Path, operation: fn(&mut Theirs) -> myna_card::Result<()>) -> Result<Cost> {
    let mut card = MynaCard::new(Foreign(InProcess::read(card)?));
    operation(&mut card)?;
    Cost::of(&card.transport().0)
}
