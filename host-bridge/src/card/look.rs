//! One look at the card in one reader: what it is, how many tries are left, of which world it is.

use std::ffi::CStr;

use pcsc::{Context, Error};
use shomei_card::{Card, CardError, Dialect, Extended, Tries};
use shomei_pki::World;

use super::connection::{Connection, Ending, with_card};
use super::standing::Found;
use super::{Standing, Trouble, standing_of, world_of_authority};
use crate::operation::Operation;

/// What one look found out.
#[derive(Debug)]
pub(super) struct Look {
    /// How the reader stands.
    pub(super) found: Found,
    /// The world that the card says it is of, as far as it says one.
    pub(super) world: Option<World>,
    /// How the card can be spoken to through this reader.
    pub(super) dialect: Dialect,
    /// The reader has a pad of its own.
    pub(super) pad: bool,
}

/// Asks the card itself what it is: selecting the application decides, never the ATR. `dialect` is what is known of
/// the reader from earlier looks.
pub(super) fn look(operation: &Operation, context: &Context, reader: &CStr, dialect: Dialect) -> Look {
    let mut seen = Look { found: Ok(Standing::Looking), world: None, dialect, pad: false };
    let asked = with_card(operation, context, reader, Ending::Leave, |connection| seen.ask(connection));
    seen.found = match asked {
        Ok(Ok(tries)) => standing_with(tries),
        Ok(Err(error)) => standing_of(error),
        Err(error) => Ok(standing_without(error)),
    };
    seen
}

impl Look {
    fn ask(&mut self, connection: &mut Connection<'_>) -> Result<Option<Tries>, CardError> {
        self.pad = connection.has_pad();
        let mut card = Card::open_in(connection, self.dialect)?;
        // A card that does not say keeps its secret until the signature certificate is read.
        let authority = card.signature_authority_certificate().ok();
        self.world = authority.as_deref().and_then(world_of_authority);
        self.dialect = learnt(card.dialect(), authority.is_some());
        Ok(card.tries_at_open())
    }
}

/// What is kept for this reader. A reader that broke on its first long answer is not asked for another one.
fn learnt(dialect: Dialect, answered: bool) -> Dialect {
    match dialect.extended {
        Extended::Untried if !answered => Dialect { extended: Extended::Never, ..dialect },
        Extended::Untried | Extended::Works | Extended::Never => dialect,
    }
}

fn standing_with(tries: Option<Tries>) -> Found {
    match tries {
        Some(Tries::Left(tries)) => Ok(Standing::Ready { tries }),
        Some(Tries::Blocked) | None => Err(Trouble::Blocked),
    }
}

/// What it means that the card could not be asked.
fn standing_without(error: Error) -> Standing {
    match error {
        Error::SharingViolation => Standing::InUse,
        Error::NoService | Error::ServiceStopped | Error::CommError => Standing::NoService,
        Error::NoSmartcard | Error::RemovedCard | Error::UnknownReader | Error::ReaderUnavailable => {
            Standing::NoCard
        }
        _ => Standing::Mute,
    }
}

#[cfg(test)]
mod tests {
    use super::{learnt, standing_without};
    use crate::card::Standing;
    use pcsc::Error;
    use shomei_card::{Dialect, Extended};

    #[test]
    fn a_card_that_cannot_be_asked_is_told_by_its_reason() {
        let cases = [
            (Error::SharingViolation, Standing::InUse),
            (Error::NoService, Standing::NoService),
            (Error::ServiceStopped, Standing::NoService),
            (Error::CommError, Standing::NoService),
            (Error::NoSmartcard, Standing::NoCard),
            (Error::RemovedCard, Standing::NoCard),
            (Error::UnknownReader, Standing::NoCard),
            (Error::ReaderUnavailable, Standing::NoCard),
            (Error::UnresponsiveCard, Standing::Mute),
            (Error::UnpoweredCard, Standing::Mute),
            (Error::ProtoMismatch, Standing::Mute),
        ];
        for (error, standing) in cases {
            assert_eq!(standing_without(error), standing, "{error:?}");
        }
    }

    #[test]
    fn a_reader_that_breaks_on_a_long_answer_is_tried_once() {
        let cases = [
            ("broke before it was found out", Extended::Untried, false, Extended::Never),
            ("nothing was long enough to tell", Extended::Untried, true, Extended::Untried),
            ("works", Extended::Works, true, Extended::Works),
            ("worked until the card went", Extended::Works, false, Extended::Works),
            ("does not work", Extended::Never, true, Extended::Never),
        ];
        for (name, found, answered, kept) in cases {
            let dialect = Dialect { extended: found, ..Dialect::default() };
            assert_eq!(learnt(dialect, answered).extended, kept, "{name}");
        }
    }
}
