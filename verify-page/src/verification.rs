//! From what a person gave to a report. The rules are those of `shomei verify`, in the crates that both use.

use crate::refusal::Refusal;
use shomei_application::Timestamp;
use shomei_envelope::{Expectations, Report, Unopened, open, signed_name};
use shomei_pki::{AnchorError, Anchors, NotConsulted, RsaVerifier, World};

/// Everything that a file is judged by.
#[derive(Debug)]
pub(crate) struct Verification {
    anchors: Anchors,
    expectations: Expectations,
    at: Timestamp,
}

impl Verification {
    /// See [`crate::Verification::new`].
    pub(crate) fn new(
        world: &str,
        authorities: &[Vec<u8>],
        expectations: Option<&[u8]>,
        at: &str,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            anchors: read_anchors(world, authorities)?,
            expectations: read_expectations(expectations)?,
            at: Timestamp::parse(at).map_err(|error| Refusal::of("bad-time", error))?,
        })
    }

    /// The report on `octets`, found under `name`, beside the files that `beside` gives.
    pub(crate) fn judge<E>(
        &self,
        name: &str,
        octets: &[u8],
        beside: impl FnMut(&str) -> Result<Vec<u8>, E>,
    ) -> Result<Report, Unopened<E>> {
        let signed = open(octets, signed_name(name), beside)?;
        let Self { anchors, expectations, at } = self;
        Ok(shomei_envelope::verify(signed.as_ref(), anchors, &NotConsulted, *at, expectations, &RsaVerifier))
    }
}

/// Only authorities of signature certificates: no other certificate belongs to a signature over content.
fn read_anchors(world: &str, authorities: &[Vec<u8>]) -> Result<Anchors, Refusal> {
    let world: World = world.parse().map_err(|error| Refusal::of("unknown-world", error))?;
    let none: &[Vec<u8>] = &[];
    let anchors = match world {
        World::Production => Anchors::production().and_then(|built_in| built_in.with(authorities, none)),
        _ if authorities.is_empty() => return Err(Refusal::of("no-authorities", world)),
        _ => Anchors::load(world, authorities, none),
    };
    anchors.map_err(|error| Refusal { index: place(&error), ..Refusal::of("bad-authority", error) })
}

/// Which of the given certificates it is about.
fn place(error: &AnchorError) -> Option<u32> {
    match error {
        AnchorError::Profile { index, .. }
        | AnchorError::OtherWorld { index, .. }
        | AnchorError::Repeated { index, .. } => u32::try_from(*index).ok(),
        AnchorError::NotAnAnchor(_) | AnchorError::BothPurposes => None,
    }
}

fn read_expectations(file: Option<&[u8]>) -> Result<Expectations, Refusal> {
    let Some(file) = file else {
        return Ok(Expectations::none_given());
    };
    Expectations::parse(file).map_err(|error| Refusal::of("bad-expectations", error))
}

#[cfg(test)]
mod tests;
