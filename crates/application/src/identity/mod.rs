//! Comparing what a resident wrote with what the certificate says.
//!
//! Folding happens in comparison keys and nowhere else: what is signed stays as it was written.

mod address;
mod fold;
#[cfg(test)]
mod tests;
mod variants;

pub(crate) use fold::is_dash;

/// What the comparison of a written text with a certificate's text found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The same, apart from width, spaces, dashes, and ways to write a house number.
    Match,
    /// The same, apart from variants of a character or places where the certificate has a substitute character:
    /// a person decides.
    MatchWithSubstitution,
    /// Something else.
    Mismatch,
}

impl Outcome {
    /// `match`, `match-with-substitution` or `mismatch`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::MatchWithSubstitution => "match-with-substitution",
            Self::Mismatch => "mismatch",
        }
    }
}

/// A text of a certificate, and which of its characters are substitutes (代替文字).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificateText<'a> {
    /// The text.
    pub text: &'a str,
    /// The certificate's flags: one `0` or `1` for each character of `text`. Flags of another form or length say
    /// nothing about any character and are taken as none.
    pub substitutes: &'a str,
}

/// Compares a name as written with the certificate's name.
pub fn compare_name(written: &str, certificate: CertificateText<'_>) -> Outcome {
    fold::compare(written, certificate, fold::name_key)
}

/// Compares an address as written with the certificate's address.
pub fn compare_address(written: &str, certificate: CertificateText<'_>) -> Outcome {
    fold::compare(written, certificate, fold::address_key)
}

/// Compares a date of birth `YYYY-MM-DD` with the certificate's, in which unknown parts are zeros: a part unknown
/// to the certificate never contradicts, but it needs a person.
pub fn compare_birth(written: &str, certificate: &str) -> Outcome {
    let (ours, theirs): (Vec<&str>, Vec<&str>) =
        (written.split('-').collect(), certificate.split('-').collect());
    if ours.len() != 3 || theirs.len() != 3 {
        return Outcome::Mismatch;
    }
    let differ = || ours.iter().zip(&theirs).filter(|(a, b)| a != b);
    if differ().next().is_none() {
        Outcome::Match
    } else if differ().all(|(_, theirs)| matches!(*theirs, "0000" | "00")) {
        Outcome::MatchWithSubstitution
    } else {
        Outcome::Mismatch
    }
}
