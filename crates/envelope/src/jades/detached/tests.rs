use super::*;
use crate::cades::EnvelopeError as CadesError;
use crate::report::{CheckName, Failure, Outcome};
use crate::testing::{Key, Lab, lab};
use crate::{Expectations, Report, Verdict, cades, jades, verify};
use shomei_pki::RsaVerifier;

fn files() -> [ReadFile; 2] {
    [ReadFile::of("申請書.pdf", b"%PDF-"), ReadFile::of("a b.txt", b"text\n")]
}

fn signed(lab: &Lab) -> Vec<u8> {
    let prepared = prepare_detached(&files(), &lab.holder().signature.certificate, lab.now).unwrap();
    let signature = lab.sign(Key::Signature, &prepared.digest());
    prepared.complete(&signature).unwrap()
}

fn report(lab: &Lab, signed: &SignedFiles) -> Report {
    let none = Expectations::none_given();
    verify(signed, &lab.anchors(), &lab.revocation(None), lab.now, &none, &RsaVerifier)
}

#[test]
fn files_beside_their_signature_are_intact_and_named() {
    let lab = lab();
    let detached = parse_detached(&signed(lab)).unwrap();
    assert_eq!(detached.names().collect::<Vec<_>>(), ["申請書.pdf", "a b.txt"]);
    let report = report(lab, &detached.beside(&files()).unwrap());
    assert_eq!(report.verdict(), Verdict::BindingNotChecked);
    assert_eq!(report.files, files().map(|read| read.file));
}

#[test]
fn a_changed_file_is_named_and_a_missing_one_is_no_answer() {
    let lab = lab();
    let detached = parse_detached(&signed(lab)).unwrap();
    let [first, _] = files();
    let changed = [first.clone(), ReadFile::of("a b.txt", b"Text\n")];
    let report = report(lab, &detached.clone().beside(&changed).unwrap());
    let failure = Outcome::Failed(vec![Failure::File("a b.txt".into())]);
    assert_eq!(report.check(CheckName::Signature).unwrap().outcome, failure);
    assert_eq!(detached.beside(&[first]), Err(BesideError::Missing("a b.txt".into())));
}

#[test]
fn every_changed_octet_is_refused() {
    let lab = lab();
    let good = signed(lab);
    let (anchors, lists, none) = (lab.anchors(), lab.revocation(None), Expectations::none_given());
    for place in 0..good.len() {
        let mut changed = good.clone();
        changed[place] ^= 1;
        let signed = parse_detached(&changed).ok().and_then(|detached| detached.beside(&files()).ok());
        let verdict =
            signed.map(|signed| verify(&signed, &anchors, &lists, lab.now, &none, &RsaVerifier).verdict());
        assert!(verdict.is_none_or(|verdict| verdict == Verdict::Invalid), "octet {place}");
    }
}

#[test]
fn what_cannot_be_prepared_is_refused_before_the_card() {
    let certificate = &lab().holder().signature.certificate;
    let prepare = |files: &[ReadFile]| prepare_detached(files, certificate, lab().now).map(|_| ());
    let file = |name: &str| ReadFile::of(name, b"");
    let many: Vec<ReadFile> = (0..=MAX_FILES).map(|index| file(&index.to_string())).collect();
    let separator = crate::FileNameError::Character('/');
    for (name, given, error) in [
        ("no files", vec![], PrepareError::Files { count: 0 }),
        ("too many", many, PrepareError::Files { count: 101 }),
        ("a path", vec![file("a/b")], PrepareError::FileName(separator)),
        ("one name twice", vec![file("a"), file("a")], PrepareError::SameName("a".into())),
    ] {
        assert_eq!(prepare(&given), Err(error), "{name}");
    }
}

