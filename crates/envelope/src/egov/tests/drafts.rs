//! A document before it is signed: what is read of it.

use super::*;

#[test]
fn a_draft_says_what_its_form_says_and_which_files_it_names() {
    let repeated =
        "<添付書類属性情報><添付書類ファイル名称>写真.txt</添付書類ファイル名称></添付書類属性情報>";
    let by_post = repeated.replace("写真.txt", "");
    let application = "<申請書属性情報><申請書ファイル名称>a.xml</申請書ファイル名称></申請書属性情報>";
    let end = "</構成情報>";
    let with = |more: &str| DOCUMENT.replace(end, &format!("{more}{end}"));
    let two = ["地図 1.pdf", "写真.txt"];
    for (name, document, signatures, files) in [
        ("unsigned", DOCUMENT.to_owned(), 0, two.to_vec()),
        ("without a place for signatures", DOCUMENT.replace("<署名情報></署名情報>", ""), 0, two.to_vec()),
        ("a name again", with(repeated), 0, two.to_vec()),
        ("an attachment by post", with(&by_post), 0, two.to_vec()),
        ("a form in a file", with(application), 0, [&two[..], &["a.xml"]].concat()),
        ("signed", good().to_owned(), 1, [&two[..], &[FILES[0].0]].concat()),
    ] {
        let draft = Draft::read(document.as_bytes()).unwrap();
        assert_eq!(draft.signatures(), signatures, "{name}");
        assert_eq!(draft.file_names(), files, "{name}");
        assert!(draft.fields().iter().any(|field| field.text == "山田　太郎"), "{name}");
    }
}

#[test]
fn what_could_not_be_signed_is_no_draft() {
    let comment = DOCUMENT.replace("</構成情報>", "<!-- --></構成情報>");
    let full = (0..MAX_SIGNATURES).fold(DOCUMENT.to_owned(), |document, number| {
        let seconds = lab().now.unix_seconds() + i64::try_from(number).unwrap();
        let time = Timestamp::from_unix_seconds(seconds).unwrap();
        String::from_utf8(sign_at(lab(), document.as_bytes(), &[], time)).unwrap()
    });
    for (name, document, error) in [
        ("full", full, EnvelopeError::Signatures { count: MAX_SIGNATURES + 1 }),
        ("other XML", "<A/>".to_owned(), EnvelopeError::Root { found: "A".into() }),
        ("nothing", String::new(), parse(b"").unwrap_err()),
        ("a comment inside", comment.clone(), parse(comment.as_bytes()).unwrap_err()),
    ] {
        assert_eq!(Draft::read(document.as_bytes()), Err(error), "{name}");
    }
}

#[test]
fn names_are_judged_as_they_are_when_a_signature_is_made() {
    let many: Vec<String> = (0..MAX_REFERENCES).map(|number| number.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (names, fit) in
        [(&["a.txt", "b.txt"][..], true), (&["../a"], false), (&["a", "a"], false), (&many, false)]
    {
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, b"".as_slice())).collect();
        let certificate = &lab().holder().signature.certificate;
        let made = prepare(DOCUMENT.as_bytes(), &files, certificate, lab().now).map(|_| ());
        assert_eq!(Draft::check_names(names), made, "{names:?}");
        assert_eq!(made.is_ok(), fit, "{names:?}");
    }
}
