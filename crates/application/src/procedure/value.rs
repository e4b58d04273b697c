//! Whether a value answers a question.

use super::{FieldDefinition, FieldKind, Rule};
use crate::limits::MAX_VALUE;
use crate::text::{self, individual_number};
use crate::timestamp::parse_day;

/// The first rule that `value` breaks.
pub(super) fn check(definition: &FieldDefinition, value: &str) -> Result<(), Rule> {
    if value.is_empty() {
        return if definition.required { Err(Rule::Required) } else { Ok(()) };
    }
    by_kind(&definition.kind, value)?;
    let may_look_alike = matches!(definition.kind, FieldKind::Digits { .. } | FieldKind::Choice(_));
    if !may_look_alike && !individual_number::find(value).is_empty() {
        return Err(Rule::IndividualNumber);
    }
    Ok(())
}

/// The words that a document must carry beside `value`.
pub(super) fn words<'a>(definition: &'a FieldDefinition, value: &str) -> Option<&'a str> {
    let FieldKind::Choice(choices) = &definition.kind else {
        return None;
    };
    choices.iter().find(|choice| choice.value == value).map(|choice| choice.text.as_str())
}

fn by_kind(kind: &FieldKind, value: &str) -> Result<(), Rule> {
    match kind {
        FieldKind::Text { multiline: true, max_length } => {
            text::check_value(value, *max_length).map_err(Rule::of_text)
        }
        FieldKind::Text { multiline: false, max_length } => {
            text::check_line(value, *max_length).map_err(Rule::of_text)
        }
        FieldKind::Choice(choices) => {
            choices.iter().any(|choice| choice.value == value).then_some(()).ok_or(Rule::Choice)
        }
        FieldKind::Number { min, max } => number(value, *min, *max),
        FieldKind::Date { min, max } => date(value, min.as_deref(), max.as_deref()),
        FieldKind::Telephone => is_telephone(value).then_some(()).ok_or(Rule::Telephone),
        FieldKind::Digits { min_length, max_length } => digits(value, *min_length, *max_length),
    }
}

fn number(value: &str, min: u64, max: u64) -> Result<(), Rule> {
    let canonical = is_digits(value) && (value == "0" || !value.starts_with('0'));
    if !canonical || value.len() > MAX_VALUE {
        return Err(Rule::Number);
    }
    match value.parse::<u64>() {
        Ok(number) if number < min => Err(Rule::Below { min: min.to_string() }),
        Ok(number) if number <= max => Ok(()),
        _ => Err(Rule::Above { max: max.to_string() }),
    }
}

/// Days of this form stand in the order of their texts.
fn date(value: &str, min: Option<&str>, max: Option<&str>) -> Result<(), Rule> {
    parse_day(value).map_err(|_| Rule::Date)?;
    match (min, max) {
        (Some(min), _) if value < min => Err(Rule::Below { min: min.to_owned() }),
        (_, Some(max)) if value > max => Err(Rule::Above { max: max.to_owned() }),
        _ => Ok(()),
    }
}

fn digits(value: &str, min: usize, max: usize) -> Result<(), Rule> {
    match value.len() {
        _ if !is_digits(value) => Err(Rule::Digits),
        length if length < min => Err(Rule::TooShort { min }),
        length if length > max => Err(Rule::TooLong { max }),
        _ => Ok(()),
    }
}

fn is_telephone(value: &str) -> bool {
    let count = value.bytes().filter(u8::is_ascii_digit).count();
    value.starts_with('0') && matches!(count, 10 | 11) && value.split('-').all(is_digits)
}

fn is_digits(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}
