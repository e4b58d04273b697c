use shomei_application::{
    Application, Attachment, Challenge, Container, Field, Notice, Origin, ProcedureRef, Recipient, Timestamp,
};

use shomei_envelope::{FileDigest, egov};

use super::{Review, Row, size, unseen};
use crate::subject::{FileFormat, Files, PdfProfile, Shown, ShownFile, ShownForm};
use crate::window::words::{JA, JA_FILES, Troubles, Words};

fn field(name: &str, label: &str, value: &str, text: Option<&str>, group: Option<&str>) -> Field {
    Field {
        name: name.into(),
        label: label.into(),
        value: value.into(),
        text: text.map(Into::into),
        group: group.map(Into::into),
    }
}

fn application() -> Application {
    let created_at = Timestamp::from_unix_seconds(1_780_000_000).unwrap();
    Application {
        container: Container::Cades,
        procedure: ProcedureRef {
            id: "juminhyo-utsushi".into(),
            version: "1".into(),
            title: "住民票の写しの交付申請".into(),
            sha256: "ab".repeat(32),
        },
        recipient: Recipient {
            id: "129992".into(),
            name: "みほん市".into(),
            origin: Origin::parse("https://shinsei.city.mihon.lg.jp").unwrap(),
        },
        challenge: Challenge::issue(&[7; 32], created_at, 1800).unwrap(),
        fields: vec![
            field("name", "氏名", "山田　太郎", None, None),
            field("purpose", "理由", "family", Some("家族の手続き"), None),
            field("remarks", "備考", "一行目\n二行目", None, None),
            field("people.1.name", "氏名", "髙﨑　𠮷子", None, Some("必要な人 1")),
            field("people.2.name", "氏名", "", None, Some("必要な人 2")),
        ],
        attachments: vec![Attachment {
            name: "委任状.pdf".into(),
            media_type: "application/pdf".into(),
            size: 1_234_567,
            sha256: "cd".repeat(32),
        }],
        notices: vec![Notice { id: "fee".into(), text: "手数料は 300 円です。".into() }],
    }
}

fn review(application: Application) -> Review {
    Review::of(&Shown::Application(Box::new(application)), &JA)
}

/// Everything that the window draws of a document, as one text.
fn all_text(review: &Review) -> String {
    let Review { asker, title, below_title, facts, .. } = review;
    let mut text = [asker.as_str(), title, below_title, facts].join("\n");
    for section in &review.sections {
        text += &section.heading;
        text += section.remark.unwrap_or_default();
        for Row { label, lines, facts, .. } in &section.rows {
            text += &[&[label.clone()][..], lines, facts].concat().join("\n");
        }
    }
    text
}

#[test]
fn every_text_of_the_document_is_drawn() {
    let application = application();
    let drawn = all_text(&review(application.clone()));
    let mut expected =
        vec![application.procedure.title, application.procedure.id, application.recipient.name];
    expected.extend([
        application.procedure.sha256,
        application.recipient.id,
        application.recipient.origin.to_string(),
    ]);
    for field in application.fields {
        expected.extend(field.value.split('\n').map(str::to_owned));
        expected.extend([Some(field.label), field.text, field.group].into_iter().flatten());
    }
    for attachment in application.attachments {
        expected.extend([attachment.name, attachment.media_type, attachment.sha256, size(attachment.size)]);
    }
    for notice in application.notices {
        expected.extend([notice.id, notice.text]);
    }
    for text in expected {
        assert!(drawn.contains(&text), "{text}");
    }
    assert!(drawn.contains(JA.attachments_unseen));
}

#[test]
fn groups_become_headings_choices_show_words_and_code_and_empty_answers_say_so() {
    let review = review(application());
    let headings: Vec<&str> = review.sections.iter().map(|section| section.heading.as_str()).collect();
    assert_eq!(headings, [JA.fields, "必要な人 1", "必要な人 2", JA.attachments, JA.notices]);
    let fields = &review.sections[0].rows;
    assert_eq!(
        (&fields[1].lines[..], &fields[1].facts[..]),
        (&["家族の手続き".into()][..], &["コード: family".into()][..])
    );
    assert_eq!(fields[2].lines, ["一行目", "二行目"]);
    assert_eq!(review.sections[2].rows[0].lines, [JA.empty]);
}

