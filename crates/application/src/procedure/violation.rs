//! What is wrong with an answer or a document, by place and rule.

use crate::shape::Reason;
use crate::text;

/// One rule of a definition that is not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {rule}")]
pub struct Violation {
    /// The name of a field, or, where it begins with `/`, a place in the document as a JSON Pointer (RFC 6901).
    pub place: String,
    /// The rule.
    pub rule: Rule,
}

/// The rules of a definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rule {
    /// A required answer is empty.
    #[error("an answer is required")]
    Required,
    /// The document lacks this field or notice.
    #[error("missing")]
    Missing,
    /// The form does not ask this, or not here.
    #[error("the form does not ask this")]
    Unexpected,
    /// The right fields or notices in another order.
    #[error("another order than the form's")]
    Order,
    /// Words of the document are not the definition's.
    #[error("the words differ from the definition's")]
    Words,
    /// No choice of this field.
    #[error("not one of the choices")]
    Choice,
    /// Not a whole number in ASCII digits without leading zeros.
    #[error("not a whole number in half-width digits")]
    Number,
    /// Less or earlier than allowed.
    #[error("below {min}")]
    Below {
        /// The smallest number or first day.
        min: String,
    },
    /// More or later than allowed.
    #[error("above {max}")]
    Above {
        /// The largest number or last day.
        max: String,
    },
    /// Not a calendar day `YYYY-MM-DD`.
    #[error("not a calendar day")]
    Date,
    /// Not a telephone number.
    #[error("not a telephone number")]
    Telephone,
    /// Not ASCII digits alone.
    #[error("not half-width digits alone")]
    Digits,
    /// Fewer characters than needed.
    #[error("shorter than {min}")]
    TooShort {
        /// The fewest characters.
        min: usize,
    },
    /// More characters than allowed.
    #[error("longer than {max}")]
    TooLong {
        /// The most characters.
        max: usize,
    },
    /// A character that may not be signed.
    #[error(transparent)]
    Text(text::Refusal),
    /// It looks like an individual number (個人番号), which no form of ours asks for.
    #[error("it looks like an individual number")]
    IndividualNumber,
}

impl Rule {
    /// A stable kebab-case word for pages and replies, which say it in the reader's language.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Missing => "missing",
            Self::Unexpected => "unexpected",
            Self::Order => "order",
            Self::Words => "words",
            Self::Choice => "choice",
            Self::Number => "number",
            Self::Below { .. } => "below",
            Self::Above { .. } => "above",
            Self::Date => "date",
            Self::Telephone => "telephone",
            Self::Digits => "digits",
            Self::TooShort { .. } => "too-short",
            Self::TooLong { .. } => "too-long",
            Self::Text(_) => "text",
            Self::IndividualNumber => "individual-number",
        }
    }

    /// This rule at `place`.
    pub(super) fn at(self, place: &str) -> Violation {
        Violation { place: place.to_owned(), rule: self }
    }

    /// The rule that a refusal of [`crate::text`] stands for.
    pub(super) fn of_text(reason: Reason) -> Self {
        match reason {
            Reason::TooLong { max } => Self::TooLong { max },
            Reason::Text(refusal) => Self::Text(refusal),
            _ => Self::Required,
        }
    }
}
