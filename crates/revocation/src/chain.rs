//! Several sources, one after the other.

use shomei_pki::{
    Authority, Certificate, RevocationAnswer, RevocationSource, RevocationStatus, UnixTime, UnknownReason,
};

/// Sources in order of preference. The first answer that is not unknown is the answer.
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
        for source in &self.0 {
            let answer = source.answer(certificate, issuer, at);
            let RevocationStatus::Unknown { why } = answer.status else {
                return answer;
            };
            reason = match reason {
                UnknownReason::NotConsulted => why,
                UnknownReason::NoList if why != UnknownReason::NotConsulted => why,
                said => said,
            };
        }
        RevocationAnswer::unknown(reason)
    }
}
