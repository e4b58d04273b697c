//! The situations, and the people.

use super::DAY;
use super::story::{About, ORDINARY, OnTheCard, Scenario, Story, Verdict, Visit};
use crate::people::{Birth, NGUYEN, Person, Remark, SUZUKI, YAMADA, people};
use crate::rules::LossReport;
use crate::{Attribute, Deviations, Digest, KeySize, OtherNames};

const YEAR: i64 = 365 * DAY;
const MONTH: i64 = 30 * DAY;

/// The situations.
pub(super) fn situations() -> impl Iterator<Item = Scenario> {
    [DATES, LIVES, STRANGERS, DEPARTURES].into_iter().flatten().copied()
}

/// Each person with certificates of yesterday. Children under 15 have none for signatures.
pub(super) fn persons() -> impl Iterator<Item = Scenario> {
    people().map(|person| {
        let last_day = person.days_of_stay.map(i64::from);
        // Who is fifteen today was too young yesterday.
        let issued = if person.birth == Birth::FifteenToday { 0 } else { ORDINARY.issued };
        let story = Story { issued, last_day, ..ORDINARY };
        Scenario { name: person.id, remark: person.remark, verdict: Verdict::Good, person: *person, story }
    })
}

const DATES: &[Scenario] = &[
    scenario("valid", "有効な電子証明書", "a certificate in force", Verdict::Good, ORDINARY),
    until("expires-in-89-days", 89, "あと89日で期限が切れる（更新できる）", "ends in 89 days"),
    until("expires-in-90-days", 90, "あと90日で期限が切れる", "ends in 90 days"),
    until(
        "expires-in-91-days",
        91,
        "あと91日で期限が切れる（まだ更新できないことがある）",
        "ends in 91 days",
    ),
    scenario(
        "expired-yesterday",
        "きのう期限が切れた",
        "ended yesterday",
        Verdict::Expired,
        Story { issued: -5 * YEAR, last_day: Some(-1), ..ORDINARY },
    ),
    scenario(
        "expired",
        "5回目の誕生日を過ぎて期限が切れた",
        "ended on the fifth birthday, half a year ago or earlier",
        Verdict::Expired,
        Story { issued: -(5 * YEAR + YEAR / 2), ..ORDINARY },
    ),
    scenario(
        "not-valid-until-tomorrow",
        "あすから有効になる",
        "begins tomorrow",
        Verdict::NotYetValid,
        Story { issued: DAY, ..ORDINARY },
    ),
    scenario(
        "issued-two-hours-ago",
        "2時間前に発行され、失効の照会先がまだ知らない",
        "issued two hours ago; whoever is asked online does not know it yet",
        Verdict::Unknown,
        Story { issued: -2 * 60 * 60, ..ORDINARY },
    ),
];

const LIVES: &[Scenario] = &[
    visiting(
        "moved-last-month",
        "先月引っ越して、署名用電子証明書が失効した",
        "moved last month, so that the signature certificate was revoked",
        &[(-MONTH, Visit::Moves { to: "千葉県みほん市港２丁目４番６号" })],
    ),
    Scenario {
        person: SUZUKI,
        ..visiting(
            "married",
            "結婚で氏が変わり、署名用電子証明書が失効した",
            "took another family name, so that the signature certificate was revoked",
            &[(-7 * DAY, Visit::Takes { name: "山田　花子" })],
        )
    },
    Scenario {
        person: NGUYEN,
        ..visiting(
            "took-an-alias",
            "通称を変更して、署名用電子証明書が失効した",
            "a foreign resident changed the alias, so that the signature certificate was revoked",
            &[(-7 * DAY, Visit::TakesAlias { alias: "山田　アン" })],
        )
    },
    visiting(
        "lost",
        "カードをなくし、電話で一時停止した",
        "the card is lost, and both certificates are on hold",
        &[(-60 * 60, Visit::ReportsLoss { to: LossReport::Helpline })],
    ),
    visiting(
        "stolen",
        "カードを盗まれ、電話、警察署、窓口の順に届け出た",
        "the card was stolen, which was reported by telephone, to the police and at the counter",
        &[
            (-3 * DAY, Visit::ReportsLoss { to: LossReport::Helpline }),
            (-3 * DAY + 60 * 60, Visit::ReportsLoss { to: LossReport::Police }),
            (-2 * DAY, Visit::ReportsLoss { to: LossReport::Counter }),
        ],
    ),
    visiting(
        "moved-abroad",
        "国外に転出し、両方の電子証明書が失効した",
        "moved abroad, so that both certificates were revoked",
        &[(-MONTH, Visit::MovesAbroad { keeps_card: false })],
    ),
    visiting(
        "moved-abroad-with-card",
        "国外でもカードを使い続けるが、署名用電子証明書は失効した",
        "moved abroad and keeps the card, so that the signature certificate alone was revoked",
        &[(-MONTH, Visit::MovesAbroad { keeps_card: true })],
    ),
    visiting(
        "died",
        "亡くなった方の電子証明書",
        "the certificate of somebody who died",
        &[(-MONTH, Visit::Dies)],
    ),
    scenario(
        "renewed",
        "更新した電子証明書が入っているカード",
        "renewed: the card has the new certificate",
        Verdict::Good,
        Story { renewed: Some(-DAY), ..ORDINARY },
    ),
    scenario(
        "superseded",
        "更新する前の古い電子証明書",
        "renewed: the certificate from before",
        Verdict::Revoked,
        Story { renewed: Some(-DAY), about: About::Previous, ..ORDINARY },
    ),
    scenario(
        "locked",
        "署名用パスワードを5回まちがえて、ロックされた",
        "the signature password is locked; the certificate is in force",
        Verdict::Good,
        Story { state: Some("{\n  \"signaturePassword\": {\n    \"left\": 0\n  }\n}\n"), ..ORDINARY },
    ),
    scenario(
        "last-try",
        "署名用パスワードを4回まちがえて、あと1回",
        "one try is left for the signature password",
        Verdict::Good,
        Story { state: Some("{\n  \"signaturePassword\": {\n    \"left\": 1\n  }\n}\n"), ..ORDINARY },
    ),
    Scenario {
        person: Person { birth: Birth::FifteenTomorrow, ..YAMADA },
        ..scenario(
            "under-15",
            "15歳未満なので署名用電子証明書がない",
            "under 15, and so without a signature certificate",
            Verdict::Good,
            ORDINARY,
        )
    },
    scenario(
        "opted-out",
        "署名用電子証明書を希望しなかった",
        "did not want a signature certificate",
        Verdict::NoSignatureCertificate,
        Story { on_the_card: OnTheCard::Nothing, ..ORDINARY },
    ),
];

