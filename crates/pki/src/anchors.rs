//! The trusted authorities of one world. Signature and authentication authorities are separate sets.

mod fingerprint;

pub use fingerprint::{Fingerprint, NotAFingerprint};

use crate::certificate::{Authority, ProfileError};
use crate::world::{Purpose, World};

/// The anchors of exactly one [`World`]. There is no way to add those of another.
#[derive(Clone, Debug)]
pub struct Anchors {
    world: World,
    signature: Vec<Authority>,
    authentication: Vec<Authority>,
}

/// Why a certificate cannot be an anchor. `index` counts from 0 within the list that was given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnchorError {
    /// Not an authority's certificate.
    #[error("{purpose} anchor {index}: {error}")]
    Profile {
        /// The set it was given for.
        purpose: Purpose,
        /// Its place in the list for that set.
        index: usize,
        /// The rule that it breaks.
        error: ProfileError,
    },
    /// An authority of another world.
    #[error("{purpose} anchor {index} belongs to `{organization}`, not to the world {world}")]
    OtherWorld {
        /// The set it was given for.
        purpose: Purpose,
        /// Its place in the list for that set.
        index: usize,
        /// The organization in its name.
        organization: String,
        /// The world of this process.
        world: World,
    },
    /// The same key twice, which would leave open which authority answers.
    #[error("{purpose} anchor {index} repeats a key identifier")]
    Repeated {
        /// The set it was given for.
        purpose: Purpose,
        /// Its place in the list for that set.
        index: usize,
    },
    /// A fingerprint to be dropped that no anchor has: a mistake that would leave an authority trusted.
    #[error("no anchor has the fingerprint {0}")]
    NotAnAnchor(Fingerprint),
    /// One key in both sets.
    #[error("an authority is an anchor for both purposes")]
    BothPurposes,
}

/// The signature authorities of J-LIS: generations 1, 2 and 3.
const PRODUCTION_SIGNATURE: [&[u8]; 3] = [
    include_bytes!("../anchors/signca01.cer"),
    include_bytes!("../anchors/signca02.cer"),
    include_bytes!("../anchors/signca03.cer"),
];

/// The authentication authorities of J-LIS: generations 1, 2 and 3.
const PRODUCTION_AUTHENTICATION: [&[u8]; 3] = [
    include_bytes!("../anchors/authca01.cer"),
    include_bytes!("../anchors/authca02.cer"),
    include_bytes!("../anchors/authca03.cer"),
];

impl Anchors {
    /// The six authorities published by J-LIS, built in.
    ///
    /// # Errors
    /// None with the certificates that are built in; the type says so because they are parsed like any other.
    pub fn production() -> Result<Self, AnchorError> {
        Self::load(World::Production, &PRODUCTION_SIGNATURE, &PRODUCTION_AUTHENTICATION)
    }

    /// Anchors given as certificates in DER, for one world.
    ///
    /// # Errors
    /// The first certificate that is not an authority of that world.
    pub fn load<D: AsRef<[u8]>>(
        world: World,
        signature: &[D],
        authentication: &[D],
    ) -> Result<Self, AnchorError> {
        let none = Self { world, signature: Vec::new(), authentication: Vec::new() };
        none.with(signature, authentication)
    }

    /// These anchors and further ones, for an authority that begins its work between two releases: the caller reads
    /// the certificates, in DER, from wherever they are kept.
    ///
    /// # Errors
    /// The first certificate that is not an authority of this world, or that leaves open which authority answers.
    pub fn with<D: AsRef<[u8]>>(self, signature: &[D], authentication: &[D]) -> Result<Self, AnchorError> {
        let world = self.world;
        let signature = extend(self.signature, world, Purpose::Signature, signature)?;
        let authentication = extend(self.authentication, world, Purpose::Authentication, authentication)?;
        let shared = |authority: &Authority| {
            let key = authority.certificate().public_key();
            authentication.iter().any(|other| other.certificate().public_key() == key)
        };
        if signature.iter().any(shared) {
            return Err(AnchorError::BothPurposes);
        }
        Ok(Self { world, signature, authentication })
    }

    /// These anchors without those that have one of these fingerprints (SHA-256 of the whole certificate), for an
    /// authority that is to be trusted no more before the next release.
    ///
    /// # Errors
    /// [`AnchorError::NotAnAnchor`] for the first fingerprint that drops nothing.
    pub fn without(mut self, fingerprints: &[Fingerprint]) -> Result<Self, AnchorError> {
        for fingerprint in fingerprints {
            let before = self.signature.len() + self.authentication.len();
            for set in [&mut self.signature, &mut self.authentication] {
                set.retain(|authority| authority.certificate().fingerprint() != fingerprint.0);
            }
            if self.signature.len() + self.authentication.len() == before {
                return Err(AnchorError::NotAnAnchor(*fingerprint));
            }
        }
        Ok(self)
    }

    /// The world that these anchors belong to.
    pub fn world(&self) -> World {
        self.world
    }

    /// The authorities trusted for `purpose`, in the order given.
    pub fn authorities(&self, purpose: Purpose) -> &[Authority] {
        match purpose {
            Purpose::Signature => &self.signature,
            Purpose::Authentication => &self.authentication,
        }
    }
}

fn extend(
    mut set: Vec<Authority>,
    world: World,
    purpose: Purpose,
    list: &[impl AsRef<[u8]>],
) -> Result<Vec<Authority>, AnchorError> {
    for (index, der) in list.iter().enumerate() {
        let authority =
            Authority::parse(der.as_ref()).map_err(|error| AnchorError::Profile { purpose, index, error })?;
        let organization = authority.certificate().issuer_organization().to_owned();
        if organization != world.organization() {
            return Err(AnchorError::OtherWorld { purpose, index, organization, world });
        }
        if set.iter().any(|other| other.key_identifier() == authority.key_identifier()) {
            return Err(AnchorError::Repeated { purpose, index });
        }
        set.push(authority);
    }
    Ok(set)
}

#[cfg(test)]
mod tests;
