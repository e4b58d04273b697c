use super::Outcome::{Match, MatchWithSubstitution as Substitution, Mismatch};
use super::*;
use proptest::prelude::*;

/// Each line: a sentence | as written | as in the certificate | its flags | what comes of it.
const NAMES: &str = "
the same | 山田　太郎 | 山田　太郎 | 00000 | Match
an ASCII space | 山田 太郎 | 山田　太郎 | 00000 | Match
no space | 山田太郎 | 山田　太郎 | 00000 | Match
half-width kana | ﾔﾏﾀﾞ ﾀﾛｳ | ヤマダ　タロウ | 0000000 | Match
decomposed kana | か\u{3099} | が | 0 | Match
half-width kana with both marks | ﾊﾞﾊﾟｳﾞ | バパヴ | 000 | Match
full-width letters | ＮＧＵＹＥＮ　ＡＮＨ | NGUYEN ANH | 0000000000 | Match
small letters | Nguyen Anh | NGUYEN ANH | 0000000000 | Match
a typographic apostrophe | O’BRIEN | O'BRIEN | 0000000 | Match
a hyphen for the long vowel | マリ－ | マリー | 000 | Match
a variation selector on one side | 葛\u{e0100}城 | 葛城 | 00 | Match
the substitute typed as in the certificate | 高崎　吉子 | 高崎　吉子 | 11010 | Match
three rare characters | 髙﨑　𠮷子 | 高崎　吉子 | 11010 | MatchWithSubstitution
a rare character that no table knows | 𪚥田　花子 | 龍田　花子 | 10000 | MatchWithSubstitution
kana for a character | 𪚥田　花子 | リュウ田　花子 | 1110000 | MatchWithSubstitution
a substitute last | 花子𪚥 | 花子竜 | 001 | MatchWithSubstitution
variants without flags | 髙﨑　𠮷子 | 高崎　吉子 | 00000 | MatchWithSubstitution
two of the ways to write 辺 | 渡邉　凜 | 渡辺　凜 | 0000 | MatchWithSubstitution
an old form | 澤田 | 沢田 | 00 | MatchWithSubstitution
a compatibility ideograph | \u{fa10}本 | 塚本 | 00 | MatchWithSubstitution
another name | 山田　次郎 | 山田　太郎 | 00000 | Mismatch
another name beside a substitute | 髙﨑　𠮷美 | 高崎　吉子 | 11010 | Mismatch
a flag stands for its place alone | 𪚥山　花子 | 龍田　花子 | 10000 | Mismatch
nothing for a substitute | 田　花子 | 龍田　花子 | 10000 | Mismatch
two for one substitute | 𪚥𪚥田　花子 | 龍田　花子 | 10000 | Mismatch
flags of another length flag nothing | 𪚥田　花子 | 龍田　花子 | 1000 | Mismatch
flags that are no flags flag nothing | 𪚥田　花子 | 龍田　花子 | x0000 | Mismatch
half a name | 山田 | 山田　太郎 | 00000 | Mismatch
nothing | | 山田　太郎 | 00000 | Mismatch
nothing on both sides | | | | Mismatch
kana for ideographs | ヤマダ　タロウ | 山田　太郎 | 00000 | Mismatch
";

/// Each line as in [`NAMES`], without flags.
const ADDRESSES: &str = "
hyphens for the counters | みほん市本町1-2-3 | みほん市本町一丁目２番３号 | Match
full-width digits and hyphens | みほん市本町１－２－３ | みほん市本町一丁目２番３号 | Match
long-vowel signs for hyphens | みほん市本町1ー2ー3 | みほん市本町1丁目2番3号 | Match
ideographs with hyphens | みほん市本町一－二－三 | みほん市本町1-2-3 | Match
a lot number | 西院町74-3 | 西院町74番地の3 | Match
ten and more | みほん市緑町十二丁目二十三番 | みほん市緑町12-23 | Match
numerals by place | みほん市緑町一二丁目 | みほん市緑町12丁目 | Match
one hundred and two | みほん市緑町百二番地 | みほん市緑町102 | Match
streets of Sapporo | 札幌市中央区北1条西2丁目 | 札幌市中央区北一条西二丁目 | Match
a building after a space | みほん市本町1-2-3 コーポ青葉101 | みほん市本町1丁目2番3号　コーポ青葉１０１ | Match
a flat after the house | みほん市本町1-2-3-1405 | みほん市本町1丁目2番3-1405号 | Match
the small ke | みほん市緑ケ丘1 | みほん市緑ヶ丘1 | MatchWithSubstitution
ga for the small ke | みほん市緑が丘1 | みほん市緑ヶ丘1 | MatchWithSubstitution
another house | みほん市本町1-2-4 | みほん市本町1丁目2番3号 | Mismatch
digits that run together | みほん市本町12-3 | みほん市本町1-23 | Mismatch
no building | みほん市本町1-2-3 | みほん市本町1-2-3コーポ青葉101 | Mismatch
place names keep their numerals | 1宮市3田町 | 一宮市三田町 | Mismatch
another town | みほん市元町1-2-3 | みほん市本町1-2-3 | Mismatch
";

