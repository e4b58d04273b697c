//! Several sources, one after the other.

use shomei_pki::{
    Authority, Certificate, RevocationAnswer, RevocationSource, RevocationStatus, UnixTime, UnknownReason,
};

/// Sources in order of preference. Whoever says revoked is right, as no revocation of JPKI is ever taken back: a good
/// answer of one source does not outweigh the list of another. Otherwise the first good answer counts.
///
/// Where all are unknown, the reason is that of the first source that had something to look at: that nobody was asked or
/// that no list is there is said only if nobody says more. A chain of nothing was not consulted.
pub struct Chain<'a>(Vec<&'a dyn RevocationSource>);

impl<'a> Chain<'a> {
    /// A chain of these sources.
    pub fn new(sources: Vec<&'a dyn RevocationSource>) -> Self {
        Self(sources)
    }
}

impl RevocationSource for Chain<'_> {
    fn answer(&self, certificate: &Certificate, issuer: &Authority, at: UnixTime) -> RevocationAnswer {
        let mut reason = UnknownReason::NotConsulted;
        let mut good = None;
        for source in &self.0 {
            let answer = source.answer(certificate, issuer, at);
            let why = match answer.status {
                RevocationStatus::Revoked { .. } => return answer,
                RevocationStatus::Good { .. } => {
                    good = good.or(Some(answer));
                    continue;
                }
                RevocationStatus::Unknown { why } => why,
            };
            reason = match reason {
                UnknownReason::NotConsulted => why,
                UnknownReason::NoList if why != UnknownReason::NotConsulted => why,
                said => said,
            };
        }
        good.unwrap_or_else(|| RevocationAnswer::unknown(reason))
    }
}
