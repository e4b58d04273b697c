//! A procedure's definition as controls of a page. The id of every control is the name of its field.

use shomei_application::ProcedureDefinition;
use shomei_application::procedure::{Choice, Condition, Entry, FieldDefinition, FieldKind, GroupDefinition};

/// Fields that stand together: one alone, or one entry of a group.
pub struct EntryView<'a> {
    /// The group, if it is an entry of one.
    pub group: Option<GroupView<'a>>,
    /// The fields in order.
    pub fields: Vec<FieldView<'a>>,
}

/// One numbered entry of a group.
pub struct GroupView<'a> {
    /// First part of its fields' names.
    pub name: &'a str,
    /// The group's words.
    pub label: &'a str,
    /// The words and the number.
    pub heading: String,
    /// From 1.
    pub number: usize,
    /// Every entry but the first.
    pub removable: bool,
    /// The last entry that the definition allows.
    pub last: bool,
    /// When it is asked.
    pub when: Option<WhenView<'a>>,
}

/// Asked only while another field has one of some values.
pub struct WhenView<'a> {
    /// The other field.
    pub field: &'a str,
    /// Its values, with spaces between.
    pub values: String,
}

/// One question.
pub struct FieldView<'a> {
    /// Name of the field, id and name of the control.
    pub id: String,
    /// The question in words.
    pub label: &'a str,
    /// Whether an empty answer is refused.
    pub required: bool,
    /// What to know before answering.
    pub hint: Option<&'static str>,
    /// HTML autofill token.
    pub autocomplete: Option<&'a str>,
    /// When it is asked.
    pub when: Option<WhenView<'a>>,
    /// The control.
    pub control: Control<'a>,
}

/// The controls that a page has.
pub enum Control<'a> {
    /// One of several choices.
    Select {
        /// In order.
        choices: &'a [Choice],
    },
    /// Text of several lines.
    Area {
        /// The most characters.
        max_length: usize,
    },
    /// Text of one line.
    Line {
        /// The most characters.
        max_length: usize,
    },
    /// A whole number.
    Number {
        /// The smallest.
        min: u64,
        /// The largest.
        max: u64,
    },
    /// A calendar day.
    Date {
        /// The first.
        min: Option<&'a str>,
        /// The last.
        max: Option<&'a str>,
    },
    /// A telephone number.
    Telephone,
    /// Digits that are no quantity.
    Digits {
        /// The fewest.
        min_length: usize,
        /// The most.
        max_length: usize,
    },
}

impl<'a> EntryView<'a> {
    /// Every entry that a form of `definition` can have, groups at their full number: the page's script shows those
    /// that are asked.
    pub fn all(definition: &'a ProcedureDefinition) -> Vec<Self> {
        definition.entries.iter().flat_map(Self::of).collect()
    }

    fn of(entry: &'a Entry) -> Vec<Self> {
        match entry {
            Entry::Field(field) => vec![Self { group: None, fields: vec![FieldView::of(field, None)] }],
            Entry::Group(group) => (1..=group.max_entries).map(|number| Self::entry(group, number)).collect(),
        }
    }

    fn entry(group: &'a GroupDefinition, number: usize) -> Self {
        let prefix = format!("{}.{number}", group.name);
        let view = GroupView {
            name: &group.name,
            label: &group.label,
            heading: format!("{} {number}", group.label),
            number,
            removable: number > 1,
            last: number == group.max_entries,
            when: group.when.as_ref().map(WhenView::of),
        };
        let fields = group.fields.iter().map(|field| FieldView::of(field, Some(&prefix))).collect();
        Self { group: Some(view), fields }
    }
}

impl<'a> WhenView<'a> {
    fn of(condition: &'a Condition) -> Self {
        Self { field: &condition.field, values: condition.values.join(" ") }
    }
}

impl<'a> FieldView<'a> {
    fn of(field: &'a FieldDefinition, prefix: Option<&str>) -> Self {
        Self {
            id: prefix.map_or_else(|| field.name.clone(), |prefix| format!("{prefix}.{}", field.name)),
            label: &field.label,
            required: field.required,
            hint: hint(field),
            autocomplete: field.autocomplete.as_deref(),
            when: field.when.as_ref().map(WhenView::of),
            control: Control::of(&field.kind),
        }
    }
}

impl<'a> Control<'a> {
    fn of(kind: &'a FieldKind) -> Self {
        match kind {
            FieldKind::Choice(choices) => Self::Select { choices },
            FieldKind::Text { multiline: true, max_length } => Self::Area { max_length: *max_length },
            FieldKind::Text { multiline: false, max_length } => Self::Line { max_length: *max_length },
            FieldKind::Number { min, max } => Self::Number { min: *min, max: *max },
            FieldKind::Date { min, max } => Self::Date { min: min.as_deref(), max: max.as_deref() },
            FieldKind::Telephone => Self::Telephone,
            FieldKind::Digits { min_length, max_length } => {
                Self::Digits { min_length: *min_length, max_length: *max_length }
            }
        }
    }
}

fn hint(field: &FieldDefinition) -> Option<&'static str> {
    match (&field.kind, field.from_certificate) {
        (FieldKind::Date { .. }, Some(_)) => {
            Some("西暦で入力してください。署名用電子証明書と照らし合わせます。")
        }
        (_, Some(_)) => Some("住民票のとおりに入力してください。署名用電子証明書と照らし合わせます。"),
        (FieldKind::Date { .. }, None) => Some("西暦で入力してください。"),
        (FieldKind::Telephone, None) => Some("半角の数字とハイフンで入力してください。例：000-0000-0000"),
        (FieldKind::Digits { .. }, None) => Some("半角の数字だけで入力してください。"),
        _ => None,
    }
}
