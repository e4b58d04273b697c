//! The register: what the municipality and the authority know of one resident. `WORLD/register/HOLDER.json` holds one
//! [`Entry`]. It is the truth; revocation lists and OCSP answers are derived from it.

mod text;

use der::{DateTime, Decode};
use serde::{Deserialize, Serialize};
use x509_cert::Certificate;

use crate::{Date, IssueError, Municipality, Purpose, Reason, Resident, Sex};

/// One resident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Entry {
    /// Name of the folder of the card.
    pub holder: String,
    /// Where the resident lives, by its name in Latin letters.
    #[serde(with = "text")]
    pub municipality: Municipality,
    /// What certificates say of the resident (基本4情報).
    pub basic_four_items: Items,
    /// What is known of a foreign resident (外国人住民); null for anybody else.
    #[serde(default)]
    pub foreign_resident: Option<ForeignResident>,
    /// What is known of an adult ward (成年被後見人); null for anybody else.
    #[serde(default)]
    pub ward: Option<Ward>,
    /// Whether the resident is still on the register of residents.
    pub standing: Standing,
    /// The My Number Card; null for who has none.
    pub card: Option<Card>,
    /// The inquiry that waits for its answer (照会書兼回答書), if one was sent.
    #[serde(default)]
    pub inquiry: Option<Inquiry>,
    /// Every certificate ever issued to the resident, oldest first.
    pub certificates: Vec<Certified>,
}

/// The basic four items, as certificates carry them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Items {
    /// 氏名
    pub name: String,
    /// One digit for each character of the name: 1 where it stands in for another.
    pub name_substitutes: String,
    /// 住所
    pub address: String,
    /// One digit for each character of the address.
    pub address_substitutes: String,
    /// 生年月日
    #[serde(with = "text")]
    pub birth: Date,
    /// 性別
    #[serde(with = "text")]
    pub sex: Sex,
}

/// What is known of a foreign resident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ForeignResident {
    /// 通称, if any.
    pub alias: Option<String>,
    /// Last day of the period of stay (在留期間の満了日); null where the stay has no end.
    #[serde(with = "text::optional")]
    pub stay_ends: Option<Date>,
}

/// What is known of an adult ward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Ward {
    /// Whether the municipality found special circumstances (特別な事情) for a signature certificate.
    pub special_circumstances: bool,
}

/// Whether someone is on the register of residents (住民基本台帳).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Standing {
    /// Yes.
    Resident,
    /// No longer: dead.
    Died {
        /// When that was entered.
        #[serde(with = "text")]
        on: Date,
    },
    /// No longer: moved abroad.
    #[serde(rename_all = "camelCase")]
    Abroad {
        /// The day of departure.
        #[serde(with = "text")]
        since: Date,
        /// Whether the card is used on abroad (国外継続利用).
        keeps_card: bool,
    },
}

/// A My Number Card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Card {
    /// The day of its issue.
    #[serde(with = "text")]
    pub issued: Date,
    /// Its last day.
    #[serde(with = "text")]
    pub expires: Date,
    /// Since when its functions are suspended (一時停止), if they are.
    #[serde(default, with = "text::optional")]
    pub suspended: Option<DateTime>,
}

/// An inquiry sent by post to the resident's address, and what its answer is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Inquiry {
    /// The day it was sent.
    #[serde(with = "text")]
    pub sent: Date,
    /// What the agent came for.
    pub errand: Errand,
}

/// What an agent can have done for a resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Errand {
    /// Issue of both certificates.
    IssueBoth,
    /// Issue of the signature certificate.
    IssueSignature,
    /// Issue of the authentication certificate.
    IssueAuthentication,
    /// Unlocking of passwords.
    Unlock,
    /// Setting of all passwords anew.
    Initialise,
}

