//! Variants of ideographs that names and addresses are written with.
//!
//! A small table of our own of the commonest, for comparison alone: equality through it is always shown to a person.
//! It is not a map for replacing characters.

/// Each line: the form of common use, then its variants.
pub(super) const VARIANTS: &[&str] = &[
    "高髙",
    "崎\u{FA11}嵜碕",
    "吉𠮷",
    "辺邉邊",
    "浜濱濵",
    "斎齋",
    "斉齊",
    "沢澤",
    "広廣",
    "国國圀",
    "徳德",
    "柳栁桺",
    "間閒",
    "島嶋嶌",
    "桜櫻",
    "真眞",
    "恵惠",
    "竜龍",
    "滝瀧",
    "富冨",
    "土圡𡈽",
    "橋槗𣘺",
    "桑桒",
    "関關",
    "鉄鐵",
    "静靜",
    "栄榮",
    "館舘",
    "条條",
    "戸戶",
    "亀龜",
    "塚\u{FA10}",
    "神\u{FA19}",
    "福\u{FA1B}",
    "朗\u{F929}",
    "祥\u{FA1A}",
    "隆\u{F9DC}",
    "都\u{FA26}",
    "猪\u{FA16}",
    "益\u{FA17}",
    "晴\u{FA12}",
    "精\u{FA1D}",
    "羽\u{FA1E}",
    "逸\u{FA25}",
    "ケヶがガ",
    "カヵ",
];

/// The form of common use that `character` is a variant of, or the character itself.
pub(super) fn base_of(character: char) -> char {
    let line = VARIANTS.iter().find(|line| line.contains(character));
    line.and_then(|line| line.chars().next()).unwrap_or(character)
}
