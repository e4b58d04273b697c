//! What no source says, one switch each.

use crate::{MissingDay, Reason};

/// When someone is as old as a rule asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeReached {
    /// On the birthday.
    OnTheBirthday,
    /// At the end of the day before it, as the law on counting ages has it.
    TheDayBefore,
}

/// The rules without a source. Whoever finds one changes its default and gives it a [`Rule`](super::Rule).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switches {
    /// Birthday of someone born on 29 February in a common year. Default: 28 February. No source.
    pub birthday_of_29_february: MissingDay,
    /// First day of renewal where the month three months before lacks the day. Default: its last day. No source.
    pub renewal_month_lacks_the_day: MissingDay,
    /// When someone is 15, and 18. Default: on the birthday. No source.
    pub age: AgeReached,
    /// Whether a second card or certificate is refused while one is in force. Default: yes. No source.
    pub one_of_each: bool,
    /// Reason on lists for an error in the record (記録誤り). Default: affiliationChanged. No source.
    pub record_error: Reason,
    /// Reason on lists for a revocation by the issuer (職権失効). Default: cessationOfOperation. No source.
    pub ex_officio: Reason,
}

/// The defaults.
pub const SWITCHES: Switches = Switches {
    birthday_of_29_february: MissingDay::LastOfTheMonth,
    renewal_month_lacks_the_day: MissingDay::LastOfTheMonth,
    age: AgeReached::OnTheBirthday,
    one_of_each: true,
    record_error: Reason::AffiliationChanged,
    ex_officio: Reason::CessationOfOperation,
};
