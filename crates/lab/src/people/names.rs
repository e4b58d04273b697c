//! People with remarkable names.

use super::{Birth, Person, Remark, Texts};
use crate::{Date, Municipality, Sex};

/// The one to use when it does not matter.
pub(crate) const YAMADA: Person = Person {
    sex: Sex::Male,
    ..Person::new(
        "yamada-taro",
        "山田　太郎",
        Remark {
            japanese: "とくに変わったところのない人", english: "somebody with nothing remarkable"
        },
    )
};

pub(crate) const TAKASAKI: Person = Person {
    register: Texts {
        name: "髙﨑　𠮷子", address: "千葉県みほん市葛\u{E0100}町２１－４　コーポ辻２０２"
    },
    certificate: Texts {
        name: "高崎　吉子", address: "千葉県みほん市葛町２１－４　コーポ辻２０２"
    },
    birth: Birth::On(Date::new(1990, 2, 14)),
    ..Person::new(
        "takasaki-yoshiko",
        "",
        Remark {
            japanese: "氏名の3文字と住所の1文字が代替文字になる人",
            english: "three characters of the name and one of the address are replaced",
        },
    )
};

pub(crate) const NGUYEN: Person = Person {
    birth: Birth::On(Date::new(1998, 11, 3)),
    alias: Some("阮　明"),
    ..at(
        "千葉県みほん市港５丁目１０番１１号",
        Person::new(
            "nguyen-thi-minh-anh",
            "NGUYEN THI MINH ANH",
            Remark {
                japanese: "氏名に漢字がなく、通称（阮　明）を証明書に記載していない外国人住民",
                english: "a foreign resident without kanji, whose alias (阮　明) is not in the certificate",
            },
        ),
    )
};

pub(crate) const SUZUKI: Person = Person {
    birth: Birth::On(Date::new(1988, 12, 15)),
    municipality: Municipality::Tonari,
    ..at(
        "千葉県となり市栄町７番地",
        Person::new(
            "suzuki-hanako",
            "鈴木　花子",
            Remark { japanese: "となりの市の住民", english: "a resident of the neighbouring city" },
        ),
    )
};

pub(super) const PEOPLE: &[Person] = &[
    YAMADA,
    TAKASAKI,
    plain("watanabe-rin", "渡邉　凜", "邉の字の渡邉", "Watanabe, the first of three spellings"),
    plain("watanabe-kei", "渡邊　桂", "邊の字の渡邊", "Watanabe, the second of three spellings"),
    plain("watanabe-ai", "渡辺　藍", "辺の字の渡辺", "Watanabe, the third of three spellings"),
    plain(
        "ogai-hamako",
        "鷗外　濵子",
        "補助漢字の2文字がそのまま入る人",
        "two characters of JIS X 0212, which certificates hold",
    ),
    Person {
        register: Texts {
            name: "葛\u{E0100}城　一郎", address: "千葉県みほん市本町１丁目２番３号"
        },
        sex: Sex::Male,
        ..plain(
            "katsuragi-ichiro",
            "葛城　一郎",
            "異体字セレクタつきの葛が代替文字になる人",
            "a variation selector, which certificates cannot hold",
        )
    },
    plain("takanashi-ewi", "小鳥遊　ゑゐ", "名が歴史的仮名の人", "a given name in kana of old"),
    plain("ichi-ichi", "一　一", "氏と名が一画ずつの人", "a name of one stroke and one stroke"),
    plain(
        "teshigawara",
        "勅使河原　寿限無寿限無五劫擦切海砂利水魚水行末",
        "氏名が長い人",
        "a long name in kanji",
    ),
    NGUYEN,
    plain(
        "da-silva-maria",
        "DA SILVA MARIA APARECIDA DOS SANTOS OLIVEIRA RODRIGUES",
        "氏名がローマ字40文字を超える人",
        "a name of more than 40 letters",
    ),
    plain(
        "o-brien-patricia",
        "O'BRIEN PATRICIA",
        "氏名にアポストロフィのある人",
        "an apostrophe in the name",
    ),
    plain(
        "mueller-jutta",
        "MUELLER JUTTA",
        "旅券ではMÜLLERと書く人",
        "written MÜLLER in the passport, MUELLER in the register",
    ),
    Person {
        alias: Some("金田　秀子"),
        ..plain("kim-soohyun", "金　秀賢（金田　秀子）", "通称を併記した人", "an alias beside the name")
    },
    plain(
        "sato-hanako",
        "佐藤〔鈴木〕　花子",
        "旧氏を併記した人",
        "a former family name beside the present one",
    ),
    Person {
        sex: Sex::Male,
        ..plain("suharto", "SUHARTO", "氏と名の区別がない人", "a name that is one word")
    },
    SUZUKI,
];

const fn plain(
    id: &'static str,
    name: &'static str,
    japanese: &'static str,
    english: &'static str,
) -> Person {
    Person::new(id, name, Remark { japanese, english })
}

const fn at(address: &'static str, person: Person) -> Person {
    let texts = Texts { name: person.certificate.name, address };
    Person { register: texts, certificate: texts, ..person }
}