/// A certificate that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Certified {
    /// What it is for, which says which authority issued it.
    #[serde(with = "text")]
    pub purpose: Purpose,
    /// The octets of its serial number's INTEGER, in lower-case hexadecimal.
    pub serial: String,
    /// Whose revocation list covers it: the municipality of its distribution point, wherever the holder lives now.
    #[serde(with = "text")]
    pub municipality: Municipality,
    /// notBefore.
    #[serde(with = "text")]
    pub issued: DateTime,
    /// notAfter.
    #[serde(with = "text")]
    pub not_after: DateTime,
    /// The certificate's file below the folder of the world, in DER.
    pub file: String,
    /// Its revocation, if it was revoked.
    #[serde(default)]
    pub revocation: Option<Revocation>,
}

/// A revocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Revocation {
    /// revocationDate.
    #[serde(with = "text")]
    pub at: DateTime,
    /// What lists and answers say.
    #[serde(with = "text")]
    pub reason: Reason,
    /// What happened.
    pub cause: Cause,
}

/// What happened that a certificate was revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// 任意失効
    OnRequest,
    /// 秘密鍵の漏えい・き損
    KeyCompromised,
    /// 異動等: one of the basic four items changed.
    ItemsChanged,
    /// 通称の記載・変更・削除
    AliasChanged,
    /// 記録誤り
    RecordError,
    /// 職権失効
    ExOfficio,
    /// 発行者署名符号の漏えい
    AuthorityCompromised,
    /// 国外転出
    MovedAbroad,
    /// 死亡
    Died,
    /// The loss was reported by telephone.
    Suspended,
    /// The loss was reported at the counter.
    Lost,
    /// 更新
    Renewed,
    /// The command `shomei-lab revoke`, which follows no rule.
    Command,
}

impl Entry {
    /// The resident as certificates and cards are made for.
    pub(crate) fn resident(&self) -> Resident {
        let Items { name, name_substitutes, address, address_substitutes, birth, sex } =
            self.basic_four_items.clone();
        Resident {
            id: self.holder.clone(),
            name,
            name_substitutes,
            address,
            address_substitutes,
            birth,
            sex,
            municipality: self.municipality,
        }
    }

    /// The newest certificate for a purpose that is neither expired nor revoked (nor held).
    #[must_use]
    pub fn in_force(&self, purpose: Purpose, at: DateTime) -> Option<&Certified> {
        self.newest(purpose).filter(|certified| certified.revocation.is_none() && certified.not_after >= at)
    }

    /// The newest certificate for a purpose.
    #[must_use]
    pub fn newest(&self, purpose: Purpose) -> Option<&Certified> {
        self.certificates.iter().rev().find(|certified| certified.purpose == purpose)
    }
}

impl Items {
    pub(crate) fn of(resident: &Resident) -> Self {
        Self {
            name: resident.name.clone(),
            name_substitutes: resident.name_substitutes.clone(),
            address: resident.address.clone(),
            address_substitutes: resident.address_substitutes.clone(),
            birth: resident.birth,
            sex: resident.sex,
        }
    }
}

impl Certified {
    /// What the register says of a certificate in DER that was issued just now.
    pub(crate) fn of(
        purpose: Purpose,
        municipality: Municipality,
        certificate: &[u8],
    ) -> Result<Self, IssueError> {
        let certificate = Certificate::from_der(certificate)?.tbs_certificate;
        let serial = hexadecimal(certificate.serial_number.as_bytes());
        Ok(Self {
            purpose,
            municipality,
            issued: certificate.validity.not_before.to_date_time(),
            not_after: certificate.validity.not_after.to_date_time(),
            file: format!("certificates/{}-{serial}.der", purpose.word()),
            serial,
            revocation: None,
        })
    }
}

/// Octets as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// The octets behind hexadecimal digits; none where there are others or half an octet.
pub(crate) fn octets(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    let octet = |pair: &[u8]| {
        let digits = str::from_utf8(pair).ok().filter(|pair| pair.len() == 2 && !pair.contains('+'))?;
        u8::from_str_radix(digits, 16).ok()
    };
    pairs.map(octet).collect()
}
