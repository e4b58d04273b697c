//! People with remarkable addresses.

use super::{Person, Remark, Texts};
use crate::Municipality::{self, Mihon, Tonari};

pub(super) const PEOPLE: &[Person] = &[
    living(
        "by-street",
        "五辻　東",
        Mihon,
        "千葉県みほん市智恵光院通芦山寺上る西入西五辻東町７４番地の３",
        ["通り名のある住所", "an address by streets, as in Kyoto"],
    ),
    living(
        "by-grid",
        "北条　西",
        Mihon,
        "千葉県みほん市北一条西二丁目",
        ["条と丁目だけの住所", "an address by a grid, as in Sapporo, with numbers in kanji"],
    ),
    living(
        "jiwari",
        "里見　遠",
        Mihon,
        "千葉県みほん市大里第２５地割１０番地",
        ["地割のある住所", "an address by land division, as in Iwate"],
    ),
    living(
        "name-in-number",
        "渡辺　号",
        Mihon,
        "千葉県みほん市久太郎町四丁目渡辺３号",
        ["番地のかわりに名のある住所", "a name in place of the block's number"],
    ),
    living(
        "iroha-block",
        "浜野　ろ",
        Tonari,
        "千葉県となり市浜町ろ１２番地",
        ["いろは順の番地", "a block numbered in kana, as in Ishikawa"],
    ),
    living(
        "ko-otsu-block",
        "山上　甲",
        Tonari,
        "千葉県となり市字山ノ上甲１２３４番地イ",
        ["甲乙と枝番イのある番地", "a block with cyclic sign and kana, as in Nagano"],
    ),
    living(
        "long-address",
        "高層　住人",
        Mihon,
        "千葉県みほん市本町１丁目２番３－１４０５号　\
         グランドメゾンみほんシーサイドヒルズガーデン弐番館プレミアムレジデンス東棟海側",
        ["60文字を超える住所", "an address of more than 60 characters"],
    ),
    living(
        "care-of",
        "間借　人",
        Mihon,
        "千葉県みほん市本町５番６号　田中様方",
        ["方書のある住所", "an address in care of somebody"],
    ),
    living(
        "no-number",
        "沖野　島",
        Mihon,
        "千葉県みほん市大字沖ノ島　番地なし",
        ["番地のない住所", "an address without a number"],
    ),
    living(
        "city-without-ward",
        "区内　無",
        Tonari,
        "千葉県となり市本町１番１号",
        ["区のない市の住所", "an address in a city, to hold against the next one"],
    ),
    living(
        "city-with-ward",
        "区内　有",
        Tonari,
        "千葉県となり市北区本町１番１号",
        ["同じ町名で区のある住所", "the same street in a ward of the city"],
    ),
    living(
        "before-merger",
        "旧町　民",
        Tonari,
        "千葉県東浦郡東浦町１００番地",
        ["合併前の町名の住所", "the name of a town that has since become part of the city"],
    ),
];

const fn living(
    id: &'static str,
    name: &'static str,
    municipality: Municipality,
    address: &'static str,
    [japanese, english]: [&'static str; 2],
) -> Person {
    let texts = Texts { name, address };
    Person {
        register: texts,
        certificate: texts,
        municipality,
        ..Person::new(id, name, Remark { japanese, english })
    }
}
