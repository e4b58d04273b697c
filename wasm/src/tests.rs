use crate::document::{build, violations};
use crate::household::join;
use crate::issued::{Issued, IssuedChallenge, IssuedProcedure, IssuedRecipient};
use crate::refusal::{Fault, Refusal};
use crate::reply::{self, CheckedReply};
use serde_json::Value;
use shomei_application::procedure::JUMINHYO_UTSUSHI;
use shomei_application::{Application, Container, Timestamp};
use shomei_envelope::{Signed as _, attached};
use shomei_lab::{RESIDENTS, SIGNATURE_PASSWORD, World};
use shomei_protocol::page::PageRequest;
use shomei_virtual_card::VirtualCard;
use std::sync::LazyLock;
use std::time::SystemTime;

const ORIGIN: &str = "https://shinsei.city.mihon.lg.jp";

/// A form as 山田太郎 would fill it.
const FILLED: [(&str, &str); 12] = [
    ("applicant-name", "山田 太郎"),
    ("applicant-address", "千葉県みほん市本町１丁目２番３号"),
    ("applicant-birth", "1985-04-01"),
    ("applicant-telephone", "043-000-1234"),
    ("scope", "household"),
    ("householder", "omit"),
    ("domicile", "omit"),
    ("copies", "1"),
    ("purpose", "勤務先への提出"),
    ("submit-to", "株式会社みほん"),
    ("delivery", "mail"),
    ("remarks", ""),
];

/// The containers that a page may ask for.
const BOTH: [&str; 2] = ["cades", "jades"];

/// Names and other answers than those of [`FILLED`].
type Changes = &'static [(&'static str, &'static str)];

fn answers(changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let changed = |name: &str| changes.iter().find(|(changed, _)| *changed == name).map(|(_, value)| *value);
    FILLED
        .iter()
        .map(|(name, value)| ((*name).to_owned(), changed(name).unwrap_or(value).to_owned()))
        .collect()
}

/// One change to what the server issued.
type Change = fn(&mut Issued);

fn issued(change: Change) -> Issued {
    let mut issued = Issued {
        challenge: IssuedChallenge {
            value: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned(),
            created_at: "2026-11-23T03:00:00Z".to_owned(),
            expires_at: "2026-11-23T03:30:00Z".to_owned(),
        },
        recipient: IssuedRecipient {
            id: "129992".to_owned(),
            name: "みほん市".to_owned(),
            origin: ORIGIN.to_owned(),
        },
        procedure: Some(IssuedProcedure {
            id: "juminhyo-utsushi".to_owned(),
            version: "1".to_owned(),
            sha256: None,
        }),
    };
    change(&mut issued);
    issued
}

fn document(changes: &[(&str, &str)]) -> String {
    document_for("cades", changes)
}

fn document_for(container: &str, changes: &[(&str, &str)]) -> String {
    build(JUMINHYO_UTSUSHI, &answers(changes), issued(|_| ()), container).unwrap()
}

#[test]
fn a_filled_form_becomes_a_document_that_the_host_accepts() {
    let application = Application::parse(document(&[]).as_bytes()).unwrap();
    assert_eq!(application.container, Container::Cades);
    assert_eq!(application.recipient.origin.as_str(), ORIGIN);
    assert_eq!(application.value("applicant-name"), Some("山田 太郎"));
}

#[test]
fn what_is_wrong_with_a_form_is_said_by_control_and_code() {
    let cases: [(Changes, Changes); 4] = [
        (&[], &[]),
        (&[("copies", "many")], &[("copies", "number")]),
        (&[("scope", "world")], &[("scope", "choice")]),
        (
            &[("applicant-name", ""), ("copies", "")],
            &[("applicant-name", "required"), ("copies", "required")],
        ),
    ];
    for (changes, expected) in cases {
        let found = violations(JUMINHYO_UTSUSHI, &answers(changes)).unwrap();
        let found: Vec<_> = found.iter().map(|fault| (fault.place.as_str(), fault.code)).collect();
        assert_eq!(found, expected, "{changes:?}");
    }
}

#[test]
fn a_control_that_is_no_question_of_the_form_is_a_fault() {
    let strange = [answers(&[]), vec![("nickname".to_owned(), "たろう".to_owned())]].concat();
    let found = violations(JUMINHYO_UTSUSHI, &strange).unwrap();
    assert_eq!(found, [Fault { place: "nickname".to_owned(), code: "unexpected" }]);
}

#[test]
fn a_form_with_faults_becomes_no_document() {
    let refusal = build(JUMINHYO_UTSUSHI, &answers(&[("copies", "0")]), issued(|_| ()), "cades").unwrap_err();
    let violations = vec![Fault { place: "copies".to_owned(), code: "below" }];
    assert_eq!(refusal, Refusal { violations, ..Refusal::of("bad-form") });
}

