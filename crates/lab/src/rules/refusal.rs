//! What the counter refuses, with the facts of the case.

use der::DateTime;
use thiserror::Error;

use super::Rule;
use crate::{Date, Purpose};

/// A character that a certificate cannot hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// `name` or `address`.
    pub item: &'static str,
    /// Where in it, counted in characters from 1.
    pub position: usize,
    /// The character.
    pub character: char,
}

/// Why the counter does not do what it was asked to. `Display` is one English sentence with the facts; the Japanese for
/// the resident is [`Self::advice`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Not on the register of residents.
    #[error("the holder is no longer on the register of residents since {since}")]
    NotRegistered {
        /// Since when.
        since: Date,
    },
    /// Too young for a signature certificate.
    #[error("the holder may have a signature certificate from {possible_from} on")]
    UnderFifteen {
        /// The first day on which it is possible.
        possible_from: Date,
    },
    /// An adult ward without special circumstances.
    #[error("the holder is an adult ward without special circumstances")]
    Ward,
    /// No card.
    #[error("the holder has no card")]
    NoCard,
    /// An expired card.
    #[error("the card expired on {on}")]
    CardExpired {
        /// Its last day.
        on: Date,
    },
    /// A suspended card.
    #[error("the card has been suspended since {since}")]
    CardSuspended {
        /// Since when.
        since: DateTime,
    },
    /// A card is in force, suspended or not, until its loss is reported at the counter.
    #[error("a card is in force until {until}")]
    CardHeld {
        /// Its last day.
        until: Date,
    },
    /// A certificate of that kind is in force.
    #[error("a certificate for {} is in force until {until}", purpose.word())]
    AlreadyHeld {
        /// Its kind.
        purpose: Purpose,
        /// notAfter.
        until: DateTime,
    },
    /// A certificate would end before the day of its issue.
    #[error("a certificate for {} would have ended on {on} ({set_by})", purpose.word())]
    OverAlready {
        /// Its kind.
        purpose: Purpose,
        /// Its last day.
        on: Date,
        /// The rule that cuts it short.
        set_by: Rule,
    },
    /// Nothing to renew.
    #[error("no certificate for {} is in force", purpose.word())]
    NothingToRenew {
        /// Its kind.
        purpose: Purpose,
    },
    /// Renewal before its time.
    #[error("the certificate for {} can be renewed from {possible_from} on", purpose.word())]
    TooEarly {
        /// Its kind.
        purpose: Purpose,
        /// The first day on which it is possible.
        possible_from: Date,
    },
    /// Nothing to revoke.
    #[error("no certificate of that kind is in force")]
    NothingToRevoke,
    /// What was given as new stands in the register already.
    #[error("the register says so already")]
    NothingChanges,
    /// An alias for someone who cannot have one.
    #[error("only foreign residents have an alias")]
    NoForeignResident,
    /// Characters without a substitute.
    #[error("no certificate can hold {}", characters(.0))]
    OutsideRepertoire(Vec<Outside>),
    /// No document was shown.
    #[error("no document was shown")]
    NoDocument,
    /// Something else than a document that counts.
    #[error("{name} is no document that counts")]
    UnknownDocument {
        /// What was shown.
        name: String,
    },
    /// A document without a photograph.
    #[error("{name} has no photograph")]
    NoPhotograph {
        /// What was shown.
        name: String,
    },
    /// A document that is no longer valid.
    #[error("{name} is out of date")]
    DocumentExpired {
        /// What was shown.
        name: String,
    },
    /// A document with another name or address.
    #[error("{name} differs from the register in its {item}")]
    DocumentDiffers {
        /// What was shown.
        name: String,
        /// `name` or `address`.
        item: &'static str,
    },
    /// At a kiosk, with the PIN locked too.
    #[error("the authentication PIN is locked, and a kiosk needs it")]
    PinLocked,
    /// An answer without an inquiry.
    #[error("no inquiry was sent")]
    NoInquiry,
    /// An answer on the day of the inquiry.
    #[error("the inquiry was sent today")]
    SameDay,
    /// An answer that came too late.
    #[error("the answer was due on {due}")]
    AnswerTooLate {
        /// The last day for it.
        due: Date,
    },
}

