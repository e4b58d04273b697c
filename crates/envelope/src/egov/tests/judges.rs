//! Judges from elsewhere: xmlsec1 and the JDK. Both follow the standard; neither knows e-Gov.

use super::*;
use std::path::Path;
use std::process::Command;

const ENCODED: &str = "#%E6%A7%8B%E6%88%90%E6%83%85%E5%A0%B1";

/// A case for the judges: a document, the files beside it, and whether its one signature holds.
struct Case {
    name: &'static str,
    document: String,
    files: Vec<(&'static str, &'static [u8])>,
    holds: bool,
}

/// What we sign, and a change in each part. `good` is signed over [`FILES`].
fn cases(good: &str) -> Vec<Case> {
    let [form, map, picture] = FILES;
    let all = || FILES.to_vec();
    let changed = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replacen(from, to, 1)
    };
    let value = good.find("<SignatureValue>").unwrap() + "<SignatureValue>".len();
    let first = good[value..].chars().next().unwrap();
    let other = if first == 'A' { 'B' } else { 'A' };
    let digest = good.rfind("<DigestValue>").unwrap() + "<DigestValue>".len();
    let swapped = |place: usize| format!("{}{other}{}", &good[..place], &good[place + 1..]);
    let document = |name, document, holds| Case { name, document, files: all(), holds };
    let files = |name, files| Case { name, document: good.to_owned(), files, holds: false };
    vec![
        document("as-signed", good.to_owned(), true),
        document("line-ends", good.replace('\n', "\r\n"), true),
        document("other-part", changed("その他の備考", "別の備考"), true),
        document("empty-element", changed("<役職/>", "<役職></役職>"), true),
        document("form-text", changed("山田", "川田"), false),
        document("form-white-space", changed("<管理情報>", "<管理情報> "), false),
        document("form-attribute", changed("<手続ID>", "<手続ID a=''>"), false),
        document("form-element", changed("<役職/>", "<役職/><役職/>"), false),
        document("signature-value", swapped(value), false),
        document("reference-digest", swapped(digest), false),
        document("reference-name", changed("%201.pdf", "%202.pdf"), false),
        files("file-changed", vec![form, (map.0, b"%PDF-"), picture]),
        files("file-line-end", vec![(form.0, b"<A/>\n"), map, picture]),
        files("file-grown", vec![form, map, (picture.0, b"\n")]),
        files("file-missing", vec![form, map]),
    ]
}

fn lay_out(folder: &Path, document: &str, files: &[(&str, &[u8])]) {
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("kousei.xml"), document).unwrap();
    for (name, octets) in files {
        std::fs::write(folder.join(name), octets).unwrap();
    }
}

/// The good document with the fragment as xmlsec1 finds it, which does not take percent-encoding away, signed anew.
fn with_plain_fragment() -> String {
    let document = good().replace(ENCODED, "#構成情報");
    let envelope = parse(document.as_bytes()).unwrap();
    let signature = lab().sign(Key::Signature, &digest(envelope.signatures()[0].message()));
    let start = document.find("<SignatureValue>").unwrap() + "<SignatureValue>".len();
    let end = document.find("</SignatureValue>").unwrap();
    let value = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, &signature);
    [&document[..start], &value, &document[end..]].concat()
}

fn xmlsec1(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new("xmlsec1");
    command.args(arguments).args(["--id-attr:ID", "構成情報", "kousei.xml"]).current_dir(folder);
    command.output().unwrap()
}

#[test]
fn xmlsec1_accepts_what_we_sign_and_refuses_every_change() {
    let folder = tempfile::tempdir().unwrap();
    let authority = lab().path().join("lab-ca.pem");
    let other_authority = lab().path().join("lab-authentication-ca.pem");
    for case in cases(&with_plain_fragment()) {
        let folder = folder.path().join(case.name);
        lay_out(&folder, &case.document, &case.files);
        let accepts = |authority: &Path| {
            xmlsec1(&folder, &["--verify", "--trusted-pem", authority.to_str().unwrap()]).status.success()
        };
        assert_eq!(accepts(&authority), case.holds, "{}", case.name);
        assert!(!accepts(&other_authority), "{}", case.name);
        let ours = parse(case.document.as_bytes()).unwrap();
        assert_eq!(holds(&ours.signatures()[0], &case.files), case.holds, "{}", case.name);
    }
}

