//! The command as a person or a script runs it: exit codes and words.

#[cfg(test)]
mod command {
    use shomei_application::{
        Application, Challenge, Container, Field, Notice, Origin, ProcedureRef, Recipient, Timestamp, json,
    };
    use shomei_envelope::attached;
    use shomei_lab::ocsp::{Answer, Period, Saying};
    use shomei_lab::{Purpose, RESIDENTS, Reason, SIGNATURE_PASSWORD, World, folder};
    use shomei_virtual_card::VirtualCard;
    use std::fs;
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::path::{Path, PathBuf};
    use std::process::{Command, Output};
    use std::sync::OnceLock;
    use std::thread;
    use std::time::{SystemTime, UNIX_EPOCH};

    /// A lab world on disk, an application signed by its resident whose name has substitute characters, and what
    /// its recipient expects.
    struct Desk {
        folder: tempfile::TempDir,
        now: Timestamp,
        world: World,
    }

    fn desk() -> &'static Desk {
        static DESK: OnceLock<Desk> = OnceLock::new();
        DESK.get_or_init(|| {
            let made = SystemTime::now();
            let seconds = made.duration_since(UNIX_EPOCH).unwrap().as_secs();
            let now = Timestamp::from_unix_seconds(i64::try_from(seconds).unwrap()).unwrap();
            let world = World::with_residents(made, &RESIDENTS[1..2]).unwrap();
            let folder = tempfile::tempdir().unwrap();
            folder::write(&world, folder.path()).unwrap();
            let document = document(now).to_canonical();
            let envelope = sign(&world, Container::Cades, &document, now);
            fs::write(folder.path().join("application.p7m"), &envelope).unwrap();
            fs::write(folder.path().join("changed.p7m"), changed(&envelope)).unwrap();
            let jades = Application { container: Container::Jades, ..self::document(now) }.to_canonical();
            for (name, container) in
                [("application.jws", Container::Jades), ("wrong-kind.p7m", Container::Cades)]
            {
                fs::write(folder.path().join(name), sign(&world, container, &jades, now)).unwrap();
            }
            fs::write(folder.path().join("expect.json"), expectations(now)).unwrap();
            let other = expectations(now).replace("129992", "129984");
            fs::write(folder.path().join("other.json"), other).unwrap();
            Desk { folder, now, world }
        })
    }

    fn document(now: Timestamp) -> Application {
        Application {
            container: Container::Cades,
            procedure: ProcedureRef {
                id: "juminhyo-utsushi".into(),
                version: "1".into(),
                title: "住民票の写しの交付申請".into(),
                sha256: "5f".repeat(32),
            },
            recipient: Recipient {
                id: "129992".into(),
                name: "みほん市".into(),
                origin: Origin::parse("https://shinsei.city.mihon.lg.jp").unwrap(),
            },
            challenge: Challenge::issue(&[7; 32], now, 1800).unwrap(),
            fields: vec![Field {
                name: "delivery".into(),
                label: "受取方法".into(),
                value: "mail".into(),
                text: Some("郵送".into()),
                group: None,
            }],
            attachments: Vec::new(),
            notices: vec![Notice { id: "truth".into(), text: "記載した内容は事実です。".into() }],
        }
    }

    fn expectations(now: Timestamp) -> String {
        let Application { procedure, recipient, challenge, .. } = document(now);
        let procedure = json::Object::new()
            .with("id", procedure.id)
            .with("version", procedure.version)
            .with("sha256", procedure.sha256);
        let all = json::Object::new()
            .with("origin", recipient.origin.as_str())
            .with("recipientId", recipient.id)
            .with("procedure", procedure)
            .with("challenge", challenge.value)
            .with("signers", 1);
        json::to_canonical_string(&all.into())
    }

    fn sign(world: &World, container: Container, content: &[u8], now: Timestamp) -> Vec<u8> {
        let holder = &world.holders[0];
        let prepared = attached::prepare(container, content, &holder.signature.certificate, now).unwrap();
        let mut card = VirtualCard::new(holder.contents().unwrap());
        let mut exchange = |header: [u8; 4], data: &[u8], length: &[u8]| {
            let data_length = u8::try_from(data.len()).unwrap();
            card.respond(&[&header[..], &[data_length], data, length].concat())
        };
        exchange([0x00, 0xa4, 0x04, 0x0c], b"\xd3\x92\xf0\x00\x26\x01\x00\x00\x00\x01", b"");
        exchange([0x00, 0x20, 0x00, 0x9b], SIGNATURE_PASSWORD.as_bytes(), b"");
        let answer = exchange([0x80, 0x2a, 0x02, 0x9a], &prepared.digest(), b"\x00");
        prepared.complete(answer.strip_suffix(b"\x90\x00").unwrap()).unwrap()
    }

    fn changed(envelope: &[u8]) -> Vec<u8> {
        let mut changed = envelope.to_vec();
        let place = changed.windows(4).position(|window| window == b"mail").unwrap();
        changed[place] = b'n';
        changed
    }

    fn run(arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shomei"));
        command.current_dir(desk().folder.path()).args(arguments).output().unwrap()
    }

    fn verify(file: &str, more: &[&str]) -> Output {
        let common = ["verify", file, "--world", "lab", "--anchors", "anchors"];
        run(&[&common, more].concat())
    }

    fn words(output: &Output) -> String {
        String::from_utf8(output.stdout.clone()).unwrap()
    }

    const CHECKED: [&str; 4] = ["--crl", "crl", "--expect", "expect.json"];

    #[test]
    fn the_exit_code_says_what_holds() {
        let elsewhere = ["--crl", "crl", "--expect", "other.json"];
        let table: [(&str, &str, &[&str], i32); 15] = [
            ("everything given and met", "application.p7m", &CHECKED, 0),
            ("everything given and met, in JAdES", "application.jws", &CHECKED, 0),
            ("JAdES meant for somebody else", "application.jws", &elsewhere, 1),
            ("JAdES without expectations", "application.jws", &["--crl", "crl"], 4),
            ("CAdES around a document for JAdES", "wrong-kind.p7m", &CHECKED, 1),
            ("one octet changed", "changed.p7m", &CHECKED, 1),
            ("meant for somebody else", "application.p7m", &elsewhere, 1),
            ("long after", "application.p7m", &[&CHECKED[..], &["--at", "2049-01-01T00:00:00Z"]].concat(), 1),
            ("no revocation list", "application.p7m", &["--expect", "expect.json"], 3),
            ("no expectations", "application.p7m", &["--crl", "crl"], 4),
            ("neither", "application.p7m", &[], 3),
            ("not an envelope", "expect.json", &CHECKED, 2),
            ("no such file", "missing.p7m", &CHECKED, 2),
            ("lists that are none", "application.p7m", &["--crl", "missing"], 2),
            ("expectations that are none", "application.p7m", &["--expect", "application.p7m"], 2),
        ];
        for (name, file, more, code) in table {
            let output = verify(file, more);
            assert_eq!(output.status.code(), Some(code), "{name}: {output:?}");
            assert_eq!(output.stdout.is_empty(), code == 2, "{name}");
            assert_eq!(output.stderr.is_empty(), code != 2, "{name}");
        }
    }

    #[test]
    fn the_world_must_be_named_and_anchors_belong_to_it() {
        for arguments in [
            vec!["verify", "application.p7m", "--anchors", "anchors"],
            vec!["verify", "application.p7m", "--anchors", "anchors", "--world", "all"],
            vec!["verify", "application.p7m", "--anchors", "anchors", "--world", "production"],
            vec!["verify", "application.p7m", "--anchors", "anchors", "--world", "jlis-test"],
            vec!["verify", "application.p7m", "--world", "lab"],
            vec![],
        ] {
            assert_eq!(run(&arguments).status.code(), Some(2), "{arguments:?}");
        }
        let in_production = run(&["verify", "application.p7m", "--world", "production"]);
        assert_eq!(in_production.status.code(), Some(1));
    }

    #[test]
    fn an_authority_is_dropped_by_its_fingerprint() {
        let openssl = ["x509", "-in", "lab-ca.pem", "-noout", "-fingerprint", "-sha256"];
        let printed =
            Command::new("openssl").current_dir(desk().folder.path()).args(openssl).output().unwrap();
        let lab = words(&printed).trim().rsplit('=').next().unwrap().to_owned();
        // Generation 1 of J-LIS, as it is published.
        let first = "19645405A1FE14377434BD55957628AC4038557C542403A2243F21C706FC9355";
        for (world, anchors, dropped, code) in [
            ("lab", &["--anchors", "anchors"][..], lab.as_str(), 1),
            ("lab", &["--anchors", "anchors"], first, 2),
            ("lab", &["--anchors", "anchors"], "1964", 2),
            ("production", &[], first, 1),
            ("production", &[], &lab, 2),
        ] {
            let common = ["verify", "application.p7m", "--world", world, "--drop-anchor", dropped];
            let output = run(&[&common, anchors, &CHECKED].concat());
            assert_eq!(output.status.code(), Some(code), "{world} without {dropped}: {output:?}");
        }
    }

    #[test]
    fn people_read_who_signed_what_and_in_which_world() {
        let text = words(&verify("application.p7m", &CHECKED));
        for part in [
            "結果　　　有効（すべての確認に合格）",
            "lab（実験用。実在する人の署名ではありません）",
            "氏名　　　高崎　吉子（1、2、4文字目は代替文字）",
            "住所　　　千葉県みほん市葛町",
            "性別　　　女",
            "手続　　　住民票の写しの交付申請（juminhyo-utsushi 第1版）",
            "あて先　　みほん市（129992）https://shinsei.city.mihon.lg.jp",
            "受取方法：郵送（mail）",
            "確認事項　記載した内容は事実です。",
        ] {
            assert!(text.contains(part), "{part} in:\n{text}");
        }
    }

    #[test]
    fn valid_is_never_written_beside_unknown() {
        for more in [&["--expect", "expect.json"][..], &["--crl", "crl"], &[]] {
            let text = words(&verify("application.p7m", more));
            assert!(text.contains("未確認") && !text.contains("有効"), "{text}");
            let report = words(&verify("application.p7m", &[more, &["--json"]].concat()));
            assert!(!report.contains("\"valid\""), "{report}");
        }
        let text = words(&verify("application.p7m", &["--expect", "expect.json"]));
        assert!(text.starts_with("結果　　　署名は一致・失効未確認\n"), "{text}");
    }

    #[test]
    fn the_json_report_is_one_object_with_the_verdict() {
        let at = desk().now.to_string();
        let output = verify("application.p7m", &[&CHECKED[..], &["--json", "--at", &at]].concat());
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["verdict"], "valid");
        assert_eq!(report["world"], "lab");
        assert_eq!(report["at"], at);
        assert_eq!(report["checks"].as_array().unwrap().len(), 6);
        assert_eq!(report["signatures"][0]["signer"]["nameSubstitutes"], "11010");
        assert_eq!(report["application"]["fields"][0]["value"], "mail");
    }

    #[test]
    fn a_revoked_certificate_is_refused_with_its_reason() {
        let copy = tempfile::tempdir().unwrap();
        copy_folder(desk().folder.path(), copy.path());
        let at = der::DateTime::from_system_time(SystemTime::now()).unwrap();
        folder::revoke(copy.path(), &RESIDENTS[1].id, Purpose::Signature, Reason::AffiliationChanged, at)
            .unwrap();
        let lists = copy.path().join("crl");
        let later = desk().now.moved_by(60).to_string();
        let arguments = ["--crl", lists.to_str().unwrap(), "--expect", "expect.json", "--at", &later];
        let output = verify("application.p7m", &arguments);
        assert_eq!(output.status.code(), Some(1));
        assert!(words(&output).contains("記載事項（氏名・住所など）の変更"), "{}", words(&output));
    }

    fn copy_folder(from: &Path, to: &Path) {
        for entry in fs::read_dir(from).unwrap() {
            let source: PathBuf = entry.unwrap().path();
            let target = to.join(source.file_name().unwrap());
            if source.is_dir() {
                fs::create_dir(&target).unwrap();
                copy_folder(&source, &target);
            } else {
                fs::copy(&source, &target).unwrap();
            }
        }
    }

    /// A server on loopback that answers every request with what `body` makes of the request's body. It ends with the
    /// test.
    fn serve(body: impl Fn(&[u8]) -> Vec<u8> + Send + 'static) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let answer = body(&request_body(&stream));
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", answer.len());
                stream.write_all(&[head.as_bytes(), &answer].concat()).unwrap();
            }
        });
        url
    }

    fn request_body(stream: &TcpStream) -> Vec<u8> {
        let mut reader = BufReader::new(stream);
        let (mut line, mut length) = (String::new(), 0);
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line).unwrap();
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        body
    }

    fn lab_time(seconds: i64) -> der::DateTime {
        let at = u64::try_from(desk().now.unix_seconds() + seconds).unwrap();
        der::DateTime::from_unix_duration(std::time::Duration::from_secs(at)).unwrap()
    }

    fn responder(saying: Saying) -> String {
        serve(move |question| {
            let period = Period { from: lab_time(0), until: Some(lab_time(3600)) };
            let answer = Answer::to(question, lab_time(0), period, |_| saying).unwrap();
            answer.signed_by_authority(&desk().world.signature).unwrap()
        })
    }

    #[test]
    fn lists_and_responders_are_asked_where_the_arguments_say() {
        let list = serve(|_| fs::read(desk().folder.path().join("crl/signature-mihon-shi.crl")).unwrap());
        let page = serve(|_| b"<html>".to_vec());
        let good = responder(Saying::Good);
        let revoked = responder(Saying::Revoked { at: lab_time(-60), reason: Reason::KeyCompromise });
        let other = format!("00ff={good}");
        // A port that was free a moment ago.
        let gone = format!("http://{}/", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
        let table: [(&str, &[&str], i32, bool); 12] = [
            ("a list", &["--crl-url", &list], 0, true),
            ("a page that is none", &["--crl-url", &page], 3, false),
            ("both", &["--crl-url", &page, "--crl-url", &list], 0, false),
            ("nobody there", &["--crl-url", &gone], 3, false),
            ("a file", &["--crl", "crl/signature-mihon-shi.crl"], 0, true),
            ("a responder", &["--ocsp", &good], 0, true),
            ("a responder that says revoked", &["--ocsp", &revoked, "--crl", "crl"], 1, true),
            ("a responder that is gone", &["--ocsp", &gone], 3, true),
            ("a responder that is gone, and a list", &["--ocsp", &gone, "--crl", "crl"], 0, true),
            ("another authority's responder", &["--ocsp", &other], 3, true),
            ("TLS", &["--crl-url", "https://crl.example.jp/"], 2, false),
            ("a password", &["--ocsp", "http://a:b@ocsp.example.jp/"], 2, false),
        ];
        for (name, more, code, silent) in table {
            let output = verify("application.p7m", &[&["--expect", "expect.json"], more].concat());
            assert_eq!(output.status.code(), Some(code), "{name}: {output:?}");
            assert_eq!(output.stderr.is_empty(), silent, "{name}: {output:?}");
        }
    }

    #[test]
    fn numbers_of_lists_are_remembered_in_a_file() {
        let memory = tempfile::tempdir().unwrap();
        let seen = memory.path().join("seen");
        let list = memory.path().join("mihon.crl");
        let old = fs::read(desk().folder.path().join("crl/signature-mihon-shi.crl")).unwrap();
        let city = shomei_lab::Municipality::Mihon;
        let new = desk().world.signature.renew_list(city, &old, lab_time(0)).unwrap();
        for (name, octets, code) in [("old", &old, 0), ("new", &new, 0), ("old again", &old, 3)] {
            fs::write(&list, octets).unwrap();
            let arguments = ["--crl", list.to_str().unwrap(), "--seen", seen.to_str().unwrap()];
            let output = verify("application.p7m", &[&["--expect", "expect.json"][..], &arguments].concat());
            assert_eq!(output.status.code(), Some(code), "{name}: {output:?}");
        }
        fs::write(&seen, "broken").unwrap();
        let output = verify("application.p7m", &["--seen", seen.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
    }
}
