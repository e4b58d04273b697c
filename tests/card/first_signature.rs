//! One signature through the real PC/SC service, judged by OpenSSL, by OpenSC and by `shomei verify`.

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::process::{Command, Stdio};
    use std::time::{SystemTime, UNIX_EPOCH};

    use shomei_application::{Application, Timestamp};
    use shomei_lab::SIGNATURE_PASSWORD;
    use shomei_tests::{CARD, Desk, built, printed, residence_record_application};

    /// A document signed by the card on a desk.
    struct Signed {
        desk: Desk,
        document: Vec<u8>,
        envelope: Vec<u8>,
        exchanges: String,
    }

    impl Signed {
        fn make() -> Self {
            let desk = Desk::set().unwrap();
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
            let now = Timestamp::from_unix_seconds(i64::try_from(now).unwrap()).unwrap();
            let document = residence_record_application(now, 1800).unwrap().to_canonical();
            let (envelope, exchanges) = sign(&desk, &document);
            Self { desk, document, envelope, exchanges }
        }

        /// What OpenSSL says of an envelope: the content where it accepts.
        fn openssl(&self, envelope: &[u8]) -> Option<Vec<u8>> {
            let file = self.desk.file("judged.p7m", envelope).unwrap();
            let mut openssl = Command::new("openssl");
            openssl.args(["cms", "-verify", "-cades", "-x509_strict", "-inform", "DER", "-binary", "-in"]);
            let output =
                openssl.arg(file).arg("-CAfile").arg(self.desk.in_world("lab-ca.pem")).output().unwrap();
            output.status.success().then_some(output.stdout)
        }

        /// The exit code of `shomei verify` with every expectation given.
        fn shomei(&self, envelope: &[u8]) -> Option<i32> {
            let file = self.desk.file("judged.p7m", envelope).unwrap();
            let expect = self.desk.file("expect.json", &expectations(&self.document)).unwrap();
            let mut shomei = Command::new(built("shomei").unwrap());
            shomei
                .arg("verify")
                .arg(file)
                .args(["--world", "lab", "--anchors"])
                .arg(self.desk.in_world("anchors"));
            shomei.arg("--crl").arg(self.desk.in_world("crl")).arg("--expect").arg(expect);
            shomei.output().unwrap().status.code()
        }
    }

    fn sign(desk: &Desk, document: &[u8]) -> (Vec<u8>, String) {
        let mut signer = desk.client(built("sign-with-card").unwrap());
        signer.env("SHOMEI_TEST_PASSWORD", SIGNATURE_PASSWORD);
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
    fn signed_with_the_authentication_key(Signed { desk, document, .. }: &Signed) -> Vec<u8> {
        let card = desk.in_world(CARD);
        let mut to_pem = Command::new("openssl");
        to_pem.args(["x509", "-inform", "DER", "-in"]).arg(card.join("authentication-certificate.der"));
        let certificate = printed(&mut to_pem).unwrap();
        let certificate = desk.file("authentication.pem", &certificate).unwrap();
        let mut openssl = Command::new("openssl");
        openssl.args(["cms", "-sign", "-cades", "-binary", "-nodetach", "-md", "sha256", "-outform", "DER"]);
        openssl.args(["-keyform", "DER", "-inkey"]).arg(card.join("authentication-key.der"));
        openssl.arg("-signer").arg(certificate).arg("-in");
        printed(openssl.arg(desk.file("document.json", document).unwrap())).unwrap()
    }

    #[test]
    fn openssl_and_shomei_agree_on_what_the_card_signed() {
        let signed = Signed::make();
        let changed = with_a_changed_byte(&signed.envelope, &signed.document);
        let foreign = signed_with_the_authentication_key(&signed);
        assert_eq!(
            signed.openssl(&signed.envelope).as_ref(),
            Some(&signed.document),
            "OpenSSL, the envelope"
        );
        assert_eq!(signed.openssl(&changed), None, "OpenSSL, a changed byte of the content");
        assert_eq!(signed.openssl(&foreign), None, "OpenSSL, the authentication key");
        assert_eq!(signed.shomei(&signed.envelope), Some(0), "shomei verify, the envelope");
        assert_eq!(signed.shomei(&changed), Some(1), "shomei verify, a changed byte of the content");
        assert_ne!(signed.shomei(&foreign), Some(0), "shomei verify, the authentication key");
    }

    #[test]
    fn a_filing_takes_few_exchanges_and_leaves_the_key_closed() {
        let signed = Signed::make();
        let exchanges: u32 = signed.exchanges.split(' ').next().unwrap().parse().unwrap();
        assert!(exchanges <= 18, "{exchanges} exchanges");
        assert_eq!(signed.desk.unasked_signature().unwrap(), "6982");
    }
}
