//! A whole lab world in memory: two authorities and every resident's card.

use std::thread;
use std::time::{Duration, SystemTime};

use der::DateTime;
use shomei_virtual_card::{BasicFourItems, Contents, Credential, InputSupport, KeyError};

use crate::{
    AUTHENTICATION_PIN, Authority, Date, INPUT_SUPPORT_PIN, IssueError, Issued, Purpose, RESIDENTS, Resident,
    SIGNATURE_PASSWORD,
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Two authorities, the residents, and when it all began.
#[derive(Debug)]
pub struct World {
    /// Issues signature certificates.
    pub signature: Authority,
    /// Issues authentication certificates.
    pub authentication: Authority,
    /// One for each of the chosen residents, in the same order.
    pub holders: Vec<Holder>,
    /// The instant the world was made for.
    pub made: DateTime,
}

/// A resident with what is on the card.
#[derive(Clone, Debug)]
pub struct Holder {
    /// Who it is.
    pub resident: Resident,
    /// Signature certificate and key.
    pub signature: Issued,
    /// Authentication certificate and key.
    pub authentication: Issued,
    /// Certificates of the two authorities, signature first, in DER.
    pub authorities: [Vec<u8>; 2],
}

impl World {
    /// Makes a world with all [`RESIDENTS`] as of `now`: the authorities are a year old, the certificates a day.
    /// All keys are fresh, which takes seconds.
    ///
    /// # Errors
    /// [`IssueError`]: the system gave no randomness, or `now` does not fit UTCTime.
    pub fn make(now: SystemTime) -> Result<Self, IssueError> {
        Self::with_residents(now, &*RESIDENTS)
    }

    /// Like [`Self::make`], with only some residents: two keys each take their time.
    ///
    /// # Errors
    /// As for [`Self::make`].
    pub fn with_residents(now: SystemTime, residents: &[Resident]) -> Result<Self, IssueError> {
        let made = DateTime::from_system_time(now)?;
        let founded = DateTime::from_unix_duration(made.unix_duration().saturating_sub(YEAR))?;
        let issued = DateTime::from_unix_duration(made.unix_duration().saturating_sub(DAY))?;
        let (signature, authentication) = both(|purpose| Authority::found(purpose, founded))?;
        let authorities = [signature.own()?.certificate, authentication.own()?.certificate];
        let holders = residents
            .iter()
            .map(|resident| {
                let (for_signature, for_authentication) = both(|purpose| match purpose {
                    Purpose::Signature => signature.issue(resident, issued),
                    Purpose::Authentication => authentication.issue(resident, issued),
                })?;
                Ok(Holder {
                    resident: resident.clone(),
                    signature: for_signature,
                    authentication: for_authentication,
                    authorities: authorities.clone(),
                })
            })
            .collect::<Result<_, IssueError>>()?;
        Ok(Self { signature, authentication, holders, made })
    }

    /// The authority for a purpose.
    #[must_use]
    pub const fn authority(&self, purpose: Purpose) -> &Authority {
        match purpose {
            Purpose::Signature => &self.signature,
            Purpose::Authentication => &self.authentication,
        }
    }

    /// A holder by the resident's id.
    #[must_use]
    pub fn holder(&self, id: &str) -> Option<&Holder> {
        self.holders.iter().find(|holder| holder.resident.id == id)
    }
}

impl Holder {
    /// The contents of the card, with the passwords of the lab.
    ///
    /// # Errors
    /// [`KeyError`] for a key that a card cannot hold.
    pub fn contents(&self) -> Result<Contents, KeyError> {
        let [signature, authentication] = &self.authorities;
        Ok(Contents {
            signature: Some(credential(&self.signature, signature, SIGNATURE_PASSWORD)?),
            authentication: credential(&self.authentication, authentication, AUTHENTICATION_PIN)?,
            input_support: Some(input_support(&self.resident)),
        })
    }
}

fn input_support(resident: &Resident) -> InputSupport {
    let Date { year, month, day } = resident.birth;
    let birth = format!("{year:04}{month:02}{day:02}");
    let Resident { name, address, sex, .. } = resident;
    let items = BasicFourItems { name, address, birth: &birth, sex: sex.code() };
    InputSupport::new(&items, INPUT_SUPPORT_PIN)
}

fn credential(issued: &Issued, authority: &[u8], secret: &str) -> Result<Credential, KeyError> {
    Credential::new(&issued.certificate, authority, &issued.key, secret)
}

/// Does the same for both purposes at once: finding primes is slow, and even small machines have two cores.
fn both<T: Send>(make: impl Fn(Purpose) -> Result<T, IssueError> + Sync) -> Result<(T, T), IssueError> {
    thread::scope(|scope| {
        let aside = scope.spawn(|| make(Purpose::Authentication));
        let signature = make(Purpose::Signature);
        let authentication = aside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok((signature?, authentication?))
    })
}
