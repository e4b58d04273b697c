use super::*;
use crate::{Challenge, Container, Origin, Recipient, Timestamp};
use proptest::prelude::*;

fn definition() -> ProcedureDefinition {
    ProcedureDefinition::parse(JUMINHYO_UTSUSHI.as_bytes()).unwrap()
}

/// Answers of someone who wants copies of two people's entries by mail.
const ANSWERS: &[(&str, &str)] = &[
    ("applicant-name", "山田　太郎"),
    ("applicant-address", "千葉県みほん市本町1-2-3"),
    ("applicant-birth", "1985-04-01"),
    ("applicant-telephone", "0400-00-0000"),
    ("scope", "part"),
    ("people.1.name", "山田　太郎"),
    ("people.2.name", "山田　花子"),
    ("householder", "include"),
    ("domicile", "omit"),
    ("copies", "2"),
    ("purpose", "運転免許証の住所変更"),
    ("submit-to", "みほん警察署"),
    ("delivery", "mail"),
    ("identity-document", "passport"),
    ("remarks", "平日の午前に\r\n連絡してください。"),
];

fn answers(changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let changed = |name: &str| changes.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
    let kept = ANSWERS.iter().map(|(name, value)| (*name, changed(name).unwrap_or(value)));
    let added = changes.iter().filter(|(name, _)| ANSWERS.iter().all(|(known, _)| known != name)).copied();
    kept.chain(added).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn application(changes: &[(&str, &str)]) -> Application {
    let definition = definition();
    let created = Timestamp::parse("2026-11-23T20:48:00Z").unwrap();
    Application {
        container: Container::Cades,
        procedure: definition.reference(),
        recipient: Recipient {
            id: "129992".to_owned(),
            name: "みほん市".to_owned(),
            origin: Origin::parse("https://shinsei.city.mihon.lg.jp").unwrap(),
        },
        challenge: Challenge::issue(&[1; 32], created, 1800).unwrap(),
        fields: definition.fill(&answers(changes)).unwrap(),
        attachments: Vec::new(),
        notices: definition.notices,
    }
}

fn said(violations: &[Violation]) -> Vec<String> {
    violations.iter().map(ToString::to_string).collect()
}

#[test]
fn what_the_page_fills_the_server_accepts() {
    let application = application(&[]);
    assert_eq!(application.check(), Ok(()));
    assert_eq!(said(&definition().check(&application)), Vec::<String>::new());
    let read = Application::parse(&application.to_canonical()).unwrap();
    assert_eq!(read, application);
}

#[test]
fn the_document_has_every_question_that_arises_and_no_other() {
    let application = application(&[("people.3.name", "")]);
    let names: Vec<&str> = application.fields.iter().map(|field| field.name.as_str()).collect();
    let expected: Vec<&str> =
        ANSWERS.iter().map(|(name, _)| *name).filter(|name| *name != "identity-document").collect();
    assert_eq!(names, expected, "the identity document is for the counter alone");
    assert_eq!(application.fields[5].group.as_deref(), Some("必要な人 1"));
    assert_eq!(application.fields[4].text.as_deref(), Some("世帯の一部の人"));
    assert_eq!(application.value("remarks"), Some("平日の午前に\n連絡してください。"));
}

#[test]
fn an_answer_lets_questions_arise_and_go() {
    let counter = application(&[("delivery", "counter"), ("scope", "household"), ("remarks", "")]);
    assert_eq!(counter.value("identity-document"), Some("passport"));
    assert_eq!(counter.value("people.1.name"), None);
    assert_eq!(counter.value("remarks"), Some(""), "an optional question left empty stays in the document");
}

/// Each line: a sentence | the field | the answer | what is said of it.
const ANSWERS_REFUSED: &str = "
no name | applicant-name | | applicant-name: an answer is required
a name on two lines | applicant-name | 山田<LF>太郎 | applicant-name: a control character (U+000A) at byte 6
a name of 101 characters | applicant-name | <101> | applicant-name: longer than 100
a name with an invisible character | applicant-name | 山田\u{200b}太郎 | applicant-name: an invisible character (U+200B) at byte 6
an individual number in the remarks | remarks | １２３４ ５６７８ ９０１８ | remarks: it looks like an individual number
an individual number for a telephone | applicant-telephone | 123456789018 | applicant-telephone: not a telephone number
a day that does not exist | applicant-birth | 1985-02-29 | applicant-birth: not a calendar day
a day in another spelling | applicant-birth | 1985/04/01 | applicant-birth: not a calendar day
a day of another century | applicant-birth | 1899-12-31 | applicant-birth: below 1900-01-01
a telephone number in full width | applicant-telephone | ０４００-00-0000 | applicant-telephone: not a telephone number
a telephone number of twelve digits | applicant-telephone | 0400-00-000000 | applicant-telephone: not a telephone number
a telephone number with two hyphens together | applicant-telephone | 0400--000000 | applicant-telephone: not a telephone number
a telephone number that does not begin with zero | applicant-telephone | 4000-00-0000 | applicant-telephone: not a telephone number
no choice of the list | scope | everyone | scope: not one of the choices
the words of a choice for its code | householder | 記載する | householder: not one of the choices
no copy | copies | 0 | copies: below 1
eleven copies | copies | 11 | copies: above 10
more copies than a number holds | copies | 99999999999999999999999 | copies: above 10
copies in full width | copies | ２ | copies: not a whole number in half-width digits
copies with a leading zero | copies | 02 | copies: not a whole number in half-width digits
half a copy | copies | 0.5 | copies: not a whole number in half-width digits
only one of the two people | people.2.name | |
a question that the form does not have | my-number | 1 | my-number: the form does not ask this
an eleventh person | people.11.name | 山田　一 | people.11.name: the form does not ask this
person zero | people.0.name | 山田　一 | people.0.name: the form does not ask this
a gap between people | people.4.name | 山田　一 | people.3.name: an answer is required
";

#[test]
fn an_answer_is_refused_at_its_field() {
    for [name, field, answer, expected] in table(ANSWERS_REFUSED) {
        let answer = answer.replace("<101>", &"長".repeat(101)).replace("<LF>", "\n");
        let filled = definition().fill(&answers(&[(field, &answer)]));
        let violations = filled.err().map_or(Vec::new(), |violations| said(&violations));
        assert_eq!(violations.join("; "), expected, "{name}");
    }
}

/// The lines of four columns; a line feed within a column is written `<LF>`.
fn table(text: &str) -> impl Iterator<Item = [&str; 4]> {
    text.lines().skip(1).map(|line| {
        let columns: Vec<&str> = line.split(" |").map(|column| column.trim_matches(' ')).collect();
        columns.try_into().unwrap()
    })
}

#[test]
fn every_answer_at_fault_is_named_at_once() {
    let violations = definition().fill(&[]).unwrap_err();
    let places: Vec<&str> = violations.iter().map(|violation| violation.place.as_str()).collect();
    let expected = [
        "applicant-name",
        "applicant-address",
        "applicant-birth",
        "applicant-telephone",
        "scope",
        "householder",
        "domicile",
        "copies",
        "purpose",
        "submit-to",
        "delivery",
    ];
    assert_eq!(places, expected);
}

#[test]
fn an_answer_given_twice_is_refused() {
    let mut twice = answers(&[]);
    twice.push(("copies".to_owned(), "2".to_owned()));
    assert_eq!(said(&definition().fill(&twice).unwrap_err()), ["copies: the form does not ask this"]);
}

/// A change to a sound document, by hand on the way to the server.
type Change = fn(&mut Application);

#[test]
fn a_document_that_departs_from_its_definition_is_refused_at_the_place() {
    let cases: &[(&str, Change, &str)] = &[
        (
            "another title",
            |a| a.procedure.title.push('書'),
            "/procedure/title: the words differ from the definition's",
        ),
        (
            "another version",
            |a| a.procedure.version = "2".into(),
            "/procedure/version: the words differ from the definition's",
        ),
        (
            "another procedure",
            |a| a.procedure.id = "tenshutsu".into(),
            "/procedure/id: the words differ from the definition's",
        ),
        (
            "another definition",
            |a| a.procedure.sha256 = "0".repeat(64),
            "/procedure/sha256: the words differ from the definition's",
        ),
        (
            "another label",
            |a| a.fields[9].label = "枚数".into(),
            "/fields/9/label: the words differ from the definition's",
        ),
        (
            "a label with a space more",
            |a| a.fields[0].label.push(' '),
            "/fields/0/label: the words differ from the definition's",
        ),
        (
            "other words of a choice",
            |a| a.fields[4].text = Some("世帯全員".into()),
            "/fields/4/text: the words differ from the definition's",
        ),
        (
            "no words of a choice",
            |a| a.fields[4].text = None,
            "/fields/4/text: the words differ from the definition's",
        ),
        (
            "words where no choice is",
            |a| a.fields[0].text = Some("山田".into()),
            "/fields/0/text: the words differ from the definition's",
        ),
        (
            "another heading",
            |a| a.fields[5].group = Some("必要な人 2".into()),
            "/fields/5/group: the words differ from the definition's",
        ),
        (
            "no heading",
            |a| a.fields[5].group = None,
            "/fields/5/group: the words differ from the definition's",
        ),
        ("a field left out", |a| drop(a.fields.remove(9)), "copies: missing"),
        ("an optional field left out", |a| drop(a.fields.pop()), "remarks: missing"),
        (
            "a field put in",
            |a| a.fields.push(Field { name: "x".into(), ..a.fields[0].clone() }),
            "x: the form does not ask this",
        ),
        ("two fields changed places", |a| a.fields.swap(0, 1), "/fields: another order than the form's"),
        (
            "a question that does not arise",
            |a| a.fields[12].value = "counter".into(),
            "identity-document: missing; /fields/12/text: the words differ from the definition's",
        ),
        ("an answer outside its range", |a| a.fields[9].value = "11".into(), "copies: above 10"),
        (
            "an individual number",
            |a| a.fields[10].value = "123456789018".into(),
            "purpose: it looks like an individual number",
        ),
        (
            "a notice in other words",
            |a| a.notices[0].text.push('。'),
            "/notices/0: the words differ from the definition's",
        ),
        ("a notice left out", |a| drop(a.notices.pop()), "/notices/5: missing"),
        (
            "a notice put in",
            |a| a.notices.push(Notice { id: "x".into(), text: "x".into() }),
            "/notices/6: the form does not ask this",
        ),
        ("an attachment", |a| a.attachments.push(attachment()), "/attachments: longer than 0"),
    ];
    for (name, change, expected) in cases {
        let mut application = application(&[]);
        change(&mut application);
        assert_eq!(said(&definition().check(&application)).join("; "), *expected, "{name}");
    }
}

fn attachment() -> crate::Attachment {
    let name = "委任状.pdf".to_owned();
    crate::Attachment { name, media_type: "application/pdf".to_owned(), size: 1, sha256: "0".repeat(64) }
}

#[test]
fn fields_are_compared_with_the_certificate() {
    let certificate = CertificateItems {
        name: identity::CertificateText { text: "山田　太郎", substitutes: "00000" },
        address: identity::CertificateText {
            text: "千葉県みほん市本町一丁目２番４号", substitutes: ""
        },
        birth: "1985-04-00",
        sex: "1",
    };
    let compared = definition().compare(&application(&[]), certificate);
    let outcomes: Vec<(&str, identity::Outcome)> =
        compared.iter().map(|comparison| (comparison.field.as_str(), comparison.outcome)).collect();
    let expected = [
        ("applicant-name", identity::Outcome::Match),
        ("applicant-address", identity::Outcome::Mismatch),
        ("applicant-birth", identity::Outcome::MatchWithSubstitution),
    ];
    assert_eq!(outcomes, expected);
}

/// Each line: a sentence | what to replace in the shipped definition | by what | what is said of it.
const DEFINITIONS_REFUSED: &str = r#"
another schema | procedure/1 | procedure/2 | /schema: the schema is not shomei-procedure/1
no title | "title": "住民票の写しの交付申請", | | /title: missing
an unknown member | "notices": | "hints": 1, "notices": | /hints: unknown member
an unknown kind | "kind": "date" | "kind": "era" | /fields/2/kind: an unknown kind of field
a member of another kind | "autocomplete": "tel" | "maxLength": 9 | /fields/3/maxLength: unknown member
a text without a limit | "maxLength": 100, "fromCertificate": "name" | "fromCertificate": "name" | /fields/0/maxLength: missing
a text beyond the limit | "maxLength": 100, "fromC | "maxLength": 4001, "fromC | /fields/0/maxLength: out of range
a text of no characters | "maxLength": 100, "fromC | "maxLength": 0, "fromC | /fields/0/maxLength: out of range
an unknown item of the certificate | "fromCertificate": "birth" | "fromCertificate": "number" | /fields/2/fromCertificate: an unknown item of the certificate
a field twice | "name": "scope" | "name": "applicant-name" | /fields/4: a name that was there before
a name with a dot | "name": "scope" | "name": "sc.ope" | /fields/4/name: a dot in a field's name
a choice twice | "value": "part" | "value": "household" | /fields/4/choices/1: a name that was there before
a condition on an unknown choice | "values": ["part"] | "values": ["half"] | /fields/5: a condition on no earlier choice
a condition on nothing | "values": ["part"] | "values": [] | /fields/5: a condition on no earlier choice
a condition on a text | "when": { "field": "scope" | "when": { "field": "applicant-name" | /fields/5: a condition on no earlier choice
a condition on a later field | "when": { "field": "scope" | "when": { "field": "delivery" | /fields/5: a condition on no earlier choice
a group without an end | "max": 10, | | /fields/5/max: missing
a group of 21 | "max": 10, | "max": 21, | /fields/5/max: out of range
a number range that is empty | "min": 1, "max": 10 | "min": 11, "max": 10 | /fields/8/max: out of range
a first day that is none | "1900-01-01" | "1900-02-29" | /fields/2/min: no such day or time of day
a last day before the first | "min": "1900-01-01" | "min": "1900-01-01", "max": "1899-01-01" | /fields/2/max: out of range
a label with doubled brackets | "提出先" | "<<提出先>>" | /fields/10/label: doubled angle brackets at byte 0
an empty notice | "id": "fee", | "id": "fee", "x": 1, | /notices/0/x: unknown member
a notice twice | "id": "numbers" | "id": "fee" | /notices/3: a name that was there before
"#;

#[test]
fn a_definition_that_contradicts_itself_is_refused() {
    for [name, from, to, expected] in table(DEFINITIONS_REFUSED) {
        let changed = JUMINHYO_UTSUSHI.replacen(from, to, 1);
        assert_ne!(changed, JUMINHYO_UTSUSHI, "{name}: nothing was changed");
        let said = ProcedureDefinition::parse(changed.as_bytes()).map_err(|error| error.to_string());
        assert_eq!(said.err().as_deref(), Some(expected), "{name}");
    }
}

#[test]
fn the_digest_is_of_the_canonical_form() {
    let value = crate::json::parse(JUMINHYO_UTSUSHI.as_bytes(), usize::MAX).unwrap();
    let canonical = crate::json::to_canonical(&value);
    assert_eq!(definition().sha256_hex(), crate::sha256_hex(&canonical));
    assert_eq!(ProcedureDefinition::parse(&canonical).unwrap(), definition());
}

#[test]
fn digits_may_look_like_an_individual_number() {
    let text = JUMINHYO_UTSUSHI.replace(
        r#""text", "required": true, "maxLength": 200 }"#,
        r#""digits", "required": true, "minLength": 12, "maxLength": 12 }"#,
    );
    assert_ne!(text, JUMINHYO_UTSUSHI);
    let licence = ProcedureDefinition::parse(text.as_bytes()).unwrap();
    let outcome =
        |purpose| licence.fill(&answers(&[("purpose", purpose)])).err().map(|v| said(&v).join("; "));
    assert_eq!(outcome("123456789018"), None);
    assert_eq!(outcome("12345678901").as_deref(), Some("purpose: shorter than 12"));
    assert_eq!(outcome("1234567890123").as_deref(), Some("purpose: longer than 12"));
    assert_eq!(outcome("１２３456789018").as_deref(), Some("purpose: not half-width digits alone"));
}

proptest! {
    #[test]
    fn whatever_is_filled_is_accepted_or_refused_alike(
        field in prop::sample::select(ANSWERS.iter().map(|(name, _)| *name).collect::<Vec<_>>()),
        answer in prop_oneof![any::<String>(), "[0-9-]{0,14}", "(part|household|mail|counter|omit)"],
    ) {
        let definition = definition();
        if let Ok(fields) = definition.fill(&answers(&[(field, &answer)])) {
            let application = Application { fields, ..application(&[]) };
            prop_assert_eq!(said(&definition.check(&application)), Vec::<String>::new());
            prop_assert_eq!(application.check(), Ok(()));
        }
    }
}