#[test]
fn what_the_server_issued_must_fit_the_procedure() {
    let cases: [(&str, Change, &str); 7] = [
        ("another version", |issued| procedure(issued).version = "2".to_owned(), "wrong-procedure"),
        ("another procedure", |issued| procedure(issued).id = "another".to_owned(), "wrong-procedure"),
        ("another definition", |issued| procedure(issued).sha256 = Some("00".repeat(32)), "wrong-procedure"),
        ("no time", |issued| issued.challenge.created_at = "yesterday".to_owned(), "bad-challenge"),
        ("http", |issued| issued.recipient.origin = ORIGIN.replace("https", "http"), "bad-challenge"),
        ("a short value", |issued| issued.challenge.value = "short".to_owned(), "bad-document"),
        ("a bidi control", |issued| issued.recipient.name = "みほん市\u{202e}".to_owned(), "bad-document"),
    ];
    for (name, change, code) in cases {
        let built = build(JUMINHYO_UTSUSHI, &answers(&[]), issued(change), "cades");
        assert_eq!(built.unwrap_err().code, code, "{name}");
    }
}

fn procedure(issued: &mut Issued) -> &mut IssuedProcedure {
    issued.procedure.as_mut().unwrap()
}

#[test]
fn a_page_gets_a_document_for_cades_or_jades_and_for_no_other_format() {
    let built = |container| build(JUMINHYO_UTSUSHI, &answers(&[]), issued(|_| ()), container);
    for (container, expected) in [("cades", Container::Cades), ("jades", Container::Jades)] {
        let document = built(container).unwrap();
        assert_eq!(Application::parse(document.as_bytes()).unwrap().container, expected);
    }
    let refused =
        ["pdf", "pades", "egov", "xml", "cades-detached", "jades-detached", "of-tomorrow", "CAdES", ""];
    for container in refused {
        assert_eq!(built(container), Err(Refusal::of("format-not-for-pages")), "{container}");
    }
}

#[test]
fn an_unreadable_definition_is_refused() {
    assert_eq!(build("{}", &answers(&[]), issued(|_| ()), "cades").unwrap_err().code, "bad-definition");
}

#[test]
fn the_requests_of_the_page_are_the_protocols() {
    let messages: Vec<Value> = serde_json::from_str(include_str!("../tests/page-messages.json")).unwrap();
    for message in messages {
        let read: PageRequest = serde_json::from_value(message.clone()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), message);
    }
}

static WORLD: LazyLock<World> =
    LazyLock::new(|| World::with_residents(SystemTime::now(), RESIDENTS.get(..2).unwrap()).unwrap());

/// What a host would make of the document with the card of 山田太郎.
fn sign(document: &str) -> Vec<u8> {
    let container = Application::parse(document.as_bytes()).unwrap().container;
    sign_in(container, document)
}

/// The same in any container, whatever the document names.
fn sign_in(container: Container, document: &str) -> Vec<u8> {
    sign_by(0, container, document)
}

/// The same with the card of any resident of the lab's town.
fn sign_by(resident: usize, container: Container, document: &str) -> Vec<u8> {
    let holder = &WORLD.holders[resident];
    let now = Timestamp::from_unix_seconds(1_790_000_000).unwrap();
    let certificate = &holder.signature.certificate;
    let prepared = attached::prepare(container, document.as_bytes(), certificate, now).unwrap();
    let mut card = VirtualCard::new(holder.contents().unwrap());
    card.power_on();
    let signature = sign_digest(&mut card, prepared.digest());
    prepared.complete(&signature).unwrap()
}

