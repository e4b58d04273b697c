//! What [`prepare`] puts where, and what it refuses.

use super::*;

const EMPTY: &str = "<署名情報></署名情報>";

/// The new signature taken out again.
fn without_newest(document: &str) -> String {
    let start = document.rfind("<Signature ").unwrap();
    let end = document.rfind("</Signature>").unwrap() + "</Signature>".len();
    [&document[..start], &document[end..]].concat()
}

#[test]
fn nothing_of_the_document_changes_but_the_place_of_the_signature() {
    let lab = lab();
    let earlier = good().find("<署名情報>").unwrap()..good().find("</署名情報>").unwrap();
    let earlier = format!("{}\r\n</署名情報>", &good()[earlier]);
    for (name, list, expected) in [
        ("an empty list", EMPTY, EMPTY),
        ("a list in one tag", "<署名情報/>", EMPTY),
        ("a list in one tag with white space", "<署名情報\n />", "<署名情報\n ></署名情報>"),
        ("no list", "", EMPTY),
        ("white space", "<署名情報>\n\t </署名情報 >", "<署名情報>\n\t </署名情報 >"),
        (
            "a comment",
            "<署名情報><!-- </署名情報> --></署名情報>",
            "<署名情報><!-- </署名情報> --></署名情報>",
        ),
        ("an earlier signature", &earlier, &earlier),
    ] {
        for line_end in ["\n", "\r\n"] {
            // Without a list its place is directly behind the form.
            let gap = if list.is_empty() { "</構成情報>" } else { "</構成情報>\n\t" };
            let with = |list: &str| {
                let document = DOCUMENT.replace(&format!("</構成情報>\n\t{EMPTY}"), &format!("{gap}{list}"));
                document.replace('\n', line_end).replace("\r\r", "\r")
            };
            let signed = sign_at(lab, with(list).as_bytes(), &FILES, later());
            let signed = String::from_utf8(signed).unwrap();
            assert_eq!(without_newest(&signed), with(expected), "{name} {line_end:?}");
            let envelope = parse(signed.as_bytes()).unwrap();
            assert!(envelope.signatures().iter().all(|signature| holds(signature, &FILES)), "{name}");
            assert_eq!(envelope.signatures().last().unwrap().signing_time(), later());
        }
    }
}

#[test]
fn each_signature_stands_by_itself() {
    let lab = lab();
    let other: [(&str, &[u8]); 1] = [("別の書類.txt", b"abc")];
    let both = sign_at(lab, good().as_bytes(), &other, later());
    let envelope = parse(&both).unwrap();
    let [first, second] = envelope.signatures() else { panic!("{envelope:?}") };
    assert!(holds(first, &FILES) && holds(second, &other));
    assert!(!holds(first, &other) && !holds(second, &FILES));
    assert!(envelope.not_covered().contains(&NotCovered::OtherSignatures));
    let broken = String::from_utf8(both).unwrap().replacen("<SignatureValue>", "<SignatureValue>AAAA", 1);
    let start = broken.find("<SignatureValue>AAAA").unwrap() + "<SignatureValue>AAAA".len();
    let broken = [&broken[..start], &broken[start + 4..]].concat();
    let envelope = parse(broken.as_bytes()).unwrap();
    let held: Vec<bool> = envelope
        .signatures()
        .iter()
        .map(|signature| holds(signature, &FILES) || holds(signature, &other))
        .collect();
    assert_eq!(held, [false, true]);
}