const STRANGERS: &[Scenario] = &[
    scenario(
        "wrong-authority",
        "同じ名前の、知られていない認証局が発行した",
        "issued by an authority of the same name that nobody trusts",
        Verdict::UnknownAuthority,
        Story { on_the_card: OnTheCard::FromAnotherOfTheSameName, ..ORDINARY },
    ),
    scenario(
        "authentication-certificate",
        "利用者証明用電子証明書を署名に使った",
        "the authentication certificate where the signature certificate belongs",
        Verdict::WrongPurpose,
        Story { about: About::Authentication, ..ORDINARY },
    ),
    scenario(
        "next-generation",
        "次期カードの方式（P-384とSHA-384）の電子証明書",
        "P-384 and SHA-384, as the next card is said to have",
        Verdict::OutsideProfile,
        Story { about: About::NextGeneration, ..ORDINARY },
    ),
];

const DEPARTURES: &[Scenario] = &[
    departing(
        "claims-to-be-an-authority",
        "認証局だと名乗る電子証明書",
        "basicConstraints says that the holder is an authority",
        Deviations { authority: true, ..Deviations::PROPER },
    ),
    departing(
        "sha-1",
        "SHA-1で署名された電子証明書",
        "signed with SHA-1",
        Deviations { digest: Digest::Sha1, ..Deviations::PROPER },
    ),
    scenario(
        "rsa-1024",
        "鍵が1024ビットの電子証明書",
        "a key of 1024 bits",
        Verdict::OutsideProfile,
        Story {
            deviations: Deviations { key_size: KeySize::Bits1024, ..Deviations::PROPER },
            about: About::Odd,
            ..ORDINARY
        },
    ),
    departing(
        "name-twice",
        "氏名が二重に入った電子証明書",
        "the name's attribute occurs twice",
        Deviations { other_names: OtherNames::Twice(Attribute::Name), ..Deviations::PROPER },
    ),
    departing(
        "address-twice",
        "住所が二重に入った電子証明書",
        "the address's attribute occurs twice",
        Deviations { other_names: OtherNames::Twice(Attribute::Address), ..Deviations::PROPER },
    ),
    Scenario {
        verdict: Verdict::Good,
        ..departing(
            "subject-alternative-name-over-4-kb",
            "subjectAltNameが4KBを超える電子証明書",
            "a subjectAltName of more than 4 KB, in an attribute that readers must pass over",
            Deviations { other_names: OtherNames::Filled(4096), ..Deviations::PROPER },
        )
    },
];

const fn scenario(
    name: &'static str,
    japanese: &'static str,
    english: &'static str,
    verdict: Verdict,
    story: Story,
) -> Scenario {
    Scenario { name, remark: Remark { japanese, english }, verdict, person: YAMADA, story }
}

/// Somebody whose signature certificate was revoked after what happened, two years after its issue.
const fn visiting(
    name: &'static str,
    japanese: &'static str,
    english: &'static str,
    visits: &'static [(i64, Visit)],
) -> Scenario {
    let story = Story { issued: -2 * YEAR, visits, ..ORDINARY };
    scenario(name, japanese, english, Verdict::Revoked, story)
}

const fn until(name: &'static str, days: i64, japanese: &'static str, english: &'static str) -> Scenario {
    scenario(
        name,
        japanese,
        english,
        Verdict::Good,
        Story { issued: -4 * YEAR, last_day: Some(days), ..ORDINARY },
    )
}

const fn departing(
    name: &'static str,
    japanese: &'static str,
    english: &'static str,
    deviations: Deviations,
) -> Scenario {
    scenario(name, japanese, english, Verdict::OutsideProfile, Story { deviations, ..ORDINARY })
}