/// SELECT of the application and of the password, VERIFY, SELECT of the key, COMPUTE DIGITAL SIGNATURE over a DigestInfo.
fn sign_digest(card: &mut VirtualCard, digest: [u8; 32]) -> Vec<u8> {
    let digest_info =
        [b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20".as_slice(), &digest];
    let commands = [
        apdu([0x00, 0xa4, 0x04, 0x0c], b"\xd3\x92\xf0\x00\x26\x01\x00\x00\x00\x01"),
        apdu([0x00, 0xa4, 0x02, 0x0c], b"\x00\x1b"),
        apdu([0x00, 0x20, 0x00, 0x80], SIGNATURE_PASSWORD.as_bytes()),
        apdu([0x00, 0xa4, 0x02, 0x0c], b"\x00\x1a"),
        [apdu([0x80, 0x2a, 0x00, 0x80], &digest_info.concat()), vec![0]].concat(),
    ];
    let mut answer = Vec::new();
    for command in commands {
        answer = card.respond(&command);
        assert!(answer.ends_with(&[0x90, 0x00]), "{command:02x?} → {answer:02x?}");
    }
    answer.truncate(answer.len() - 2);
    answer
}

fn apdu(header: [u8; 4], data: &[u8]) -> Vec<u8> {
    [&header, [u8::try_from(data.len()).unwrap()].as_slice(), data].concat()
}

fn outcomes(checked: &CheckedReply) -> Vec<(&str, &str, &str)> {
    checked.comparisons.iter().map(|found| (found.field.as_str(), found.item, found.outcome)).collect()
}

#[test]
fn a_good_reply_is_compared_with_the_answers() {
    let cases: [(Changes, [&str; 3]); 4] = [
        (&[], ["match", "match", "match"]),
        (&[("applicant-name", "山田 花子")], ["mismatch", "match", "match"]),
        (&[("applicant-address", "千葉県みほん市港５丁目１０番１１号")], ["match", "mismatch", "match"]),
        (&[("applicant-birth", "1985-04-02")], ["match", "match", "mismatch"]),
    ];
    for container in BOTH {
        for (changes, [name, address, birth]) in cases {
            let document = document_for(container, changes);
            let checked = reply::check(&document, &sign(&document), JUMINHYO_UTSUSHI).unwrap();
            let expected = [
                ("applicant-name", "name", name),
                ("applicant-address", "address", address),
                ("applicant-birth", "birth", birth),
            ];
            assert_eq!(outcomes(&checked), expected, "{container} {changes:?}");
        }
    }
}

#[test]
fn a_reply_over_another_document_or_in_another_container_is_refused() {
    let (other_answer, others) = (&[("copies", "10")], ["jades", "cades"]);
    for (container, other) in BOTH.into_iter().zip(others) {
        let asked = document_for(container, &[]);
        let other_kind = sign_in(Container::parse(other).unwrap(), &asked);
        let cases = [
            ("another answer", sign(&document_for(container, other_answer)), "other-document"),
            ("the document for the other container", sign(&document_for(other, &[])), "other-document"),
            ("the same document in the other container", other_kind, "bad-envelope"),
        ];
        for (name, envelope, code) in cases {
            let found = reply::check(&asked, &envelope, JUMINHYO_UTSUSHI);
            assert_eq!(found, Err(Refusal::of(code)), "{container}: {name}");
        }
    }
}

#[test]
fn a_reply_with_any_octet_changed_is_refused() {
    for container in BOTH {
        let document = document_for(container, &[]);
        let envelope = sign(&document);
        for place in (0..envelope.len()).step_by(7) {
            let mut changed = envelope.clone();
            changed[place] ^= 1;
            let found = reply::check(&document, &changed, JUMINHYO_UTSUSHI);
            assert!(found.is_err(), "{container}, octet {place}");
        }
        assert_eq!(reply::check(&document, b"", JUMINHYO_UTSUSHI), Err(Refusal::of("bad-envelope")));
    }
}

#[test]
fn a_reply_whose_signature_is_another_is_refused() {
    let (cades, jades) = (document_for("cades", &[]), document_for("jades", &[]));
    let mut changed = sign(&cades);
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(reply::check(&cades, &changed, JUMINHYO_UTSUSHI), Err(Refusal::of("bad-signature")));
    let (one, other) = (sign(&jades), sign(&document_for("jades", &[("copies", "10")])));
    let signature_of = |envelope: &[u8]| envelope.iter().rposition(|octet| *octet == b'.').unwrap();
    let transplanted = [&one[..signature_of(&one)], &other[signature_of(&other)..]].concat();
    assert_eq!(reply::check(&jades, &transplanted, JUMINHYO_UTSUSHI), Err(Refusal::of("bad-signature")));
}

#[test]
fn a_household_signs_one_document_in_one_envelope() {
    let document = document(&[]);
    let signed = |resident| sign_by(resident, Container::Cades, &document);
    let both = attached::parse(&join(&[signed(0), signed(1)]).unwrap()).unwrap();
    assert_eq!((both.content(), both.signatures().len()), (document.as_bytes(), 2));
    let other = sign(&document_for("cades", &[("copies", "10")]));
    let at = |code, path: &str| Refusal { path: Some(path.to_owned()), ..Refusal::of(code) };
    let cases = [
        ("nobody", vec![], Refusal::of("wrong-signers")),
        ("one card twice", vec![signed(0), signed(1), signed(0)], at("same-signer", "/2")),
        ("another document", vec![signed(1), other], at("other-document", "/1")),
        ("JAdES", vec![sign(&document_for("jades", &[]))], at("bad-envelope", "/0")),
        ("no envelope", vec![signed(0), Vec::new()], at("bad-envelope", "/1")),
    ];
    for (name, envelopes, refusal) in cases {
        assert_eq!(join(&envelopes), Err(refusal), "{name}");
    }
}