#[test]
fn the_most_signatures_and_references_fit_and_no_more() {
    let lab = lab();
    let names: Vec<String> = (1..MAX_REFERENCES).map(|number| format!("添付{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let mut document = DOCUMENT.as_bytes().to_vec();
    for number in 0..10 {
        document = sign_at(lab, &document, &files, lab.now.moved_by(number));
    }
    let envelope = parse(&document).unwrap();
    assert_eq!(envelope.signatures().len(), MAX_SIGNATURES);
    assert!(envelope.signatures().iter().all(|signature| holds(signature, &files)));
    let certificate = &lab.holder().signature.certificate;
    let eleventh = prepare(&document, &[], certificate, later()).map(|_| ());
    assert_eq!(eleventh, Err(PrepareError::Document(EnvelopeError::Signatures { count: 11 })));
    let too_many = [files.as_slice(), &[("もう一つ.txt", b"")]].concat();
    let refused = prepare(DOCUMENT.as_bytes(), &too_many, certificate, lab.now).map(|_| ());
    assert_eq!(refused, Err(PrepareError::Files { count: MAX_REFERENCES }));
}

#[test]
fn what_cannot_be_prepared_or_completed_is_refused_before_the_card() {
    let lab = lab();
    let certificate = lab.holder().signature.certificate.as_slice();
    let refused = |document: &str, files: &[(&str, &[u8])], certificate: &[u8], time| {
        prepare(document.as_bytes(), files, certificate, time).map(|_| ()).unwrap_err()
    };
    let name = |name: &str, error| PrepareError::FileName { name: name.to_owned(), error };
    let named = |name: &str| refused(DOCUMENT, &[(name, b"")], certificate, lab.now);
    let separator = |character| NameError::Separator { character };
    for (file, error) in [
        ("", NameError::Empty),
        (".", NameError::Folder),
        ("..", NameError::Folder),
        ("../a.txt", separator('/')),
        ("a/b.txt", separator('/')),
        ("a\\b.txt", separator('\\')),
        ("C:a.txt", separator(':')),
        ("http:a", separator(':')),
    ] {
        assert_eq!(named(file), name(file, error));
    }
    let long = "あ".repeat(MAX_FILE_NAME + 1);
    for file in ["a\n.txt", "a\0", "a\u{202e}txt.exe", "a\u{200b}.txt", &long] {
        let PrepareError::FileName { error: NameError::Text { .. }, .. } = named(file) else {
            panic!("{file:?}: {:?}", named(file));
        };
    }
    assert!(prepare(DOCUMENT.as_bytes(), &[(&long["あ".len()..], b"")], certificate, lab.now).is_ok());
    let twice = refused(DOCUMENT, &[FILES[0], FILES[1], FILES[0]], certificate, lab.now);
    assert_eq!(twice, PrepareError::SecondFile { name: FILES[0].0.to_owned() });
    let last = Timestamp::parse("9999-12-31T15:00:00Z").unwrap();
    assert_eq!(refused(DOCUMENT, &[], certificate, last), PrepareError::SigningTime);
    assert!(prepare(DOCUMENT.as_bytes(), &[], certificate, last.moved_by(-1)).is_ok());
    let again = refused(good(), &[], certificate, lab.now);
    assert!(matches!(again, PrepareError::SecondId { ref id } if good().contains(id.as_str())), "{again}");
    let authentication = &lab.holder().authentication.certificate;
    let other_key = PrepareError::Certificate(ProfileError::KeyUsage("signature"));
    assert_eq!(refused(DOCUMENT, &[], authentication, lab.now), other_key);
    let comment = DOCUMENT.replace("</手続ID>", "<!-- --></手続ID>");
    let refusal = refused(&comment, &[], certificate, lab.now);
    assert!(matches!(refusal, PrepareError::Document(EnvelopeError::Form(FormError::Comment { .. }))));
    let prepared = prepare(DOCUMENT.as_bytes(), &[], certificate, lab.now).unwrap();
    for length in [0, 255, 257] {
        assert_eq!(
            prepared.clone().complete(&vec![0; length]),
            Err(CompleteError::SignatureLength { length })
        );
    }
}

#[test]
fn an_id_is_a_second_in_japan() {
    for (id, time) in [
        ("19700101090000", Some("1970-01-01T00:00:00Z")),
        ("20261125085959", Some("2026-11-24T23:59:59Z")),
        ("20261125090000", Some("2026-11-25T00:00:00Z")),
        ("20280229120000", Some("2028-02-29T03:00:00Z")),
        ("99991231235959", Some("9999-12-31T14:59:59Z")),
        ("19700101085959", None),
        ("20261125240000", None),
        ("20270229000000", None),
        ("20261125 90000", None),
        ("2026112509000", None),
        ("202611250900000", None),
        ("２０２６11250900", None),
        ("+0261125090000", None),
        ("", None),
    ] {
        let time = time.map(|time| Timestamp::parse(time).unwrap());
        assert_eq!(moment::from_id(id), time, "{id}");
        if let Some(time) = time {
            assert_eq!(moment::to_id(time).as_deref(), Some(id));
        }
    }
}

#[test]
fn a_reference_carries_one_name() {
    for (uri, name) in [
        ("a-b_c.d~1.xml", Ok("a-b_c.d~1.xml")),
        ("%E5%9C%B0%E5%9B%B3%201.pdf", Ok("地図 1.pdf")),
        ("%e5%9c%b0.pdf", Ok("地.pdf")),
        ("地図(1)+.pdf", Ok("地図(1)+.pdf")),
        ("%25.txt", Ok("%.txt")),
        ("%F0%A0%AE%B7.txt", Ok("𠮷.txt")),
        ("", Err(NameError::Empty)),
        ("%2E%2E", Err(NameError::Folder)),
        ("%2e%2e%2fa", Err(NameError::Separator { character: '/' })),
        ("a%5Cb", Err(NameError::Separator { character: '\\' })),
        ("C%3Aa", Err(NameError::Separator { character: ':' })),
        ("a/b", Err(NameError::Unencoded { character: '/' })),
        ("http://a", Err(NameError::Unencoded { character: ':' })),
        ("file:a", Err(NameError::Unencoded { character: ':' })),
        ("a?b", Err(NameError::Unencoded { character: '?' })),
        ("a#b", Err(NameError::Unencoded { character: '#' })),
        ("a b", Err(NameError::Unencoded { character: ' ' })),
        ("a%", Err(NameError::Unencoded { character: '%' })),
        ("a%4", Err(NameError::Unencoded { character: '%' })),
        ("a%+4", Err(NameError::Unencoded { character: '%' })),
        ("a%あ", Err(NameError::Unencoded { character: '%' })),
        ("%FF", Err(NameError::NotUtf8)),
        ("%C0%AF", Err(NameError::NotUtf8)),
        ("%ED%A0%80", Err(NameError::NotUtf8)),
    ] {
        assert_eq!(name::from_reference(uri), name.map(str::to_owned), "{uri}");
    }
    for uri in ["a%00", "a%0A.txt", "%E2%80%AEtxt.exe"] {
        assert!(matches!(name::from_reference(uri), Err(NameError::Text { .. })), "{uri}");
    }
}

proptest! {
    #[test]
    fn every_name_is_carried_and_read_back(name in r"[^\x00-\x1f/\\:]{1,40}") {
        let uri = name::encode(&name);
        prop_assert!(uri.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-._~%".contains(&octet)));
        prop_assert_eq!(name::decode(&uri), Ok(name));
    }
}
