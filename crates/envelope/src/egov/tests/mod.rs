use super::tree;
use super::*;
use crate::FileDigest;
use crate::signed::{Part, Signed as _};
use crate::testing::{Key, Lab, digest, lab};
use proptest::prelude::*;
use shomei_application::Timestamp;
use shomei_pki::{ProfileError, RsaVerifier, SigningCertificate};
use std::sync::OnceLock;

mod canonical;
mod drafts;
mod generated;
mod hostile;
mod judges;
mod making;
mod verified;

/// A document before its first signature, as such documents are: indented, with a style sheet.
const DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="999000000000000001.xsl" type="text/xsl"?>
<DataRoot>
	<様式ID>999000000000000001</様式ID>
	<様式バージョン>0001</様式バージョン>
	<STYLESHEET>999000000000000001.xsl</STYLESHEET>
	<構成情報 ID="構成情報">
		<管理情報>
			<手続ID>990A010000004000</手続ID>
			<氏名>山田　太郎</氏名>
			<備考>A &amp; B &lt; C</備考>
			<役職/>
		</管理情報>
		<添付書類属性情報><添付書類ファイル名称>地図 1.pdf</添付書類ファイル名称></添付書類属性情報>
		<添付書類属性情報><添付書類ファイル名称>写真.txt</添付書類ファイル名称></添付書類属性情報>
	</構成情報>
	<署名情報></署名情報>
	<その他><備考>その他の備考</備考></その他>
</DataRoot>
"#;

const FILES: [(&str, &[u8]); 3] =
    [("990A01000000400001_01.xml", b"<A/>\r\n"), ("地図 1.pdf", b"%PDF-\x80\xff"), ("写真.txt", b"")];

/// A second signer's moment, later than any clock's of these tests.
fn later() -> Timestamp {
    Timestamp::parse("2038-04-01T00:00:00Z").unwrap()
}

fn sign_at(lab: &Lab, document: &[u8], files: &[(&str, &[u8])], time: Timestamp) -> Vec<u8> {
    let prepared = prepare(document, files, &lab.holder().signature.certificate, time).unwrap();
    let signature = lab.sign(Key::Signature, &prepared.digest());
    prepared.complete(&signature).unwrap()
}

/// [`DOCUMENT`] with [`FILES`], signed once for all tests.
fn good() -> &'static str {
    static GOOD: OnceLock<String> = OnceLock::new();
    GOOD.get_or_init(|| {
        let lab = lab();
        String::from_utf8(sign_at(lab, DOCUMENT.as_bytes(), &FILES, lab.now)).unwrap()
    })
}

/// Whether the form, every file and the signature's value hold, by the certificate inside.
fn holds(signature: &Signature, files: &[(&str, &[u8])]) -> bool {
    let Ok(certificate) = SigningCertificate::parse(signature.certificate()) else { return false };
    let is_among_files = |reference: &FileReference| {
        let given =
            |(name, octets): &&(&str, &[u8])| *name == reference.name && digest(octets) == reference.sha256;
        files.iter().filter(given).count() == 1
    };
    signature.content_is_covered()
        && signature.files().len() == files.len()
        && signature.files().iter().all(is_among_files)
        && signature.check_signature(certificate.certificate().public_key(), &RsaVerifier).is_ok()
}

#[test]
fn a_document_reads_back_what_was_put_in() {
    let lab = lab();
    let envelope = parse(good().as_bytes()).unwrap();
    assert_eq!(envelope.to_octets(), good().as_bytes());
    let [signature] = envelope.signatures() else { panic!("{envelope:?}") };
    assert_eq!(signature.certificate(), lab.holder().signature.certificate);
    assert_eq!(signature.signing_time(), lab.now);
    assert_eq!(signature.signature().len(), SIGNATURE_LENGTH);
    let names: Vec<&str> = signature.files().iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, FILES.map(|(name, _)| name));
    for (file, (_, octets)) in signature.files().iter().zip(FILES) {
        assert_eq!(file.sha256, digest(octets));
    }
    assert!(holds(signature, &FILES));
    let not_covered = ["様式ID", "様式バージョン", "STYLESHEET", "その他"].map(NotCovered::Part);
    let [first, rest @ ..] = not_covered;
    let expected: Vec<NotCovered> = [NotCovered::Surroundings, first]
        .into_iter()
        .chain(rest)
        .chain([NotCovered::Certificate, NotCovered::Time])
        .collect();
    assert_eq!(envelope.not_covered(), expected);
}

