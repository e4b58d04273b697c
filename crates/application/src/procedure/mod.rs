//! Procedure definitions: which fields an application has, in which words, and what may stand in them.
//!
//! The same definition fills a document on the page and judges it on the server, so no rule exists twice. Its digest
//! is part of the signed document.

mod check;
mod fill;
mod outline;
mod read;
#[cfg(test)]
mod tests;
mod value;
mod violation;

pub use outline::Question;
pub use violation::{Rule, Violation};

use crate::shape::ParseError;
use crate::{Application, Field, Notice, ProcedureRef, identity};

/// The value of `schema` in a definition.
pub const SCHEMA: &str = "shomei-procedure/1";

/// 住民票の写しの交付申請, the definition that the demonstration site serves.
pub const JUMINHYO_UTSUSHI: &str = include_str!("../../procedures/juminhyo-utsushi.json");

/// One version of one procedure's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureDefinition {
    /// Identifier, as `juminhyo-utsushi`.
    pub id: String,
    /// Version; a new one for every change of a word.
    pub version: String,
    /// The name of the procedure.
    pub title: String,
    /// Single fields and groups in the order of the form.
    pub entries: Vec<Entry>,
    /// What the resident acknowledges.
    pub notices: Vec<Notice>,
    /// The most attachments an application may have; 0 if the definition says nothing.
    pub max_attachments: usize,
    sha256: String,
}

/// One entry of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A field that is asked once.
    Field(FieldDefinition),
    /// Fields that are asked once for each of several people or things.
    Group(GroupDefinition),
}

/// One question of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDefinition {
    /// Identifier of the field and of its control on the page.
    pub name: String,
    /// The question in words.
    pub label: String,
    /// What may be answered.
    pub kind: FieldKind,
    /// Whether an empty answer is refused.
    pub required: bool,
    /// Asked only if another field has one of these answers.
    pub when: Option<Condition>,
    /// Which item of the certificate the answer is compared with.
    pub from_certificate: Option<CertificateItem>,
    /// The HTML autofill token for the control.
    pub autocomplete: Option<String>,
}

/// Fields that repeat: `people.1.name`, `people.2.name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupDefinition {
    /// First part of the fields' names.
    pub name: String,
    /// The heading; entry n is headed by it, a space and n.
    pub label: String,
    /// The most entries; at least one is always there.
    pub max_entries: usize,
    /// Asked only if another field has one of these answers.
    pub when: Option<Condition>,
    /// The fields of each entry; they have no conditions and no certificate items of their own.
    pub fields: Vec<FieldDefinition>,
}

/// Answers of an earlier single field of the form that let another be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Name of the earlier field.
    pub field: String,
    /// Its values, any of which will do.
    pub values: Vec<String>,
}

/// What may be answered. An empty answer is judged by `required` alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// Free text.
    Text {
        /// Whether it may have lines.
        multiline: bool,
        /// The most characters.
        max_length: usize,
    },
    /// One of several choices.
    Choice(Vec<Choice>),
    /// A whole number in ASCII digits without leading zeros.
    Number {
        /// The smallest.
        min: u64,
        /// The largest.
        max: u64,
    },
    /// A calendar day `YYYY-MM-DD`.
    Date {
        /// The first day allowed.
        min: Option<String>,
        /// The last day allowed.
        max: Option<String>,
    },
    /// A telephone number in Japan: ASCII digits in groups with hyphens between them, 10 or 11 digits from 0.
    Telephone,
    /// Another number of ASCII digits, such as a licence number: may look like an individual number.
    Digits {
        /// The fewest digits.
        min_length: usize,
        /// The most digits.
        max_length: usize,
    },
}

/// A choice: its code, which is the field's value, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The code.
    pub value: String,
    /// The words.
    pub text: String,
}

/// An item of the signature certificate's basic four items (基本4情報).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateItem {
    /// 氏名
    Name,
    /// 住所
    Address,
    /// 生年月日
    Birth,
    /// 性別, by the codes of JIS X 0303 that the certificate uses: 1 male, 2 female, 3 other
    Sex,
}

impl CertificateItem {
    /// `name`, `address`, `birth` or `sex`, as definitions write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Birth => "birth",
            Self::Sex => "sex",
        }
    }
}

/// The basic four items of a certificate, as the comparison needs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificateItems<'a> {
    /// 氏名
    pub name: identity::CertificateText<'a>,
    /// 住所
    pub address: identity::CertificateText<'a>,
    /// 生年月日 as `YYYY-MM-DD`, unknown parts as zeros.
    pub birth: &'a str,
    /// 性別 as the certificate's digit.
    pub sex: &'a str,
}

/// One field of an application compared with the certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The field's name.
    pub field: String,
    /// The certificate's item.
    pub item: CertificateItem,
    /// What the comparison found.
    pub outcome: identity::Outcome,
}

impl ProcedureDefinition {
    /// Reads a definition: strict JSON in any layout, exact keys, sound in itself (names once, conditions on
    /// earlier choices, ranges not empty).
    pub fn parse(bytes: &[u8]) -> Result<Self, ParseError> {
        read::parse(bytes)
    }

    /// SHA-256 of the canonical definition (RFC 8785), 64 lower-case hexadecimal digits. White space and the order
    /// of keys in the file do not matter.
    pub fn sha256_hex(&self) -> &str {
        &self.sha256
    }

    /// The reference that an application of this definition carries.
    pub fn reference(&self) -> ProcedureRef {
        ProcedureRef {
            id: self.id.clone(),
            version: self.version.clone(),
            title: self.title.clone(),
            sha256: self.sha256.clone(),
        }
    }

    /// Every way in which `application` is not what this definition lets a resident file: title, labels, order,
    /// set of fields, choices and their words, kinds, lengths, notices, each byte for byte. Empty if it is.
    ///
    /// Expects a document that passed [`Application::check`]; the rules there are not repeated.
    pub fn check(&self, application: &Application) -> Vec<Violation> {
        check::check(self, application)
    }

    /// The fields of an application from answers (name, value) in any order; names of groups as `people.1.name`.
    /// CRLF becomes LF; nothing else is changed. Answers to questions that do not arise are left out; a missing
    /// answer counts as empty; entries of a group count up to the last one with an answer.
    pub fn fill(&self, answers: &[(String, String)]) -> Result<Vec<Field>, Vec<Violation>> {
        fill::fill(self, answers)
    }

    /// The questions that arise from `answers`, in the order of the form, each with its place in the document:
    /// what a page shows and hides.
    pub fn questions(&self, answers: &[(String, String)]) -> Vec<Question<'_>> {
        outline::questions(self, &|name| outline::answer(answers, name))
    }

    /// Compares every field that the definition ties to a certificate item and that the application has.
    pub fn compare(&self, application: &Application, certificate: CertificateItems<'_>) -> Vec<Comparison> {
        check::compare(self, application, certificate)
    }
}
