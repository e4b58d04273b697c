//! Actions and what they leave behind.

use std::fs;

use serde_json::json;
use shomei_lab::folder::read_card;

use crate::desk::Desk;

const LOCKED: &str = r#"{"signaturePassword":{"left":0},"authenticationPin":{"left":1}}"#;

#[test]
fn a_move_revokes_the_signature_certificate_and_a_new_one_goes_onto_the_card() {
    let desk = Desk::open();
    let moved = desk.done("move --holder yamada-taro --address 千葉県みほん市髙町１番 --substitute 髙=高");
    assert_eq!(moved["revoked"].as_array().unwrap().len(), 1, "{moved}");
    assert_eq!(moved["revoked"][0]["purpose"], "signature");
    assert_eq!(moved["lists"], json!(["crl/signature-mihon-shi.crl"]));
    let items = &desk.json("cards/yamada-taro/card.json")["basicFourItems"];
    assert_eq!(items["address"], "千葉県みほん市高町１番");
    assert_eq!(items["addressSubstitutes"], "00000001000");
    assert_eq!(*items, desk.json("register/yamada-taro.json")["basicFourItems"]);

    let issued = desk.done("issue --holder yamada-taro --certificate signature");
    let file = issued["issued"][0]["file"].as_str().unwrap();
    let card = fs::read(desk.path("cards/yamada-taro/signature-certificate.der")).unwrap();
    assert_eq!(card, fs::read(desk.path(file)).unwrap());
    let (good, said) = desk.openssl(&format!("verify -x509_strict -CAfile lab-ca.pem {file}"));
    assert!(good, "{said}");
    let (_, said) = desk.openssl(&format!("x509 -inform DER -in {file} -noout -text"));
    for expected in ["1.2.392.200149.8.5.5.6::00000001000", "CN = Mihon-shi CRLDP"] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let certified = |key: &str| desk.openssl(&format!("{key} -pubout -outform PEM")).1;
    let on_key = certified("pkey -inform DER -in cards/yamada-taro/signature-key.der");
    let (_, on_certificate) = desk.openssl(&format!("x509 -inform DER -in {file} -noout -pubkey"));
    assert_eq!(on_key, on_certificate);
}

#[test]
fn whoever_moves_away_stays_on_the_list_of_the_old_municipality() {
    let desk = Desk::open();
    let action = "move-out --holder yamada-taro --address 千葉県となり市栄町１番 --municipality Tonari-shi";
    let moved = desk.done(action);
    assert_eq!(moved["changed"], json!(["address", "municipality"]));
    let serial = moved["revoked"][0]["serial"].as_str().unwrap().to_uppercase();
    assert!(desk.list("signature-mihon-shi").contains(&serial));
    assert!(!desk.list("signature-tonari-shi").contains(&serial));
    let issued = desk.done("issue --holder yamada-taro --certificate signature");
    let serial = issued["issued"][0]["serial"].as_str().unwrap().to_uppercase();
    desk.done("key-compromised --holder yamada-taro --certificate signature");
    assert!(desk.list("signature-tonari-shi").contains(&serial));
}

#[test]
fn a_refusal_names_rule_and_source_on_standard_error() {
    let desk = Desk::open();
    let register = fs::read(desk.path("register/yamada-taro.json")).unwrap();
    let cases = [
        ("issue --holder yamada-taro", "one-of-each"),
        ("renew --holder yamada-taro", "renewal-from-three-months"),
        ("marry --holder yamada-taro --name 髙橋　太郎", "substitute-characters"),
        ("alias --holder yamada-taro --to アン", "revoked-for-its-alias"),
        ("unlock --holder yamada-taro --route counter", "document-with-photograph"),
        ("agent answer --holder yamada-taro --document パスポート", "agent-not-the-same-day"),
    ];
    for (action, rule) in cases {
        let refused = desk.refused(action);
        assert_eq!(refused["refused"]["rule"], rule, "{action}");
        for member in ["japanese", "english", "source"] {
            assert!(!refused["refused"][member].as_str().unwrap().is_empty(), "{action}: {member}");
        }
    }
    assert_eq!(fs::read(desk.path("register/yamada-taro.json")).unwrap(), register);
    let journal = fs::read_to_string(desk.path("journal.jsonl")).unwrap();
    assert_eq!(journal.lines().count(), cases.len());
    assert!(journal.lines().zip(cases).all(|(line, (_, rule))| line.contains(rule)), "{journal}");
}

#[test]
fn what_cannot_be_used_ends_with_two() {
    let desk = Desk::open();
    for action in [
        "die --holder nobody",
        "die --holder ../yamada-taro",
        "die",
        "move --holder yamada-taro --address 千葉県みほん市 --substitute 髙橋=高橋",
        "move-out --holder yamada-taro --address 千葉県 --municipality Nerima-ku",
        "explain-juki --issued 2014-02-30",
        "report-loss --holder yamada-taro --to neighbour",
    ] {
        let output = desk.ask(action);
        assert_eq!(output.status.code(), Some(2), "{action}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{action}");
    }
    fs::write(desk.path("register/yamada-taro.json"), "{}").unwrap();
    assert_eq!(desk.ask("die --holder yamada-taro").status.code(), Some(2));
}