#[test]
fn people_see_every_text_and_attribute_that_is_signed() {
    let attribute =
        DOCUMENT.replace("<手続ID>", "<手続ID 版=\"&#xD;1\">").replace("山田", "<![CDATA[山<>]]>田");
    let signed = sign_at(lab(), attribute.as_bytes(), &[], lab().now);
    let envelope = parse(&signed).unwrap();
    let fields: Vec<(&str, &str)> =
        envelope.fields().iter().map(|field| (field.path.as_str(), field.text.as_str())).collect();
    assert_eq!(
        fields,
        [
            ("構成情報/@ID", "構成情報"),
            ("構成情報/管理情報/手続ID/@版", "\r1"),
            ("構成情報/管理情報/手続ID", "990A010000004000"),
            ("構成情報/管理情報/氏名", "山<>田　太郎"),
            ("構成情報/管理情報/備考", "A & B < C"),
            ("構成情報/管理情報/役職", ""),
            ("構成情報/添付書類属性情報/添付書類ファイル名称", "地図 1.pdf"),
            ("構成情報/添付書類属性情報[2]/添付書類ファイル名称", "写真.txt"),
        ]
    );
    let canonical = std::str::from_utf8(envelope.form()).unwrap();
    assert!(canonical.starts_with("<構成情報 ID=\"構成情報\">\n\t\t<管理情報>"), "{canonical}");
    assert!(canonical.contains("山&lt;&gt;田") && canonical.contains("版=\"&#xD;1\""), "{canonical}");
}

#[test]
fn what_is_signed_is_no_other_kind_of_signature() {
    let envelope = parse(good().as_bytes()).unwrap();
    let message = std::str::from_utf8(envelope.signatures()[0].message()).unwrap();
    assert!(message.starts_with("<SignedInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><"), "{message}");
    assert!(message.contains("<Reference URI=\"#%E6%A7%8B%E6%88%90%E6%83%85%E5%A0%B1\">"), "{message}");
    assert!(!message.contains("<<") && !message.contains(">>"));
    let written = message.replacen(" xmlns=\"http://www.w3.org/2000/09/xmldsig#\"", "", 1);
    assert!(good().contains(&written), "it is written as it is signed");
}

#[test]
fn every_changed_octet_is_refused_or_is_not_covered() {
    let good = good();
    let original = parse(good.as_bytes()).unwrap();
    let element = |name: &str| {
        let start = good.find(&format!("<{name}")).unwrap();
        start..good.find(&format!("</{name}>")).unwrap()
    };
    let covered = ["構成情報", "SignedInfo", "SignatureValue"].map(element);
    for place in 0..good.len() {
        let is_covered = covered.iter().any(|range| range.contains(&place));
        for flip in [0x01, 0x80] {
            let mut changed = good.as_bytes().to_vec();
            changed[place] ^= flip;
            let Ok(envelope) = parse(&changed) else { continue };
            let other_form = envelope.form() != original.form();
            assert!(!(other_form && envelope.signatures()[0].content_is_covered()), "octet {place}");
            let holds = holds(&envelope.signatures()[0], &FILES);
            assert!(!(is_covered && holds), "octet {place} with {flip:#x}");
            if holds {
                assert_eq!(envelope.fields(), original.fields(), "octet {place} with {flip:#x}");
                assert_eq!(envelope.signatures()[0].message(), original.signatures()[0].message());
            }
        }
    }
    for length in 0..good.trim_end().len() {
        assert!(parse(&good.as_bytes()[..length]).is_err(), "{length} octets");
    }
}

