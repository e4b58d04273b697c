//! The juki card (住民基本台帳カード), whose certificates are all over: recognition and explanation only.

use der::DateTime;

use super::Rule;
use super::issuing::day_of;
use super::refusal::written;
use crate::Date;
use crate::calendar::{MissingDay, anniversary, day_before};

const LAST_ISSUE: Date = Date::new(2015, 12, 22);

/// What is to be said of a certificate on a juki card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JukiCertificate {
    /// Its last day: three years counted from the day of issue, which is the first of them.
    pub last_day: Date,
    /// Whether it is over. From 2018-12-22 on, all are.
    pub over: bool,
    /// The rule that says so.
    pub rule: Rule,
    /// For the resident.
    pub advice: String,
}

/// Explains a certificate of a juki card by the day of its issue. A day after the last issue has no certificate; it is
/// treated as that last day.
#[must_use]
pub fn explain_juki(issued: Date, at: DateTime) -> JukiCertificate {
    let today = day_of(at);
    let counted_from = issued.min(LAST_ISSUE);
    let third = anniversary(counted_from, counted_from.year.saturating_add(3), MissingDay::FirstOfTheNext);
    let last_day = day_before(third);
    let over = today > last_day;
    let rule = if issued > LAST_ISSUE || today > Date::new(2018, 12, 22) {
        Rule::JukiIssuedUntil2015
    } else {
        Rule::JukiThreeYears
    };
    let advice = match rule {
        Rule::JukiIssuedUntil2015 => {
            "住民基本台帳カードの電子証明書は、すべて有効期間が満了しています。マイナンバーカードの交付を申請してください。".to_owned()
        }
        _ if over => format!(
            "この電子証明書の有効期間は{}に満了しました。マイナンバーカードの交付を申請してください。",
            written(last_day)
        ),
        _ => format!("この電子証明書は{}まで有効です。", written(last_day)),
    };
    JukiCertificate { last_day, over, rule, advice }
}