/// A template as other programs write it: a prefix, white space, empty elements in one tag.
fn template() -> String {
    let reference = |uri: &str, transforms: &str| {
        let method = r#"<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>"#;
        format!("\n  <ds:Reference URI=\"{uri}\">{transforms}\n    {method}<ds:DigestValue/></ds:Reference>")
    };
    let c14n = r#"Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>"#;
    let transforms = format!("<ds:Transforms>\n<ds:Transform {c14n}</ds:Transforms>");
    let files = FILES.map(|(name, _)| reference(&name::encode(name), "")).concat();
    let signature = format!(
        "<ds:Signature xmlns:ds=\"{}\" Id=\"20261125090000\">\n <ds:SignedInfo><ds:CanonicalizationMethod {c14n}\n  \
         <ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/>{}{files}\n </ds:SignedInfo>\
         <ds:SignatureValue/><ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo></ds:Signature>",
        tree::SIGNATURE_NAMESPACE,
        reference("#構成情報", &transforms)
    );
    DOCUMENT.replace("<署名情報>", &format!("<署名情報>\n{signature}"))
}

/// [`template`], signed by xmlsec1 with the key of the lab's holder.
fn signed_by_xmlsec1() -> String {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), &template(), &FILES);
    let card = lab().path().join("cards").join(&lab().holder().resident.id);
    let file = |name: &str| card.join(name).to_str().unwrap().to_owned();
    let key = format!("{},{}", file("signature-key.der"), file("signature-certificate.der"));
    let output = xmlsec1(folder.path(), &["--sign", "--privkey-der", &key, "--output", "signed.xml"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(folder.path().join("signed.xml")).unwrap()
}

#[test]
fn what_xmlsec1_signs_is_read_and_holds() {
    let signed = signed_by_xmlsec1();
    let envelope = parse(signed.as_bytes()).unwrap();
    let [signature] = envelope.signatures() else { panic!("{signed}") };
    assert!(signature.message().starts_with(b"<ds:SignedInfo xmlns:ds="));
    assert_eq!(signature.certificate(), lab().holder().signature.certificate);
    assert!(holds(signature, &FILES));
    let line_ends = signed.replace('\n', "\r\n");
    assert!(holds(&parse(line_ends.as_bytes()).unwrap().signatures()[0], &FILES));
    let changed = signed.replacen("山田", "川田", 1);
    assert!(!holds(&parse(changed.as_bytes()).unwrap().signatures()[0], &FILES));
    let both = sign_at(lab(), signed.as_bytes(), &FILES, later());
    assert!(parse(&both).unwrap().signatures().iter().all(|signature| holds(signature, &FILES)));
}

/// The JDK starts once for all of them.
#[test]
fn the_jdk_accepts_what_we_sign_and_refuses_every_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut cases = cases(good());
    let twice = sign_at(lab(), signed_by_xmlsec1().as_bytes(), &FILES, later());
    let twice = String::from_utf8(twice).unwrap();
    cases.push(Case { name: "beside-xmlsec1", document: twice, files: FILES.to_vec(), holds: true });
    for case in &cases {
        lay_out(&folder.path().join(case.name), &case.document, &case.files);
    }
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/egov/tests/Judge.java");
    // The names of files are in UTF-8, whatever the language of the machine.
    let output =
        Command::new("java").env("LC_ALL", "C.UTF-8").arg(program).arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    for case in &cases {
        let verdicts = lines.lines().find_map(|line| line.strip_prefix(&format!("{} ", case.name)));
        let verdicts: Vec<&str> = verdicts.unwrap().split(' ').collect();
        let all_valid = verdicts.iter().all(|verdict| *verdict == "valid");
        assert_eq!(all_valid, case.holds, "{}: {verdicts:?}", case.name);
    }
    assert!(lines.contains("beside-xmlsec1 valid valid\n"), "{lines}");
}