impl Refusal {
    /// The rule that says no.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        match self {
            Self::NotRegistered { .. } => Rule::OnTheRegister,
            Self::UnderFifteen { .. } => Rule::SignatureFromFifteen,
            Self::Ward => Rule::SignatureForWards,
            Self::NoCard => Rule::CardNeeded,
            Self::CardExpired { .. } => Rule::CardExpiry,
            Self::CardSuspended { .. } => Rule::LossByTelephone,
            Self::CardHeld { .. } | Self::AlreadyHeld { .. } => Rule::OneOfEach,
            Self::OverAlready { set_by, .. } => *set_by,
            Self::NothingToRenew { .. } => Rule::RenewalOfWhatIsInForce,
            Self::TooEarly { .. } => Rule::RenewalFromThreeMonths,
            Self::NothingToRevoke => Rule::OnlyWhatIsInForce,
            Self::NothingChanges => Rule::RevokedForItsItems,
            Self::NoForeignResident => Rule::RevokedForItsAlias,
            Self::OutsideRepertoire(_) => Rule::SubstituteCharacters,
            Self::NoDocument | Self::UnknownDocument { .. } | Self::NoPhotograph { .. } => {
                Rule::DocumentWithPhotograph
            }
            Self::DocumentExpired { .. } => Rule::DocumentInDate,
            Self::DocumentDiffers { .. } => Rule::DocumentAgrees,
            Self::PinLocked => Rule::KioskForTheSignature,
            Self::NoInquiry | Self::SameDay => Rule::AgentNotTheSameDay,
            Self::AnswerTooLate { .. } => Rule::AnswerWithinThirtyDays,
        }
    }

    /// What the resident is told: what happened, and what to do next.
    #[must_use]
    pub fn advice(&self) -> String {
        match self {
            Self::UnderFifteen { possible_from } | Self::TooEarly { possible_from, .. } => {
                format!("{}{}から手続きできます。", self.rule().japanese(), written(*possible_from))
            }
            Self::AnswerTooLate { due } => {
                let due = written(*due);
                format!("回答の期限（{due}）を過ぎています。もう一度、照会書の送付を依頼してください。")
            }
            Self::OutsideRepertoire(outside) => format!(
                "電子証明書に記録できない文字があります（{}）。代わりに使う文字をお選びください。",
                outside.iter().map(|one| one.character).collect::<String>()
            ),
            Self::DocumentDiffers { name, .. } => {
                format!(
                    "{name}の記載が住民登録と異なります。書き換えを済ませてから、もう一度お越しください。"
                )
            }
            other => [other.rule().japanese(), other.next_step()].concat(),
        }
    }

    const fn next_step(&self) -> &'static str {
        match self {
            Self::NoCard | Self::CardExpired { .. } => "先にマイナンバーカードの交付を受けてください。",
            Self::CardSuspended { .. } => {
                "カードは一時停止中です。カードをお持ちになって窓口へお越しください。"
            }
            Self::CardHeld { .. } => "カードを紛失した場合は、先に窓口で紛失を届け出てください。",
            Self::AlreadyHeld { .. } => "満了日の3か月前から更新できます。",
            Self::NothingToRenew { .. } => "新しい電子証明書の発行を申請してください。",
            Self::OverAlready { .. } => "先にその期間の更新を済ませてください。",
            Self::NothingToRevoke => "手続きは必要ありません。",
            Self::NothingChanges => "変更がないため、手続きは必要ありません。",
            Self::PinLocked => "暗証番号もロックされているため、窓口へお越しください。",
            Self::NoInquiry => "先に、照会書の送付を窓口で依頼してください。",
            Self::SameDay => "照会書が届いてから、回答書をお持ちください。",
            Self::NoDocument
            | Self::UnknownDocument { .. }
            | Self::NoPhotograph { .. }
            | Self::DocumentExpired { .. } => {
                "お持ちでない場合は郵便で本人確認を行いますので、窓口でお尋ねください。"
            }
            _ => "くわしくは窓口でお尋ねください。",
        }
    }
}

/// A day as residents read it.
pub(super) fn written(day: Date) -> String {
    format!("{}年{}月{}日", day.year, day.month, day.day)
}

fn characters(outside: &[Outside]) -> String {
    let one = |Outside { item, position, character }: &Outside| format!("{character} ({item}, {position})");
    outside.iter().map(one).collect::<Vec<_>>().join(", ")
}
