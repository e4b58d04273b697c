//! JSON Web Signatures of another form, signed by the holder as they are.

use crate::attack::{Attack, Control, Expected, Invalid, Unusable, rows};
use crate::jws::{Jws, base64url, header, x5c};
use crate::scene::{block, scene, sha256};
use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};
use shomei_lab::Purpose;
use shomei_lab::forging::sign_block;
use shomei_pki::SigningCertificate;

type Row = (&'static str, fn() -> String, Expected);

/// Protected headers.
const HEADERS: &[Row] = rows! {
    "as it should be": good => Control(0);
    "alg none": || alg("\"none\"") => Unusable("alg-none");
    "alg None": || alg("\"None\"") => Unusable("signature-algorithm");
    "alg NONE": || alg("\"NONE\"") => Unusable("signature-algorithm");
    "alg of another case": || alg("\"rs256\"") => Unusable("signature-algorithm");
    "alg empty": || alg("\"\"") => Unusable("signature-algorithm");
    "alg with a space": || alg("\"RS256 \"") => Unusable("signature-algorithm");
    "alg with a zero": || alg("\"RS256\\u0000\"") => Unusable("signature-algorithm");
    "alg RS1": || alg("\"RS1\"") => Unusable("signature-algorithm");
    "alg RS384": || alg("\"RS384\"") => Unusable("signature-algorithm");
    "alg ES256": || alg("\"ES256\"") => Unusable("signature-algorithm");
    "alg ES384": || alg("\"ES384\"") => Unusable("signature-algorithm");
    "alg EdDSA": || alg("\"EdDSA\"") => Unusable("signature-algorithm");
    "alg RSA-OAEP": || alg("\"RSA-OAEP\"") => Unusable("signature-algorithm");
    "alg a number": || alg("256") => Unusable("missing-parameter");
    "alg an array": || alg("[\"RS256\"]") => Unusable("missing-parameter");
    "alg null": || alg("null") => Unusable("json-null");
    "no alg": || without("\"alg\":\"RS256\",") => Unusable("missing-parameter");
    "alg twice, none last": || changed("{", r#"{"alg":"RS256","#).replacen("RS256\",\"iat", "none\",\"iat", 1) => Unusable("json-duplicate-key");
    "alg twice, none first": || changed("{", r#"{"alg":"none","#) => Unusable("json-duplicate-key");
    "alg twice, once escaped": || changed("{", r#"{"\u0061lg":"none","#) => Unusable("json-duplicate-key");
    "iat twice": || changed("\"iat\"", "\"iat\":1,\"iat\"") => Unusable("json-duplicate-key");
    "x5c twice": || changed("\"x5c\"", "\"x5c\":[],\"x5c\"") => Unusable("json-duplicate-key");
    "crit of nothing": || more(r#""crit":[]"#) => Unusable("crit");
    "crit of exp": || more(r#""crit":["exp"]"#) => Unusable("crit");
    "crit of b64": || more(r#""crit":["b64"]"#) => Unusable("crit");
    "crit of alg": || more(r#""crit":["alg"]"#) => Unusable("crit");
    "crit of sigD": || more(r#""crit":["sigD"]"#) => Unusable("crit");
    "crit a text": || more(r#""crit":"sigT""#) => Unusable("crit");
    "b64 true": || more(r#""b64":true"#) => Unusable("b64");
    "b64 false": || more(r#""b64":false"#) => Unusable("b64");
    "jku": || more(r#""jku":"https://attacker.example/keys""#) => Unusable("jku");
    "x5u": || more(r#""x5u":"https://attacker.example/certificate""#) => Unusable("x5u");
    "jwk": || more(r#""jwk":{"e":"AQAB","kty":"RSA","n":"AQAB"}"#) => Unusable("jwk");
    "kid": || more(r#""kid":"../../dev/null""#) => Unusable("unknown-parameter");
    "x5t of SHA-1": || more(r#""x5t":"AAAAAAAAAAAAAAAAAAAAAAAAAAA""#) => Unusable("unknown-parameter");
    "x5t#o": || more(r#""x5t#o":{"digAlg":"S512","digVal":"AA"}"#) => Unusable("unknown-parameter");
    "cty": || more(r#""cty":"JWT""#) => Unusable("unknown-parameter");
    "zip": || more(r#""zip":"DEF""#) => Unusable("unknown-parameter");
    "enc": || more(r#""enc":"A128GCM""#) => Unusable("unknown-parameter");
    "epk": || more(r#""epk":{}"#) => Unusable("unknown-parameter");
    "sigT": || more(r#""sigT":"2026-10-01T00:00:00Z""#) => Unusable("unknown-parameter");
    "sigPId": || more(r#""sigPId":{}"#) => Unusable("unknown-parameter");
    "srCms": || more(r#""srCms":[]"#) => Unusable("unknown-parameter");
    "sigD": || more(r#""sigD":{}"#) => Unusable("unknown-parameter");
    "etsiU": || more(r#""etsiU":[]"#) => Unusable("unknown-parameter");
    "an empty name": || more(r#""":1"#) => Unusable("unknown-parameter");
    "a name that differs by a space": || changed("\"alg\"", "\"alg \"") => Unusable("unknown-parameter");
    "__proto__": || more(r#""__proto__":{"alg":"none"}"#) => Unusable("unknown-parameter");
    "typ of files": || typ("shomei-files+jose") => Unusable("content-type");
    "typ JWT": || typ("JWT") => Unusable("content-type");
    "typ JOSE": || typ("JOSE") => Unusable("content-type");
    "typ with its prefix": || typ("application/shomei-application+jose") => Unusable("content-type");
    "typ of another case": || typ("SHOMEI-APPLICATION+JOSE") => Unusable("content-type");
    "typ with a parameter": || typ("shomei-application+jose;v=1") => Unusable("content-type");
    "no typ": || without("\"typ\":\"shomei-application+jose\",") => Unusable("missing-parameter");
    "no certificate": || chain("[]") => Unusable("number-of-certificates");
    "the certificate twice": || chain(&twice()) => Unusable("number-of-certificates");
    "the authority's certificate, too": with_authority => Unusable("number-of-certificates");
    "the certificate as a text": || chain(x5c(&certificate()).trim_matches(['[', ']'])) => Unusable("missing-parameter");
    "the certificate in base64url": || chain(&url_safe()) => Unusable("certificate-encoding");
    "the certificate without padding": || chain("[\"AA\"]") => Unusable("certificate-encoding");
    "the certificate with a line break": || chain("[\"MIIB\\nAAAA\"]") => Unusable("certificate-encoding");
    "the certificate with a space": || chain("[\" MIIB\"]") => Unusable("certificate-encoding");
    "the certificate in PEM": || chain("[\"-----BEGIN CERTIFICATE-----\"]") => Unusable("certificate-encoding");
    "the certificate a number": || chain("[1]") => Unusable("missing-parameter");
    "no x5c": || without(&format!("\"x5c\":{},", x5c(&certificate()))) => Unusable("missing-parameter");
    "an empty certificate": || chain("[\"\"]") => Invalid("chain/profile");
    "another person's certificate": || chain(&x5c(&scene().other.certificate)) => Invalid("signature/other-certificate signature/signature");
    "another person's certificate and digest": || header(&scene().other) => Invalid("signature/signature");
    "another certificate's digest": || thumb(&base64url(&sha256(&scene().other.certificate))) => Invalid("signature/other-certificate");
    "a digest cut short": || thumb(&base64url(&sha256(&certificate())[..31])) => Unusable("certificate-digest");
    "a digest by SHA-1": || thumb("AAAAAAAAAAAAAAAAAAAAAAAAAAA") => Unusable("certificate-digest");
    "a digest with padding": || thumb(&format!("{}=", base64url(&sha256(&certificate())))) => Unusable("certificate-digest");
    "a digest with bits that stand for nothing": || thumb(&format!("{}B", "A".repeat(42))) => Unusable("certificate-digest");
    "a digest in hexadecimal": || thumb(&"0a".repeat(32)) => Unusable("certificate-digest");
    "no digest": no_digest => Unusable("missing-parameter");
    "iat a text": || iat("\"1\"") => Unusable("missing-parameter");
    "iat with a fraction": || iat("1.5") => Unusable("json-not-an-integer");
    "iat with an exponent": || iat("1e9") => Unusable("json-not-an-integer");
    "iat with a zero before": || iat("01") => Unusable("json-leading-zero");
    "iat -0": || iat("-0") => Unusable("json-negative-zero");
    "iat before 1970": || iat("-1") => Unusable("signing-time");
    "iat after 9999": || iat("253402300800") => Unusable("signing-time");
    "iat beyond 2^53": || iat("9007199254740993") => Unusable("json-integer-range");
    "iat true": || iat("true") => Unusable("missing-parameter");
    "no iat": || without(&format!("\"iat\":{},", scene().now.unix_seconds())) => Unusable("missing-parameter");
    "a space between": || changed(",", ", ") => Unusable("not-canonical-json");
    "a line feed behind": || format!("{}\n", good()) => Unusable("not-canonical-json");
    "another order": || changed("{\"alg\":\"RS256\",", "{").replacen('}', ",\"alg\":\"RS256\"}", 1) => Unusable("not-canonical-json");
    "a letter escaped": || changed("RS256", "R\\u0053256") => Unusable("not-canonical-json");
    "a slash escaped": || good().replacen("/", "\\/", 1) => Unusable("not-canonical-json");
    "a comma at the end": || changed("\"}", "\",}") => Unusable("json-unexpected-byte");
    "a comment": || changed("\"RS256\"", "/**/\"RS256\"") => Unusable("json-unexpected-byte");
    "single quotes": || changed("\"RS256\"", "'RS256'") => Unusable("json-unexpected-byte");
    "a value behind": || format!("{} {{}}", good()) => Unusable("json-trailing-data");
    "an array around": || format!("[{}]", good()) => Unusable("no-format");
    "half a surrogate pair": || changed("RS256", "\\ud800") => Unusable("json-lone-surrogate");
    "a control character": || changed("RS256", "RS\u{1}256") => Unusable("json-control-character");
    "too deep": || more(&format!("\"a\":{}{}", "[".repeat(9), "]".repeat(9))) => Unusable("json-too-deep");
    "cut off": || good()[..100].to_owned() => Unusable("json-unexpected-end");
};

/// The compact serialization.
const COMPACT: &[Row] = rows! {
    "two parts": || parts()[..2].join(".") => Unusable("number-of-parts");
    "four parts": || format!("{}.", compact()) => Unusable("number-of-parts");
    "five parts of encryption": || format!("{}.AAAA.AAAA", compact()) => Unusable("number-of-parts");
    "no signature": || joined(2, |_| String::new()) => Unusable("part-length");
    "no payload": || joined(1, |_| String::new()) => Unusable("content-type");
    "no header": || joined(0, |_| String::new()) => Unusable("no-format");
    "padding behind the signature": || format!("{}==", compact()) => Unusable("part-length");
    "padding behind the payload": || joined(1, |part| format!("{part}=")) => Unusable("base64url");
    "a line feed behind": || format!("{}\n", compact()) => Unusable("part-length");
    "a space behind the header": || joined(0, |part| format!("{part} ")) => Unusable("base64url");
    "a line break in the payload": || joined(1, |part| format!("{}\r\n{}", &part[..76], &part[76..])) => Unusable("base64url");
    "a zero behind the payload": || joined(1, |part| format!("{part}\0")) => Unusable("base64url");
    "a space before": || format!(" {}", compact()) => Unusable("no-format");
    "a byte order mark before": || format!("\u{feff}{}", compact()) => Unusable("no-format");
    "Bearer before": || format!("Bearer {}", compact()) => Unusable("no-format");
    "the plus of base64 in the payload": || joined(1, |part| format!("{}+", &part[1..])) => Unusable("base64url");
    "the last character of the signature": || joined(2, |part| last_changed(&part)) => Unusable("base64url");
    "the signature a character longer": || joined(2, |part| format!("{part}A")) => Unusable("part-length");
    "the signature in other letters": || joined(2, |part| format!("{}é", &part[2..])) => Unusable("base64url");
    "the signature of other octets": || joined(2, |part| format!("AAAA{}", &part[4..])) => Invalid("signature/signature");
    "another document": || joined(1, |_| base64url(&other_site())) => Invalid("signature/signature binding/expectation:origin");
    "the parts in another order": || [&parts()[1][..], &parts()[0], &parts()[2]].join(".") => Unusable("unknown-parameter");
    "two of them": || format!("{}{}", compact(), compact()) => Unusable("number-of-parts");
};

/// The serializations in JSON.
const JSON: &[Row] = rows! {
    "as it should be, flattened": || Jws::good().flattened() => Control(0);
    "an unprotected header": || flattened("{", r#"{"header":{"alg":"none"},"#) => Unusable("unprotected-header");
    "an unprotected kid": || flattened("{", r#"{"header":{"kid":"1"},"#) => Unusable("unprotected-header");
    "one signature in a list": || general(1) => Unusable("general-serialization");
    "two signatures in a list": || general(2) => Unusable("number-of-signers");
    "no signatures in a list": || general(0) => Unusable("number-of-signers");
    "a list of signatures beside one": || flattened("\"signature\"", "\"signatures\":[],\"signature\"") => Unusable("number-of-signers");
    "signatures no list": || flattened("\"signature\"", "\"signatures\":{},\"signature\"") => Unusable("general-serialization");
    "an unknown member": || flattened("\"}", "\",\"x\":1}") => Unusable("unknown-member");
    "members of encryption": || flattened("\"}", "\",\"tag\":\"\"}") => Unusable("unknown-member");
    "two payloads": || flattened("{", r#"{"payload":"e30","#) => Unusable("json-duplicate-key");
    "two signatures": || flattened("\"}", "\",\"signature\":\"AA\"}") => Unusable("json-duplicate-key");
    "two protected headers": || flattened("\"protected\"", "\"protected\":\"e30\",\"protected\"") => Unusable("json-duplicate-key");
    "no payload, flattened": || flattened("\"payload\"", "\"x\"") => Unusable("no-format");
    "no protected header": || flattened("\"protected\"", "\"x\"") => Unusable("unknown-member");
    "a payload that is no text": || format!(r#"{{"payload":{{}},"protected":"{}","signature":"{}"}}"#, parts()[0], parts()[2]) => Unusable("missing-member");
    "a signature of null": || format!(r#"{{"payload":"{}","protected":"{}","signature":null}}"#, parts()[1], parts()[0]) => Unusable("json-null");
    "a protected header in the clear": || format!(r#"{{"payload":"{}","protected":{},"signature":"{}"}}"#, parts()[1], good(), parts()[2]) => Unusable("missing-member");
    "another order of members": || format!(r#"{{"protected":"{}","payload":"{}","signature":"{}"}}"#, parts()[0], parts()[1], parts()[2]) => Unusable("not-the-one-form");
    "a space between members": || flattened(",", ", ") => Unusable("not-the-one-form");
    "a line feed behind, flattened": || format!("{}\n", Jws::good().flattened()) => Unusable("not-the-one-form");
    "a letter escaped, flattened": || flattened("\"payload\"", "\"p\\u0061yload\"") => Unusable("no-format");
    "a letter of a value escaped": || flattened("\"protected\":\"e", "\"protected\":\"\\u0065") => Unusable("not-the-one-form");
    "padding, flattened": || flattened("\",\"protected", "=\",\"protected") => Unusable("base64url");
    "an object behind": || format!("{}{{}}", Jws::good().flattened()) => Unusable("json-trailing-data");
    "a list around": || format!("[{}]", Jws::good().flattened()) => Unusable("no-format");
    "a space before, flattened": || format!(" {}", Jws::good().flattened()) => Unusable("no-format");
    "the compact serialization as a text of JSON": || format!("\"{}\"", compact()) => Unusable("no-format");
};

pub(crate) fn attacks() -> Vec<Attack> {
    let jws = |(name, make, expected): &Row| {
        let octets = Jws::headed(make()).compact().into_bytes();
        Attack::new(format!("JWS header: {name}"), "a.jws", octets, *expected)
    };
    let text = |(name, make, expected): &Row| {
        Attack::new(format!("JWS: {name}"), "a.jws", make().into_bytes(), *expected)
    };
    let headers = HEADERS.iter().map(jws);
    headers.chain(COMPACT.iter().map(text)).chain(JSON.iter().map(text)).chain(confused()).collect()
}

/// Signatures that are what their algorithm says, by other keys and functions than the profile's.
fn confused() -> Vec<Attack> {
    let info = SigningCertificate::parse(&certificate()).unwrap().certificate().public_key().to_vec();
    let pem =
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", BASE64_STANDARD.encode(&info));
    let hmac = |key: &[u8], message: &[u8]| {
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message).as_ref().to_vec()
    };
    let sha512 = |message: &[u8]| {
        let prefix = b"\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40";
        let digest = digest::digest(&digest::SHA512, message);
        sign_block(scene().holder(), &block(&[prefix, digest.as_ref()].concat())).unwrap()
    };
    let raw = |jws: &Jws| [base64url(&jws.header).as_bytes(), b".", &jws.payload].concat();
    let with = |alg: &str, make: &dyn Fn(&[u8]) -> Vec<u8>| {
        Jws::headed(self::alg(alg)).with(|jws| jws.value = Some(make(&jws.signed()))).compact()
    };
    let unencoded = Jws::headed(more(r#""b64":false,"crit":["b64"]"#));
    let plain = Jws::good();
    let table = [
        (
            "HS256 by the public key in DER",
            with("\"HS256\"", &|message| hmac(&info, message)),
            "signature-algorithm",
        ),
        (
            "HS256 by the public key in PEM",
            with("\"HS256\"", &|message| hmac(pem.as_bytes(), message)),
            "signature-algorithm",
        ),
        (
            "HS256 by the certificate",
            with("\"HS256\"", &|message| hmac(&certificate(), message)),
            "signature-algorithm",
        ),
        ("HS256 by an empty key", with("\"HS256\"", &|message| hmac(b"", message)), "signature-algorithm"),
        ("RS512 by the holder", with("\"RS512\"", &sha512), "signature-algorithm"),
        (
            "PS256 by the holder",
            with("\"PS256\"", &|message| crate::padding::pss_signature(message)),
            "signature-algorithm",
        ),
        ("none without a signature", with("\"none\"", &|_| Vec::new()), "alg-none"),
        ("HMAC under the name of RS256", with("\"RS256\"", &|message| hmac(&info, message)), "part-length"),
        ("b64 false, signed so", unencoded.clone().with(|jws| jws.message = Some(raw(jws))).compact(), "b64"),
        (
            "b64 false without a word, signed so",
            plain.with(|jws| jws.message = Some(raw(jws))).compact(),
            "signature/signature",
        ),
    ];
    let expected = |code: &'static str| if code.contains('/') { Invalid(code) } else { Unusable(code) };
    let attack = |(name, text, code): (&str, String, &'static str)| {
        Attack::new(format!("JWS: {name}"), "a.jws", text.into_bytes(), expected(code))
    };
    table.map(attack).into()
}

fn good() -> String {
    header(scene().holder())
}

fn certificate() -> Vec<u8> {
    scene().holder().certificate.clone()
}

/// The good header with the first `from` replaced, which must be there.
fn changed(from: &str, to: &str) -> String {
    assert!(good().contains(from), "{from}");
    good().replacen(from, to, 1)
}

fn without(part: &str) -> String {
    changed(part, "")
}

fn more(parameter: &str) -> String {
    changed("\"}", &format!("\",{parameter}}}"))
}

fn alg(value: &str) -> String {
    changed("\"RS256\"", value)
}

fn typ(value: &str) -> String {
    changed("shomei-application+jose", value)
}

fn chain(value: &str) -> String {
    changed(&x5c(&certificate()), value)
}

fn thumb(value: &str) -> String {
    changed(&base64url(&sha256(&certificate())), value)
}

fn no_digest() -> String {
    without(&format!(",\"x5t#S256\":\"{}\"", base64url(&sha256(&certificate()))))
}

fn iat(value: &str) -> String {
    changed(&scene().now.unix_seconds().to_string(), value)
}

fn twice() -> String {
    let one = BASE64_STANDARD.encode(certificate());
    format!("[\"{one}\",\"{one}\"]")
}

fn with_authority() -> String {
    let authority = scene().authority(Purpose::Signature).certificate;
    let [own, authority] = [certificate(), authority].map(|one| BASE64_STANDARD.encode(one));
    chain(&format!("[\"{own}\",\"{authority}\"]"))
}

/// With letters that base64 does not have, which a certificate always has.
fn url_safe() -> String {
    let text = BASE64_URL_SAFE.encode(certificate());
    assert!(text.contains(['-', '_']));
    format!("[\"{text}\"]")
}

fn other_site() -> Vec<u8> {
    let document = String::from_utf8(Jws::good().payload).unwrap();
    document.replace("shinsei", "shinsel").into_bytes()
}

fn parts() -> [String; 3] {
    Jws::good().parts()
}

fn compact() -> String {
    Jws::good().compact()
}

/// The compact serialization with one part changed after signing.
fn joined(place: usize, change: impl FnOnce(String) -> String) -> String {
    let mut parts = parts();
    parts[place] = change(std::mem::take(&mut parts[place]));
    parts.join(".")
}

/// Another last character, of which the bits that count are the same.
fn last_changed(part: &str) -> String {
    let (rest, last) = part.split_at(part.len() - 1);
    let other = char::from(last.as_bytes()[0] + 1);
    format!("{rest}{other}")
}

fn flattened(from: &str, to: &str) -> String {
    let good = Jws::good().flattened();
    assert!(good.contains(from), "{from}");
    good.replacen(from, to, 1)
}

/// The general serialization (RFC 7515 §7.2.1).
fn general(count: usize) -> String {
    let [protected, payload, signature] = parts();
    let one = format!(r#"{{"protected":"{protected}","signature":"{signature}"}}"#);
    format!(r#"{{"payload":"{payload}","signatures":[{}]}}"#, vec![one; count].join(","))
}
