//! People whose date of birth, sex or period of stay is remarkable.

use super::{Birth, Person, Remark};
use crate::{Date, Sex};

pub(super) const PEOPLE: &[Person] = &[
    born(
        "partial-birth",
        "昭島　千代",
        (1950, 0, 0),
        "生まれた月と日が不詳の人",
        "month and day of birth unknown",
    ),
    born(
        "meiji-44",
        "長井　寿",
        (1911, 3, 3),
        "明治44年3月3日生まれ",
        "born in Meiji 44, more than a hundred years old",
    ),
    born("taisho-15", "大木　正", (1926, 12, 24), "大正の最後の日の生まれ", "born on the last day of Taisho"),
    born(
        "showa-1",
        "小木　和子",
        (1926, 12, 25),
        "昭和元年12月25日（大正15年とも書く）生まれ",
        "born on the first day of Showa, which was also called Taisho 15",
    ),
    born("showa-64", "末広　昭", (1989, 1, 7), "昭和64年1月7日生まれ", "born on the last day of Showa"),
    born("heisei-1", "平野　成美", (1989, 1, 8), "平成元年1月8日生まれ", "born on the first day of Heisei"),
    born(
        "heisei-31",
        "春野　終",
        (2019, 4, 30),
        "平成31年4月30日生まれ",
        "born on the last day of Heisei; a child",
    ),
    born(
        "reiwa-1",
        "令泉　和",
        (2019, 5, 1),
        "令和元年5月1日生まれ",
        "born on the first day of Reiwa; a child",
    ),
    born("leap-day", "閏間　二月", (2004, 2, 29), "2月29日生まれ", "born on 29 February"),
    Person {
        birth: Birth::FifteenTomorrow,
        ..born(
            "fourteen",
            "若葉　十四子",
            (0, 0, 0),
            "あす15歳になる人",
            "fifteen tomorrow: no signature certificate yet",
        )
    },
    Person {
        birth: Birth::FifteenToday,
        ..born("fifteen", "若葉　十五子", (0, 0, 0), "きょう15歳になった人", "fifteen today")
    },
    Person {
        sex: Sex::Unknown,
        ..born("sex-unknown", "空木　薫", (1991, 6, 1), "性別が3（不明）の人", "sex 3, not known")
    },
    Person {
        sex: Sex::NotApplicable,
        ..born("sex-not-stated", "空木　光", (1992, 7, 2), "性別が9（記載なし）の人", "sex 9, not stated")
    },
    Person {
        days_of_stay: Some(200),
        ..born(
            "end-of-stay",
            "GARCIA LUCIA",
            (1994, 8, 20),
            "在留期間の満了で証明書の有効期間が短い人",
            "certificates end with the period of stay",
        )
    },
];

const fn born(
    id: &'static str,
    name: &'static str,
    (year, month, day): (u16, u8, u8),
    japanese: &'static str,
    english: &'static str,
) -> Person {
    let birth = Birth::On(Date::new(year, month, day));
    Person { birth, ..Person::new(id, name, Remark { japanese, english }) }
}