#[test]
fn a_locked_password_is_unlocked_where_the_rules_allow_it() {
    let license = "--document 運転免許証";
    let cases = [
        // state before, action, passwords set anew, state afterwards
        (LOCKED, format!("unlock --route counter {license}"), json!(["signaturePassword"]), [5, 1]),
        (LOCKED, "unlock --route kiosk".to_owned(), json!(["signaturePassword"]), [5, 1]),
        (LOCKED, format!("initialise {license}"), json!(["signaturePassword", "authenticationPin"]), [5, 3]),
    ];
    for (state, action, passwords, left) in cases {
        let desk = Desk::open();
        fs::write(desk.path("cards/yamada-taro/state.json"), state).unwrap();
        let done = desk.done(&format!("{action} --holder yamada-taro"));
        assert_eq!(done["passwords"], passwords, "{action}");
        let state = desk.json("cards/yamada-taro/state.json");
        let now = [&state["signaturePassword"]["left"], &state["authenticationPin"]["left"]];
        assert_eq!(now, left, "{action}");
    }
}

#[test]
fn a_kiosk_needs_the_pin_and_a_card_without_a_state_is_as_it_was_issued() {
    let desk = Desk::open();
    let kiosk = "unlock --route kiosk --holder yamada-taro";
    let done = desk.done(kiosk);
    assert_eq!(done["passwords"], json!([]));
    assert!(done["advice"].as_str().unwrap().contains("そのまま使えます"), "{done}");
    assert!(!desk.path("cards/yamada-taro/state.json").exists());
    let locked = r#"{"signaturePassword":{"left":0},"authenticationPin":{"left":0}}"#;
    fs::write(desk.path("cards/yamada-taro/state.json"), locked).unwrap();
    assert_eq!(desk.refused(kiosk)["refused"]["rule"], "kiosk-for-the-signature");
    assert_eq!(desk.json("cards/yamada-taro/state.json")["signaturePassword"]["left"], 0);
}

#[test]
fn a_loss_is_reported_three_times_and_the_journal_says_nothing_personal() {
    let desk = Desk::open();
    let held = desk.done("report-loss --holder nguyen-thi-minh-anh --to helpline");
    assert_eq!(held["revoked"][1]["reason"], "certificateHold");
    assert!(desk.list("authentication-mihon-shi").contains("Certificate Hold"));
    let police = desk.done("report-loss --holder nguyen-thi-minh-anh --to police");
    assert!(police["policeNumber"].is_string() && police["revoked"] == json!([]), "{police}");
    desk.done("report-loss --holder nguyen-thi-minh-anh --to counter");
    let list = desk.list("authentication-mihon-shi");
    assert!(list.contains("Key Compromise") && !list.contains("Certificate Hold"), "{list}");
    assert_eq!(desk.refused("issue --holder nguyen-thi-minh-anh")["refused"]["rule"], "card-needed");
    desk.done("new-card --holder nguyen-thi-minh-anh --certificate authentication");
    assert!(!desk.path("cards/nguyen-thi-minh-anh/signature-key.der").exists());
    assert!(read_card(&desk.path("cards/nguyen-thi-minh-anh")).unwrap().signature.is_none());
    let journal = fs::read_to_string(desk.path("journal.jsonl")).unwrap();
    assert_eq!(journal.lines().count(), 5);
    for personal in ["NGUYEN", "千葉県", "1998-11-03", "MIHON2026"] {
        assert!(!journal.contains(personal), "{personal}");
    }
}

#[test]
fn two_counters_at_once_take_turns() {
    let desk = Desk::open();
    let actions = [
        "move --holder yamada-taro --address 千葉県みほん市港１番",
        "revoke-on-request --holder yamada-taro --certificate authentication",
        "report-loss --holder yamada-taro --to police",
    ];
    std::thread::scope(|scope| {
        for action in actions {
            scope.spawn(|| desk.done(action));
        }
    });
    let register = desk.json("register/yamada-taro.json");
    for certificate in register["certificates"].as_array().unwrap() {
        assert!(certificate["revocation"].is_object(), "{certificate}");
    }
    assert_eq!(register["basicFourItems"]["address"], "千葉県みほん市港１番");
    assert_eq!(fs::read_to_string(desk.path("journal.jsonl")).unwrap().lines().count(), actions.len());
}

#[test]
fn an_agent_comes_twice() {
    let desk = Desk::open();
    desk.done("revoke-on-request --holder suzuki-hanako");
    let inquiry = "agent inquiry --holder suzuki-hanako --certificate both --document パスポート";
    let answer = "agent answer --holder suzuki-hanako --document パスポート";
    let asked = desk.done(&format!("--at 2027-06-01T14:30:00Z {inquiry}"));
    assert_eq!(asked["changed"], json!(["inquiry"]));
    let same_day = desk.refused(&format!("--at 2027-06-01T14:59:59Z {answer}"));
    assert_eq!(same_day["refused"]["rule"], "agent-not-the-same-day");
    let too_late = desk.refused(&format!("--at 2027-07-01T15:00:00Z {answer}"));
    assert_eq!(too_late["refused"]["rule"], "answer-within-thirty-days");
    let issued = desk.done(&format!("--at 2027-06-01T15:00:00Z {answer}"));
    assert_eq!(issued["issued"].as_array().unwrap().len(), 2, "{issued}");
    assert_eq!(issued["issued"][0]["notAfter"], "2031-12-15T14:59:59Z");
}