#[test]
fn what_looks_like_an_individual_number_is_marked_wherever_it_stands() {
    let cases = [
        (field("a", "番号", "123456789018", None, None), true),
        (field("a", "番号", "1234-5678-9018", None, None), true),
        (field("a", "番号", "x", Some("1234 5678 9018"), None), true),
        (field("a", "番号", "123456789018", Some("ことば"), None), true),
        (field("a", "番号", "123456789019", None, None), false),
        (field("a", "番号", "0120-444-113", None, None), false),
    ];
    for (field, marked) in cases {
        let review = review(Application { fields: vec![field.clone()], ..application() });
        assert_eq!(review.sections[0].rows[0].individual_number, marked, "{field:?}");
    }
}

#[test]
fn characters_that_look_like_others_are_told_by_their_code() {
    let cases: [(&str, &[&str]); 8] = [
        ("山田　太郎", &[]),
        ("山\u{200B}田", &["U+200B"]),
        ("円001\u{202E}", &["U+202E"]),
        ("か\u{3099}", &[]),
        ("𠮷田", &["U+20BB7"]),
        ("𠮷𠮷", &["U+20BB7"]),
        ("葛\u{E0100}城", &["U+845B U+E0100"]),
        ("\u{FE00}", &["U+FE00"]),
    ];
    for (text, expected) in cases {
        assert_eq!(unseen(text, |character| character != '𠮷'), expected, "{text}");
    }
}

#[test]
fn sizes_have_separators() {
    for (bytes, expected) in
        [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (123_456, "123,456")]
    {
        assert_eq!(size(bytes), format!("{expected} バイト"));
    }
}

#[test]
fn files_are_shown_by_name_size_digest_and_place_under_the_line_that_no_site_is_bound() {
    let file =
        |name: &str| ShownFile { file: FileDigest::of(name, b"abc"), folder: "/home/taro/書類".into() };
    let made = vec!["/home/taro/書類/files.jws".to_owned()];
    for (names, title) in [(vec!["委任状.pdf"], "委任状.pdf"), (vec!["a.txt", "b.txt"], "2 個のファイル")]
    {
        let files = names.iter().map(|name| file(name)).collect();
        let shown = Files {
            format: FileFormat::Jades,
            profile: PdfProfile::Pades,
            files,
            form: None,
            made: made.clone(),
        };
        let review = Review::of(&Shown::Files(shown), &JA_FILES);
        assert_eq!((review.asker.as_str(), review.title.as_str()), ("サイトに結び付かない署名です", title));
        let drawn = all_text(&review);
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        for text in [&names[..], &[abc, "3 バイト", "/home/taro/書類/files.jws", "JAdES"]].concat() {
            assert!(drawn.contains(text), "{text}");
        }
    }
}

#[test]
fn nobody_who_signs_files_is_sent_to_a_site() {
    let Words { signed, cancelled_outside, troubles, .. } = JA_FILES;
    let Troubles { blocked, too_many_wrong, no_certificate, expired, not_yet_valid, .. } = troubles;
    let Troubles { unknown_certificate, self_check, card_error, unfit_file, not_delivered, timeout, .. } =
        troubles;
    for told in [
        signed,
        cancelled_outside,
        blocked,
        too_many_wrong,
        no_certificate,
        expired,
        not_yet_valid,
        unknown_certificate,
        self_check,
        card_error,
        unfit_file,
        not_delivered,
        timeout,
    ] {
        assert!(![told.title, told.tries, told.next].concat().contains("サイト"), "{told:?}");
    }
}

#[test]
fn every_field_of_a_form_is_drawn_and_what_is_not_signed_is_said() {
    let field = |path: &str, text: &str| egov::Field { path: path.into(), text: text.into() };
    let fields =
        vec![field("構成情報/管理情報/氏名", "山田　太郎"), field("構成情報/備考", "一行目\n二行目")];
    let file = ShownFile { file: FileDigest::of("kousei.xml", b"<A/>"), folder: "/home/taro".into() };
    for signatures in [0, 2] {
        let form = Some(ShownForm { fields: fields.clone(), signatures });
        let profile = PdfProfile::Pades;
        let shown =
            Files { format: FileFormat::Egov, profile, files: vec![file.clone()], form, made: vec![] };
        let drawn = all_text(&Review::of(&Shown::Files(shown), &JA_FILES));
        for text in ["管理情報 / 氏名", "山田　太郎", "一行目", "二行目", "STYLESHEET"] {
            assert!(drawn.contains(text), "{text}");
        }
        assert_eq!(drawn.contains("2 個"), signatures == 2);
    }
}
