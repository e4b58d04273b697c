//! Revocation with three answers: good, revoked, unknown with its reason. Nothing here turns unknown into good.

use crate::certificate::{Authority, Certificate};
use crate::crl::{CrlNumber, CrlProblem};
use crate::ocsp::OcspProblem;
use crate::time::UnixTime;

/// The answer for one certificate at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationStatus {
    /// Not revoked according to an authentic and current answer.
    Good {
        /// When that answer was made (thisUpdate).
        as_of: UnixTime,
    },
    /// Revoked.
    Revoked {
        /// Since when.
        at: UnixTime,
        /// Why.
        reason: RevocationReason,
    },
    /// Nobody could say.
    Unknown {
        /// Why not.
        why: UnknownReason,
    },
}

/// An answer with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationAnswer {
    /// The answer.
    pub status: RevocationStatus,
    /// What can be kept to show later that it was given; none where the status is unknown.
    pub evidence: Option<Evidence>,
}

/// What a good or revoked answer rests on. It is kept by who verified, and is not handed on with what was signed: a
/// list names other people's certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A list, by its number and digest. The entry, if there is one, is in the status.
    List(ListEvidence),
    /// A responder's answer, whole.
    Response(ResponseEvidence),
}

/// Which list answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListEvidence {
    /// cRLNumber.
    pub number: CrlNumber,
    /// SHA-256 of the whole list in DER.
    pub sha256: [u8; 32],
    /// When it was made.
    pub this_update: UnixTime,
    /// When the next one was due.
    pub next_update: UnixTime,
}

/// Which OCSP response answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseEvidence {
    /// The OCSPResponse in DER (RFC 6960 §4.2.1), at most 65,536 octets.
    pub response: Vec<u8>,
    /// thisUpdate of the answer about the certificate.
    pub this_update: UnixTime,
}

/// The reasons of RFC 5280 §5.3.1 that end a certificate, with what JPKI means by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationReason {
    /// 0, or no reason given. In JPKI: destroyed before delivery.
    Unspecified,
    /// 1: the key may be known to others.
    KeyCompromise,
    /// 2: the authority's key may be known to others.
    AuthorityCompromise,
    /// 3: name, address, date of birth or sex changed.
    AffiliationChanged,
    /// 4: replaced by a new certificate.
    Superseded,
    /// 5: no longer needed, or the holder died or moved abroad.
    CessationOfOperation,
    /// 6: suspended. It counts as revoked.
    Hold,
    /// 9 and 10, or a number without a meaning in RFC 5280.
    Withdrawn(u8),
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownReason {
    /// Nobody was asked.
    #[error("revocation was not consulted")]
    NotConsulted,
    /// No list covers this certificate: none has its distribution point and its authority.
    #[error("no revocation list covers this certificate")]
    NoList,
    /// A list covers it but cannot be used.
    #[error("the revocation list cannot be used: {0}")]
    List(CrlProblem),
    /// The list that covers it is older than it promises to be.
    #[error("the revocation list was to be replaced by {next_update}")]
    Outdated {
        /// When the next list was due.
        next_update: UnixTime,
    },
    /// The list that covers it was made after the time in question.
    #[error("the revocation list was made later, at {this_update}")]
    FromLater {
        /// When the list was made.
        this_update: UnixTime,
    },
    /// The list that covers it was made when the certificate was already over, so that its entry may have been left out
    /// (RFC 5280 §3.3).
    #[error("the revocation list was made after the certificate's end, {not_after}")]
    AfterExpiry {
        /// The certificate's end.
        not_after: UnixTime,
    },
    /// A service that was to answer did not.
    #[error("the revocation service gave no answer")]
    NoAnswer,
    /// A responder answered, but not so that it could be used.
    #[error("the responder's answer cannot be used: {0}")]
    Responder(OcspProblem),
}

/// Who can answer: revocation lists, a responder's stored answer, or a platform operator's service.
pub trait RevocationSource {
    /// The status of `certificate`, issued by `issuer`, at `at`, and what it rests on.
    fn answer(&self, certificate: &Certificate, issuer: &Authority, at: UnixTime) -> RevocationAnswer;
}

/// The source of a caller that asks nobody. Its answer is always unknown.
#[derive(Clone, Copy, Debug)]
pub struct NotConsulted;

impl RevocationSource for NotConsulted {
    fn answer(&self, _: &Certificate, _: &Authority, _: UnixTime) -> RevocationAnswer {
        RevocationAnswer::unknown(UnknownReason::NotConsulted)
    }
}

impl RevocationAnswer {
    /// Nobody could say.
    pub const fn unknown(why: UnknownReason) -> Self {
        Self { status: RevocationStatus::Unknown { why }, evidence: None }
    }
}

impl Evidence {
    /// When what answered was made (thisUpdate).
    pub const fn this_update(&self) -> UnixTime {
        match self {
            Evidence::List(list) => list.this_update,
            Evidence::Response(response) => response.this_update,
        }
    }
}

impl RevocationReason {
    /// The reason behind a CRLReason number (RFC 5280 §5.3.1).
    pub const fn from_code(code: u8) -> Self {
        match code {
            0 => RevocationReason::Unspecified,
            1 => RevocationReason::KeyCompromise,
            2 => RevocationReason::AuthorityCompromise,
            3 => RevocationReason::AffiliationChanged,
            4 => RevocationReason::Superseded,
            5 => RevocationReason::CessationOfOperation,
            6 => RevocationReason::Hold,
            other => RevocationReason::Withdrawn(other),
        }
    }

    /// The name of RFC 5280 §5.3.1, as reports write it.
    pub const fn code(self) -> &'static str {
        match self {
            RevocationReason::Unspecified => "unspecified",
            RevocationReason::KeyCompromise => "keyCompromise",
            RevocationReason::AuthorityCompromise => "cACompromise",
            RevocationReason::AffiliationChanged => "affiliationChanged",
            RevocationReason::Superseded => "superseded",
            RevocationReason::CessationOfOperation => "cessationOfOperation",
            RevocationReason::Hold => "certificateHold",
            RevocationReason::Withdrawn(_) => "privilegeWithdrawn",
        }
    }

    /// What it means, in Japanese, for the people who read a report.
    pub const fn japanese(self) -> &'static str {
        match self {
            RevocationReason::Unspecified => "交付前に廃棄された",
            RevocationReason::KeyCompromise => "秘密鍵の危殆化",
            RevocationReason::AuthorityCompromise => "認証局の秘密鍵の危殆化",
            RevocationReason::AffiliationChanged => "記載事項（氏名・住所など）の変更",
            RevocationReason::Superseded => "証明書の更新",
            RevocationReason::CessationOfOperation => "利用の終了",
            RevocationReason::Hold => "一時停止",
            RevocationReason::Withdrawn(_) => "資格の取消し",
        }
    }
}
