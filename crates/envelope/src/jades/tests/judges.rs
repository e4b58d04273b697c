//! Judges from elsewhere: OpenSSL, the example of the standard, and an envelope left for the JOSE library in `tests/`.

use super::*;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use shomei_pki::der::{Tag, element, sequence};
use shomei_pki::{Algorithm, SignatureVerifier as _};
use std::process::Command;

/// Whether OpenSSL finds the last part of a compact serialization to be a signature over what stands before it, by the
/// key of a certificate.
fn openssl_accepts(compact: &str, certificate: &[u8]) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let (signed, signature) = compact.rsplit_once('.').unwrap();
    std::fs::write(folder.path().join("signed"), signed).unwrap();
    std::fs::write(folder.path().join("signature"), BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap())
        .unwrap();
    std::fs::write(folder.path().join("certificate"), certificate).unwrap();
    let openssl = |arguments: &str| {
        let arguments = arguments.split(' ');
        Command::new("openssl").args(arguments).current_dir(folder.path()).output().unwrap()
    };
    let key = openssl("x509 -inform DER -in certificate -noout -pubkey");
    assert!(key.status.success());
    std::fs::write(folder.path().join("key"), key.stdout).unwrap();
    let output = openssl("dgst -sha256 -verify key -signature signature signed");
    output.status.success() && output.stdout == b"Verified OK\n"
}

#[test]
fn openssl_accepts_the_signature_and_refuses_it_over_other_bytes() {
    let certificate = &lab().holder().signature.certificate;
    let compact = String::from_utf8(good(Serialization::Compact)).unwrap();
    assert!(openssl_accepts(&compact, certificate));
    assert!(!openssl_accepts(&compact, &lab().holder().authentication.certificate), "another key");
    let changes = [("header", compact.replacen('J', "K", 1)), ("payload", compact.replacen(".e", ".f", 1))];
    for (part, changed) in changes {
        assert_ne!(changed, compact);
        assert!(!openssl_accepts(&changed, certificate), "{part}");
    }
}

/// RFC 7515 A.2: header, payload, modulus of the key, and the whole in the compact serialization.
const EXAMPLE_HEADER: &[u8] = b"{\"alg\":\"RS256\"}";
const EXAMPLE_PAYLOAD: &[u8] =
    b"{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
const EXAMPLE_MODULUS: &str = "\
    ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pC\
    gNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg6\
    65xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRW\
    yuXpoQ";
const EXAMPLE: &str = "\
    eyJhbGciOiJSUzI1NiJ9.\
    eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
    cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t\
    1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12j\
    zDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQ\
    Ge77Rw";

/// SubjectPublicKeyInfo of the example's key (RFC 3279 §2.3.1); its exponent is 65,537.
fn example_key() -> Vec<u8> {
    let modulus = [&[0], BASE64_URL_SAFE_NO_PAD.decode(EXAMPLE_MODULUS).unwrap().as_slice()].concat();
    let exponent = element(Tag::INTEGER, &[1, 0, 1]);
    let key = sequence(Tag::SEQUENCE, &[&element(Tag::INTEGER, &modulus), &exponent]);
    let algorithm = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";
    sequence(Tag::SEQUENCE, &[algorithm, &element(Tag::BIT_STRING, &[&[0], key.as_slice()].concat())])
}

#[test]
fn the_standards_example_has_the_signing_input_and_the_signature_that_ours_would_have() {
    let (signed, signature) = EXAMPLE.rsplit_once('.').unwrap();
    assert_eq!(form::signing_input(EXAMPLE_HEADER, EXAMPLE_PAYLOAD), signed);
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
    let verify = |message: &[u8]| {
        RsaVerifier.verify(Algorithm::RsaPkcs1Sha256, &example_key(), message, &signature).is_ok()
    };
    assert!(verify(signed.as_bytes()));
    assert!(!verify(EXAMPLE.as_bytes()));
    // It is a good JWS and no application.
    let refusal = EnvelopeError::Header(HeaderError::Parameter { pointer: "/typ" });
    assert_eq!(parse(EXAMPLE.as_bytes()), Err(refusal));
}

#[test]
fn an_envelope_is_left_for_the_judge_that_is_no_rust() {
    // The test program lies in the build folder, three levels down.
    let program = std::env::current_exe().unwrap();
    let folder = program.ancestors().nth(3).unwrap().join("jades");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("content.json"), document(lab())).unwrap();
    for (serialization, name) in BOTH.into_iter().zip(["compact.jws", "flattened.json"]) {
        let bytes = good(serialization);
        assert!(parse(&bytes).is_ok());
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}