/// A signature whose header was edited and signed again with the holder's own key.
fn edited(from: &str, to: &str) -> Vec<u8> {
    let lab = lab();
    let signed = signed(lab);
    let text = std::str::from_utf8(&signed).unwrap();
    let (header, _) = text.split_once('.').unwrap();
    let header = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    let changed = header.replacen(from, to, 1);
    assert_ne!(changed, header, "{from}");
    let input = format!("{}.", BASE64_URL_SAFE_NO_PAD.encode(changed.as_bytes()));
    let signature = lab.sign(Key::Signature, &Sha256::digest(&input).into());
    format!("{input}.{}", BASE64_URL_SAFE_NO_PAD.encode(&signature)).into_bytes()
}

#[test]
fn every_other_header_is_refused_by_name() {
    use HeaderError as Header;
    let parameter = |pointer| Header::Parameter { pointer };
    let folder = Header::FileName(crate::FileNameError::Character('/'));
    for (from, to, error) in [
        (r#""crit":["sigD"],"#, "", Header::NotCanonical { offset: 15 }),
        (r#"["sigD"]"#, r#"["sigD","b64"]"#, Header::NotCanonical { offset: 29 }),
        (r#""S256""#, r#""S512""#, Header::NotCanonical { offset: 69 }),
        ("ObjectIdByURIHash", "ObjectIdByURI", Header::NotCanonical { offset: 0 }),
        (r#","pars":["#, r#","pars":["x","#, Header::Files { names: 3, digests: 2 }),
        ("a%20b.txt", "a b.txt", Header::NotCanonical { offset: 0 }),
        ("a%20b.txt", "a%2Fb.txt", folder.clone()),
        ("a%20b.txt", "..%2Fa.txt", folder),
        ("a%20b.txt", "a%2", Header::FileReference),
        ("a%20b.txt", "%FF", Header::FileReference),
        ("a%20b.txt", "%E7%94%B3%E8%AB%8B%E6%9B%B8.pdf", Header::SameFile("申請書.pdf".into())),
        (FILES_TYPE, jades::TYPE, Header::Type { expected: FILES_TYPE, found: jades::TYPE.into() }),
        (r#""sigD":{"#, r#""sigE":{"#, Header::Unknown("sigE".into())),
        (r#""hashV":["#, r#""hashV":[1,"#, Header::Files { names: 2, digests: 3 }),
        ("RS256", "none", Header::Unsecured),
        (r#""alg":"RS256","#, "", parameter("/alg")),
    ] {
        let found = match parse_detached(&edited(from, to)) {
            Err(EnvelopeError::Header(found)) => found,
            other => panic!("{from} to {to}: {other:?}"),
        };
        let canonical = |error: &Header| matches!(error, Header::NotCanonical { .. });
        assert!(found == error || canonical(&found) && canonical(&error), "{from} to {to}: {found}");
    }
}

#[test]
fn no_other_signature_is_taken_for_one_over_files_nor_the_other_way_round() {
    let lab = lab();
    let files = signed(lab);
    assert_eq!(jades::parse(&files), Err(EnvelopeError::Header(HeaderError::Critical)));
    assert!(matches!(cades::parse(&files), Err(CadesError::Encoding(_))));
    let content = lab.application().to_canonical();
    let prepared = jades::prepare(&content, &lab.holder().signature.certificate, lab.now).unwrap();
    let signature = lab.sign(Key::Signature, &prepared.digest());
    let application = String::from_utf8(prepared.complete(&signature).unwrap()).unwrap();
    assert!(matches!(parse_detached(application.as_bytes()), Err(EnvelopeError::Payload { .. })));
    let mut parts = application.split('.');
    let emptied = format!("{}..{}", parts.next().unwrap(), parts.nth(1).unwrap());
    let refusal = HeaderError::Type { expected: FILES_TYPE, found: jades::TYPE.into() };
    assert_eq!(parse_detached(emptied.as_bytes()), Err(EnvelopeError::Header(refusal)));
    let stuffed = String::from_utf8(files).unwrap().replacen("..", ".e30.", 1);
    let refusal = HeaderError::Critical;
    assert_eq!(jades::parse(stuffed.as_bytes()), Err(EnvelopeError::Header(refusal)));
}
