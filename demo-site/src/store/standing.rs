//! Where filings stand, and the evidence that it rests on. Evidence goes in and is never handed out to a page.

use super::{Store, StoreError, begin};
use rusqlite::{Row, Transaction, params};
use shomei_application::{Timestamp, sha256};
use shomei_pki::{Evidence, RevocationAnswer, RevocationReason, RevocationStatus, Standing, UnixTime};

/// A filing whose certificate is to be asked about again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Its row.
    pub id: i64,
    /// The bytes as they came.
    pub envelope: Vec<u8>,
    /// When it came.
    pub received_at: Timestamp,
    /// Where it stands.
    pub standing: Standing,
}

/// Filings that are read at one time: their envelopes are in memory together.
const PAGE: i64 = 64;

impl Store {
    /// The next filings after the row `after` that may still move: those not final, and final ones received at
    /// `final_since` or later. Ends with an empty answer.
    pub fn pending(&self, after: i64, final_since: Timestamp) -> Result<Vec<Pending>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT standing, standing_at, standing_reason, id, envelope, received_at FROM filing WHERE id > ?1 \
                   AND (standing IN ('waiting', 'provisional') OR (standing = 'final' AND received_at >= ?2)) \
                   ORDER BY id LIMIT ?3";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![after, final_since.unix_seconds(), PAGE])?;
        let mut pending = Vec::new();
        while let Some(row) = rows.next()? {
            let received_at = Timestamp::from_unix_seconds(row.get(5)?)?;
            pending.push(Pending {
                id: row.get(3)?,
                envelope: row.get(4)?,
                received_at,
                standing: RawStanding::read(row)?.into_standing()?,
            });
        }
        Ok(pending)
    }

    /// Moves a filing to `to` and keeps what moved it, if it still stands where it was read. False if somebody else
    /// moved it meanwhile.
    pub fn move_filing(
        &self,
        filing: &Pending,
        to: Standing,
        answer: &RevocationAnswer,
        asked_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut connection = self.connection();
        let transaction = begin(&mut connection)?;
        let (from, to) = (RawStanding::of(filing.standing), RawStanding::of(to));
        let sql = "UPDATE filing SET standing = ?2, standing_at = ?3, standing_reason = ?4 \
                   WHERE id = ?1 AND standing = ?5 AND standing_at IS ?6";
        let given = params![filing.id, to.name, to.at, to.reason, from.name, from.at];
        if transaction.prepare_cached(sql)?.execute(given)? == 0 {
            return Ok(false);
        }
        insert_evidence(&transaction, filing.id, answer, asked_at)?;
        transaction.commit()?;
        Ok(true)
    }
}

/// `waiting`, `provisional`, `final` or `reopened`, as stored and logged.
pub fn name(standing: Standing) -> &'static str {
    match standing {
        Standing::Waiting => "waiting",
        Standing::Provisional { .. } => "provisional",
        Standing::Final { .. } => "final",
        Standing::Reopened { .. } => "reopened",
    }
}

/// The three columns.
pub(super) struct RawStanding {
    pub(super) name: String,
    pub(super) at: Option<i64>,
    pub(super) reason: Option<String>,
}

impl RawStanding {
    pub(super) fn of(standing: Standing) -> Self {
        let (at, reason) = match standing {
            Standing::Waiting => (None, None),
            Standing::Provisional { as_of } | Standing::Final { as_of } => (Some(as_of), None),
            Standing::Reopened { at, reason } => (Some(at), Some(reason.code().to_owned())),
        };
        Self { name: name(standing).to_owned(), at: at.map(UnixTime::seconds), reason }
    }

    /// Reads the first three columns.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { name: row.get(0)?, at: row.get(1)?, reason: row.get(2)? })
    }

    pub(super) fn into_standing(self) -> Result<Standing, StoreError> {
        let at = self.at.map(UnixTime::from_seconds);
        match (self.name.as_str(), at, self.reason.as_deref().and_then(reason)) {
            ("waiting", None, None) => Ok(Standing::Waiting),
            ("provisional", Some(as_of), None) => Ok(Standing::Provisional { as_of }),
            ("final", Some(as_of), None) => Ok(Standing::Final { as_of }),
            ("reopened", Some(at), Some(reason)) => Ok(Standing::Reopened { at, reason }),
            _ => Err(StoreError::Standing),
        }
    }
}

/// The reason of this name in RFC 5280 §5.3.1.
fn reason(name: &str) -> Option<RevocationReason> {
    (0..=10).map(RevocationReason::from_code).find(|reason| reason.code() == name)
}

/// An unknown answer has no evidence and leaves none.
pub(super) fn insert_evidence(
    transaction: &Transaction<'_>,
    filing: i64,
    answer: &RevocationAnswer,
    asked_at: Timestamp,
) -> Result<(), StoreError> {
    let (status, revoked_at, reason) = match answer.status {
        RevocationStatus::Good { .. } => ("good", None, None),
        RevocationStatus::Revoked { at, reason } => ("revoked", Some(at.seconds()), Some(reason.code())),
        RevocationStatus::Unknown { .. } => return Ok(()),
    };
    let (kind, next_update, number, digest, response) = match &answer.evidence {
        Some(Evidence::List(list)) => {
            ("list", Some(list.next_update.seconds()), Some(&*list.number), list.sha256, None)
        }
        Some(Evidence::Response(one)) => {
            ("response", None, None, sha256(&one.response), Some(one.response.as_slice()))
        }
        None => return Ok(()),
    };
    let this_update = answer.evidence.as_ref().map(|evidence| evidence.this_update().seconds());
    let sql = "INSERT INTO revocation_evidence (filing, kind, this_update, next_update, crl_number, sha256, status, \
               revoked_at, reason, response, asked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    transaction.prepare_cached(sql)?.execute(params![
        filing,
        kind,
        this_update,
        next_update,
        number,
        digest,
        status,
        revoked_at,
        reason,
        response,
        asked_at.unix_seconds(),
    ])?;
    Ok(())
}