#[test]
fn names_compare_by_what_a_clerk_would_call_the_same() {
    for line in NAMES.lines().skip(1) {
        let [name, written, text, substitutes, expected] = columns(line);
        let outcome = compare_name(written, CertificateText { text, substitutes });
        assert_eq!(format!("{outcome:?}"), expected, "{name}");
    }
}

#[test]
fn addresses_compare_by_the_house_that_they_name() {
    for line in ADDRESSES.lines().skip(1) {
        let [name, written, text, expected] = columns(line);
        let substitutes = "0".repeat(text.chars().count());
        let outcome = compare_address(written, CertificateText { text, substitutes: &substitutes });
        assert_eq!(format!("{outcome:?}"), expected, "{name}");
    }
}

fn columns<const N: usize>(line: &str) -> [&str; N] {
    line.split(" |").map(|column| column.trim_start_matches(' ')).collect::<Vec<_>>().try_into().unwrap()
}

#[test]
fn unknown_parts_of_a_birth_date_need_a_person() {
    let cases = [
        ("the same day", "1985-04-01", "1985-04-01", Match),
        ("another day", "1985-04-02", "1985-04-01", Mismatch),
        ("day and month unknown", "1950-07-07", "1950-00-00", Substitution),
        ("all unknown", "1950-07-07", "0000-00-00", Substitution),
        ("another year, the rest unknown", "1951-07-07", "1950-00-00", Mismatch),
        ("zeros written by the resident", "1950-00-00", "1950-07-07", Mismatch),
        ("nothing written", "", "1950-00-00", Mismatch),
        ("something more written", "1985-04-01-01", "1985-04-01", Mismatch),
    ];
    for (name, written, certificate, expected) in cases {
        assert_eq!(compare_birth(written, certificate), expected, "{name}");
    }
}

#[test]
fn no_variant_stands_in_two_lines_of_the_table() {
    let all: Vec<char> = variants::VARIANTS.iter().flat_map(|line| line.chars()).collect();
    for (index, character) in all.iter().enumerate() {
        assert!(!all[..index].contains(character), "{character} U+{:04X}", u32::from(*character));
    }
}

proptest! {
    #[test]
    fn a_text_matches_itself(text in "[ぁ-ん一-龠０-９0-9a-zー－-]{0,12}[亜-腕]") {
        let substitutes = "0".repeat(text.chars().count());
        let certificate = CertificateText { text: &text, substitutes: &substitutes };
        prop_assert_eq!(compare_name(&text, certificate), Match);
        prop_assert_eq!(compare_address(&text, certificate), Match);
    }

    #[test]
    fn flags_never_turn_a_match_into_less(text in "[一-龠]{1,8}", flags in "[01]{1,8}") {
        let certificate = CertificateText { text: &text, substitutes: &flags };
        prop_assert_eq!(compare_name(&text, certificate), Match);
    }

    #[test]
    fn any_texts_get_an_answer(written in any::<String>(), text in any::<String>(), substitutes in "[01]{0,40}") {
        let certificate = CertificateText { text: &text, substitutes: &substitutes };
        let outcomes = [compare_name(&written, certificate), compare_address(&written, certificate)];
        prop_assert!(written.len() < 4096 && outcomes.len() == 2);
    }
}
