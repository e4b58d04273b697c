//! The three worlds that a certificate can belong to. A process verifies in exactly one; there is no union.

use std::fmt;
use std::str::FromStr;

/// A hierarchy of authorities with its own policies. Certificates never cross from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum World {
    /// The real one: residents of Japan.
    Production,
    /// The test hierarchy of J-LIS (`O=JPKI-TEST`): synthetic holders on test cards.
    JlisTest,
    /// The hierarchy that this project makes for itself (`O=SHOMEI-LAB`).
    Lab,
}

/// What a certificate was issued for. The two are separate trust sets with separate policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Signature certificates (署名用電子証明書).
    Signature,
    /// Authentication certificates (利用者証明用電子証明書).
    Authentication,
}

/// The word is not the name of a world.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the world is `production`, `jlis-test` or `lab`, not `{0}`")]
pub struct UnknownWorld(pub String);

impl World {
    /// `production`, `jlis-test` or `lab`, as arguments and reports write it.
    pub const fn name(self) -> &'static str {
        match self {
            World::Production => "production",
            World::JlisTest => "jlis-test",
            World::Lab => "lab",
        }
    }

    /// The organization (O) in the name of every authority of this world.
    pub const fn organization(self) -> &'static str {
        match self {
            World::Production => "JPKI",
            World::JlisTest => "JPKI-TEST",
            World::Lab => "SHOMEI-LAB",
        }
    }

    /// The certificate policy that a holder's certificate must carry, as content octets of an OBJECT IDENTIFIER.
    pub(crate) const fn policy(self, purpose: Purpose) -> &'static [u8] {
        match (self, purpose) {
            // 1.2.392.200149.8.5.1.1.20 and 1.2.392.200149.8.5.1.3.30
            (World::Production, Purpose::Signature) => b"\x2a\x83\x08\x8c\x9b\x55\x08\x05\x01\x01\x14",
            (World::Production, Purpose::Authentication) => b"\x2a\x83\x08\x8c\x9b\x55\x08\x05\x01\x03\x1e",
            // 1.2.392.200149.8.5.1.0.20 and 1.2.392.200149.8.5.1.0.30
            (World::JlisTest, Purpose::Signature) => b"\x2a\x83\x08\x8c\x9b\x55\x08\x05\x01\x00\x14",
            (World::JlisTest, Purpose::Authentication) => b"\x2a\x83\x08\x8c\x9b\x55\x08\x05\x01\x00\x1e",
            // 2.25.107415331360325251311376632813692006939.2 and .3
            (World::Lab, Purpose::Signature) => {
                b"\x69\x81\xa1\xcf\xb8\xae\x90\x91\xe2\xa3\xd7\xb3\xf8\xe5\x9d\x87\xa9\xe8\xe4\x1b\x02"
            }
            (World::Lab, Purpose::Authentication) => {
                b"\x69\x81\xa1\xcf\xb8\xae\x90\x91\xe2\xa3\xd7\xb3\xf8\xe5\x9d\x87\xa9\xe8\xe4\x1b\x03"
            }
        }
    }
}

impl fmt::Display for World {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for World {
    type Err = UnknownWorld;

    fn from_str(name: &str) -> Result<Self, UnknownWorld> {
        let worlds = [World::Production, World::JlisTest, World::Lab];
        worlds.into_iter().find(|world| world.name() == name).ok_or_else(|| UnknownWorld(name.to_owned()))
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Purpose::Signature => "signature",
            Purpose::Authentication => "authentication",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::der::oid_to_string;

    #[test]
    fn every_world_reads_back_from_its_name_and_no_other_word_is_one() {
        for world in [World::Production, World::JlisTest, World::Lab] {
            assert_eq!(world.name().parse(), Ok(world));
        }
        for word in ["", "Production", "production ", "test", "all"] {
            assert_eq!(word.parse::<World>(), Err(UnknownWorld(word.to_owned())));
        }
    }

    #[test]
    fn every_purpose_of_every_world_has_its_own_policy() {
        let table = [
            (World::Production, Purpose::Signature, "1.2.392.200149.8.5.1.1.20"),
            (World::Production, Purpose::Authentication, "1.2.392.200149.8.5.1.3.30"),
            (World::JlisTest, Purpose::Signature, "1.2.392.200149.8.5.1.0.20"),
            (World::JlisTest, Purpose::Authentication, "1.2.392.200149.8.5.1.0.30"),
            (World::Lab, Purpose::Signature, "2.25.107415331360325251311376632813692006939.2"),
            (World::Lab, Purpose::Authentication, "2.25.107415331360325251311376632813692006939.3"),
        ];
        for (world, purpose, policy) in table {
            assert_eq!(oid_to_string(world.policy(purpose)), policy);
        }
    }
}
