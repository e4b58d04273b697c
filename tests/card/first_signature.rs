//! One signature through the real PC/SC service, judged by OpenSSL, by OpenSC and by `shomei verify`.

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::path::{Path, PathBuf};
    use std::process::{Child, Command, Output, Stdio};
    use std::time::{SystemTime, UNIX_EPOCH};

    use shomei_application::{Application, Timestamp};
    use shomei_tests::residence_record_application;
    use tempfile::TempDir;

    /// A world, a reader with a card in it, and a document signed by that card.
    struct Desk {
        folder: TempDir,
        reader: Child,
        socket: String,
        document: Vec<u8>,
        envelope: Vec<u8>,
        exchanges: String,
    }

    impl Desk {
        fn set() -> Self {
            let folder = tempfile::tempdir().unwrap();
            expect_success(Command::new(built("shomei-lab")).args(["issue", "--out"]).arg(folder.path()));
            let (reader, socket) = start_reader(&folder.path().join("cards/yamada-taro"));
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
            let now = Timestamp::from_unix_seconds(i64::try_from(now).unwrap()).unwrap();
            let document = residence_record_application(now, 1800).unwrap().to_canonical();
            let (envelope, exchanges) = sign(&socket, &document);
            Self { folder, reader, socket, document, envelope, exchanges }
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
            std::fs::write(self.path(name), bytes).unwrap();
            self.path(name)
        }

        /// What OpenSSL says of an envelope: the content where it accepts.
        fn openssl(&self, envelope: &[u8]) -> Option<Vec<u8>> {
            let file = self.file("judged.p7m", envelope);
            let mut openssl = Command::new("openssl");
            openssl.args(["cms", "-verify", "-cades", "-x509_strict", "-inform", "DER", "-binary", "-in"]);
            let output = openssl.arg(file).arg("-CAfile").arg(self.path("lab-ca.pem")).output().unwrap();
            output.status.success().then_some(output.stdout)
        }

        /// The exit code of `shomei verify` with every expectation given.
        fn shomei(&self, envelope: &[u8]) -> Option<i32> {
            let file = self.file("judged.p7m", envelope);
            let expect = self.file("expect.json", &expectations(&self.document));
            let mut shomei = Command::new(built("shomei"));
            shomei.arg("verify").arg(file).args(["--world", "lab", "--anchors"]).arg(self.path("anchors"));
            shomei.arg("--crl").arg(self.path("crl")).arg("--expect").arg(expect);
            shomei.output().unwrap().status.code()
        }
    }

    impl Drop for Desk {
        fn drop(&mut self) {
            drop(self.reader.stdin.take());
            self.reader.wait().unwrap();
        }
    }

    /// A program that the workspace built beside this test.
    fn built(name: &str) -> PathBuf {
        let test = std::env::current_exe().unwrap();
        test.ancestors().nth(2).unwrap().join(name)
    }

    fn expect_success(command: &mut Command) -> Output {
        let output = command.output().unwrap();
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    fn start_reader(card: &Path) -> (Child, String) {
        let mut reader = Command::new(built("shomei-lab"));
        reader.args(["reader", "--card"]).arg(card).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut reader = reader.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(reader.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let ready: serde_json::Value = serde_json::from_str(&line).unwrap();
        (reader, ready["socket"].as_str().unwrap().to_owned())
    }

    fn sign(socket: &str, document: &[u8]) -> (Vec<u8>, String) {
        let passwords = expect_success(Command::new(built("shomei-lab")).arg("passwords")).stdout;
        let passwords: serde_json::Value = serde_json::from_slice(&passwords).unwrap();
        let mut signer = Command::new(built("sign-with-card"));
        signer.env("PCSCLITE_CSOCK_NAME", socket);
        signer.env("SHOMEI_TEST_PASSWORD", passwords["SIGNATURE_PASSWORD"].as_str().unwrap());
        signer.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut signer = signer.spawn().unwrap();
        signer.stdin.take().unwrap().write_all(document).unwrap();
        let output = signer.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        (output.stdout, said)
    }

    fn expectations(document: &[u8]) -> Vec<u8> {
        let document = Application::parse(document).unwrap();
        let expectations = serde_json::json!({
            "origin": document.recipient.origin.as_str(),
            "recipientId": document.recipient.id,
            "procedure": {
                "id": document.procedure.id,
                "version": document.procedure.version,
                "sha256": document.procedure.sha256,
            },
            "challenge": document.challenge.value,
            "signers": 1,
        });
        expectations.to_string().into_bytes()
    }

    /// One byte of the content, which lies in the envelope as it is.
    fn with_a_changed_byte(envelope: &[u8], document: &[u8]) -> Vec<u8> {
        let start = envelope.windows(document.len()).position(|window| window == document).unwrap();
        let mut changed = envelope.to_vec();
        changed[start + document.len() / 2] ^= 1;
        changed
    }

    /// The document signed by OpenSSL with the key that is not for signing documents.
    fn signed_with_the_authentication_key(desk: &Desk) -> Vec<u8> {
        let card = desk.path("cards/yamada-taro");
        let certificate = desk.path("authentication.pem");
        let mut to_pem = Command::new("openssl");
        to_pem.args(["x509", "-inform", "DER", "-in"]).arg(card.join("authentication-certificate.der"));
        expect_success(to_pem.arg("-out").arg(&certificate));
        let mut openssl = Command::new("openssl");
        openssl.args(["cms", "-sign", "-cades", "-binary", "-nodetach", "-md", "sha256", "-outform", "DER"]);
        openssl.args(["-keyform", "DER", "-inkey"]).arg(card.join("authentication-key.der"));
        openssl.arg("-signer").arg(certificate).arg("-in").arg(desk.file("document.json", &desk.document));
        expect_success(&mut openssl).stdout
    }

    #[test]
    fn openssl_and_shomei_agree_on_what_the_card_signed() {
        let desk = Desk::set();
        let changed = with_a_changed_byte(&desk.envelope, &desk.document);
        let foreign = signed_with_the_authentication_key(&desk);
        assert_eq!(desk.openssl(&desk.envelope).as_ref(), Some(&desk.document), "OpenSSL, the envelope");
        assert_eq!(desk.openssl(&changed), None, "OpenSSL, a changed byte of the content");
        assert_eq!(desk.openssl(&foreign), None, "OpenSSL, the authentication key");
        assert_eq!(desk.shomei(&desk.envelope), Some(0), "shomei verify, the envelope");
        assert_eq!(desk.shomei(&changed), Some(1), "shomei verify, a changed byte of the content");
        assert_ne!(desk.shomei(&foreign), Some(0), "shomei verify, the authentication key");
    }

    #[test]
    fn a_filing_takes_few_exchanges_and_leaves_the_key_closed() {
        let desk = Desk::set();
        let exchanges: u32 = desk.exchanges.split(' ').next().unwrap().parse().unwrap();
        assert!(exchanges <= 18, "{exchanges} exchanges");
        let digest_info = "3031300D060960864801650304020105000420";
        let sign = format!("802A008033{digest_info}{}00", "00".repeat(32));
        let mut opensc = Command::new("opensc-tool");
        opensc.env("PCSCLITE_CSOCK_NAME", &desk.socket).env("OPENSC_DRIVER", "default");
        let commands = ["00A4040C0AD392F000260100000001", "00A4020C02001A", &sign];
        opensc.args(commands.iter().flat_map(|command| ["--send-apdu", command]));
        let answers = String::from_utf8(expect_success(&mut opensc).stdout).unwrap();
        let answers: Vec<_> = answers.lines().filter(|line| line.starts_with("Received")).collect();
        let expected = ["SW1=0x90, SW2=0x00", "SW1=0x90, SW2=0x00", "SW1=0x69, SW2=0x82"];
        assert_eq!(answers.len(), expected.len(), "{answers:?}");
        for (answer, status) in answers.iter().zip(expected) {
            assert!(answer.contains(status), "{answer}: not {status}");
        }
    }
}