#[test]
fn every_file_is_held_to_its_reference() {
    let [form, map, picture] = FILES;
    let nfd = "写真.txt".replace('真', "真\u{3099}");
    let missing = |name: &str| Err(BesideError::Missing(name.to_owned()));
    let changed = |names: &[&str]| Ok(names.iter().map(|name| Part::File((*name).to_owned())).collect());
    type Outcome = Result<Vec<Part>, BesideError>;
    type Files<'a> = Vec<(&'a str, &'a [u8])>;
    let cases: [(&str, Files<'_>, Outcome); 9] = [
        ("all of them", FILES.to_vec(), changed(&[])),
        ("in another order", vec![picture, map, form], changed(&[])),
        ("none", vec![], missing(form.0)),
        ("one missing", vec![form, picture], missing(map.0)),
        ("one changed", vec![form, (map.0, b"%PDF-"), picture], changed(&[map.0])),
        ("one grown", vec![form, map, (picture.0, b"\n")], changed(&[picture.0])),
        ("exchanged", vec![form, (map.0, picture.1), (picture.0, map.1)], changed(&[map.0, picture.0])),
        ("one more", vec![form, map, picture, ("別.txt", b"")], changed(&[])),
        ("another form of Unicode", vec![form, map, (&nfd, picture.1)], missing(picture.0)),
    ];
    for (name, files, expected) in cases {
        let digests: Vec<FileDigest> =
            files.iter().map(|(name, octets)| FileDigest::of(name, octets)).collect();
        let signed = parse(good().as_bytes()).unwrap().beside(&digests);
        let found = signed.map(|signed| signed.signatures()[0].changed.clone());
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn what_stands_outside_may_change_and_is_said_to_be_not_covered() {
    for (name, from, to) in [
        ("the form's identifier", "<様式ID>999", "<様式ID>998"),
        ("the style sheet", ".xsl</STYLESHEET>", ".xslt</STYLESHEET>"),
        ("その他", "その他の備考", "別の備考"),
        ("その他 taken away", "<その他><備考>その他の備考</備考></その他>", ""),
        ("a comment between parts", "</構成情報>", "</構成情報><!-- 注 -->"),
        ("an instruction at the end", "</DataRoot>", "</DataRoot><?end?>"),
        ("line ends", "\n", "\r\n"),
        ("white space in an end tag", "</備考>", "</備考 >"),
        ("another spelling of an empty element", "<役職/>", "<役職></役職>"),
        ("a character reference for a character", "山田", "&#x5C71;田"),
        ("a CDATA section for text", "山田", "<![CDATA[山田]]>"),
        ("other quotation marks", "ID=\"構成情報\"", "ID = '構成情報'"),
        ("line breaks in the value", "<SignatureValue>", "<SignatureValue>\r\n"),
        ("white space between elements of the signature", "</SignedInfo>", "</SignedInfo>\n\t"),
        ("a byte order mark", "<?xml version", "\u{feff}<?xml version"),
        ("no declaration", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", ""),
        ("a small letter in the encoding", "\"UTF-8\"", "\"utf-8\""),
    ] {
        assert!(good().contains(from), "{name}");
        let changed = good().replace(from, to);
        let envelope = parse(changed.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(holds(&envelope.signatures()[0], &FILES), "{name}");
        assert_eq!(envelope.fields(), parse(good().as_bytes()).unwrap().fields(), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_input_makes_the_parser_panic(input in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(parse(&input).is_err());
    }

    #[test]
    fn no_markup_makes_the_parser_panic(
        text in r#"(<|>|/|"|'|=|&|;|#|!|\?|-|\[|\]|\r|\n| |é|構成情報|<DataRoot|<!--|-->|<!\[CDATA\[|\]\]>|<\?|\?>|xmlns|ID|a){0,60}"#,
    ) {
        prop_assert!(parse(text.as_bytes()).is_err());
    }

    #[test]
    fn nothing_put_into_a_good_document_makes_the_parser_panic_or_shows_what_is_not_signed(
        place in any::<prop::sample::Index>(),
        length in 0_usize..20,
        put in r#"(<|>|/|"|'|=|&#xD;|&|<!---->|<\?p\?>|\r|\n| |構成情報|<a>|</a>|<a/>|xmlns=""|ID="構成情報"|A){0,4}"#,
    ) {
        let good = good();
        let boundary = |mut at: usize| { while !good.is_char_boundary(at) { at -= 1 } at };
        let start = boundary(place.index(good.len()));
        let end = boundary((start + length).min(good.len())).max(start);
        let changed = [&good[..start], &put, &good[end..]].concat();
        if let Ok(envelope) = parse(changed.as_bytes()) {
            let original = parse(good.as_bytes()).unwrap();
            if envelope.signatures().iter().any(|signature| holds(signature, &FILES)) {
                prop_assert_eq!(envelope.fields(), original.fields());
            }
        }
    }
}
