//! Revocation lists with one thing changed and signed anew, beside `openssl verify -crl_check`: what this crate says
//! about the holder, and what OpenSSL says.

use crate::cases::{self, Lot};
use crate::comparison::check_explained_in;
use crate::judges::write_bundle;
use crate::signer::{NOW, Signer, lab};
use crate::tree::Node;
use der::DateTime;
use shomei_lab::{Purpose as Kind, Reason};
use shomei_pki::{
    Anchors, Crl, CrlIndex, Purpose, RevocationSource, RevocationStatus, RsaVerifier, SigningCertificate,
    UnixTime, World,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// One line each: class, this crate's answer, OpenSSL's, why, parted by ` | `.
const EXPLAINED: &str = include_str!("explained_lists.txt");
const HOUR: i64 = 3_600;

/// One list to be judged.
struct Case {
    class: String,
    detail: String,
    list: Vec<u8>,
}

/// One change to the tree of a list.
type Edit = fn(&mut Node);

fn instant(seconds: i64) -> DateTime {
    DateTime::from_unix_duration(Duration::from_secs(seconds.unsigned_abs())).unwrap()
}

/// The list of the holder's city with two others on it, and with the holder for a reason.
fn base(reason: Option<Reason>) -> Node {
    let (authority, holder) = (&lab().world.signature, &lab().world.holders[0]);
    let city = holder.resident.municipality;
    let mut list = authority.empty_list(city, instant(NOW - 9 * HOUR)).unwrap();
    let others = [&holder.authentication.certificate, &holder.authorities[0]];
    let revoked = others.into_iter().zip([Some(Reason::Superseded), Some(Reason::Unspecified)]);
    for (certificate, reason) in revoked.chain([(&holder.signature.certificate, reason)]) {
        if let Some(reason) = reason {
            list = authority.revoke(city, &list, certificate, reason, instant(NOW - 2 * HOUR)).unwrap();
        }
    }
    Node::parse(&authority.renew_list(city, &list, instant(NOW - HOUR)).unwrap())
}

/// The field of a list in which a path ends, by the field's name in RFC 5280.
fn place(tree: &Node, path: &[usize]) -> &'static str {
    let fields = ["version", "signature", "issuer", "thisUpdate", "nextUpdate", "revokedCertificates"];
    match path {
        [0, 5, _, 0, ..] => "userCertificate",
        [0, 5, _, 1, ..] => "revocationDate",
        [0, 5, _, 2, ..] => "crlEntryExtensions",
        [0, 6, 0, index, ..] => extension_name(&tree.children[0].children[6].children[0].children[*index]),
        [0, 6, ..] => "crlExtensions",
        [0, index, ..] => fields[*index],
        _ => "signatureValue",
    }
}

fn extension_name(extension: &Node) -> &'static str {
    match extension.children[0].content.as_slice() {
        [0x55, 0x1d, 20] => "cRLNumber",
        [0x55, 0x1d, 28] => "issuingDistributionPoint",
        _ => "authorityKeyIdentifier",
    }
}

fn extensions(list: &mut Node) -> &mut Vec<Node> {
    &mut list.at(&[0, 6, 0]).children
}

/// The value of issuingDistributionPoint.
fn scope(list: &mut Node) -> &mut Node {
    let named = |node: &&mut Node| node.children[0].content == [0x55, 0x1d, 28];
    &mut extensions(list).iter_mut().find(named).unwrap().children.last_mut().unwrap().children[0]
}

fn set_time(list: &mut Node, index: usize, seconds: i64) {
    let text = UnixTime::from_seconds(seconds).to_utc_time().unwrap();
    *list.at(&[0, index]) = Node::leaf(0x17, text.as_bytes());
}

fn push(list: &mut Node, oid: &[u8], critical: bool, value: &[u8]) {
    let mut parts = vec![Node::leaf(0x06, oid)];
    parts.extend(critical.then(|| Node::leaf(0x01, &[0xff])));
    parts.push(Node::leaf(0x04, value));
    extensions(list).push(Node::branch(0x30, parts));
}

const NAMED: &[(&str, Edit)] = &[
    ("nothing", |_| ()),
    ("an unknown extension", |list| push(list, b"\x2a\x03\x04", false, b"\x05\x00")),
    ("an unknown critical extension", |list| push(list, b"\x2a\x03\x04", true, b"\x05\x00")),
    ("a delta list", |list| push(list, b"\x55\x1d\x1b", true, b"\x02\x01\x01")),
    ("of full scope", |list| drop(extensions(list).pop())),
    ("for holders only", |list| scope(list).children.push(Node::leaf(0x81, &[0xff]))),
    ("for authorities only", |list| scope(list).children.push(Node::leaf(0x82, &[0xff]))),
    ("for some reasons", |list| scope(list).children.push(Node::leaf(0x83, &[1, 2]))),
    ("indirect", |list| scope(list).children.push(Node::leaf(0x84, &[0xff]))),
    ("for attributes only", |list| scope(list).children.push(Node::leaf(0x85, &[0xff]))),
    ("of another city", |list| {
        let name = scope(list).at(&[0, 0, 0, 0]);
        name.children.last_mut().unwrap().children[0].children[1].content = b"Tonari-shi CRLDP".to_vec();
    }),
    ("to be replaced before now", |list| set_time(list, 4, NOW - 1)),
    ("to be replaced now", |list| set_time(list, 4, NOW)),
    ("made now", |list| set_time(list, 3, NOW)),
    ("made later", |list| set_time(list, 3, NOW + 1)),
    ("without nextUpdate", |list| drop(list.at(&[0]).children.remove(4))),
    ("with the other authority's key identifier", |list| {
        let other = lab().world.authentication.own().unwrap().certificate;
        let subject_key = Node::parse(&other).value(14).content.clone();
        let named = |node: &&mut Node| node.children[0].content == [0x55, 0x1d, 35];
        let value = extensions(list).iter_mut().find(named).unwrap();
        value.children[1].children[0].children[0].content = subject_key;
    }),
];

/// Classes on which both must agree, and what they say of a holder who is not on the list and of one who is.
const AGREED: [(&str, &str, &str); 10] = [
    ("named: nothing", "good", "revoked"),
    ("named: an unknown extension", "good", "revoked"),
    ("named: of full scope", "good", "revoked"),
    ("named: for holders only", "good", "revoked"),
    ("named: made now", "good", "revoked"),
    ("named: an unknown critical extension", "unknown", "unknown"),
    ("named: for authorities only", "unknown", "unknown"),
    ("named: for some reasons", "unknown", "unknown"),
    ("named: of another city", "unknown", "unknown"),
    ("named: for attributes only", "unknown", "unknown"),
];

fn cases(original: &Node, seed: u64) -> Vec<Case> {
    let named = NAMED.iter().map(|(name, edit)| {
        let mut tree = original.clone();
        edit(&mut tree);
        (format!("named: {name}"), String::new(), tree)
    });
    let mut drafts: Vec<_> = named.chain(cases::systematic_of(original, place)).collect();
    let mut lot = Lot::new(seed);
    let full = |path: &Vec<usize>| path[0] == 0 && !original.clone().at(path).content.is_empty();
    let leaves: Vec<_> = original.paths().into_iter().filter(full).collect();
    for _ in 0..150 {
        let path = &leaves[lot.below(leaves.len())];
        let mut tree = original.clone();
        let content = &mut tree.at(path).content;
        let index = lot.below(content.len());
        content[index] ^= u8::try_from(1 + lot.below(255)).unwrap();
        drafts.push((
            format!("octet: {}", place(original, path)),
            format!("octet {index} at {path:?}"),
            tree,
        ));
    }
    let mut signer = Signer::of_authorities();
    let mut cases: Vec<_> = drafts
        .into_iter()
        .map(|(class, detail, mut tree)| {
            signer.sign(Kind::Signature, &mut tree);
            Case { class, detail, list: tree.encode() }
        })
        .collect();
    cases.extend((0..150).map(|_| {
        let mut list = original.encode();
        let place = lot.below(list.len());
        list[place] ^= u8::try_from(1 + lot.below(255)).unwrap();
        Case { class: "octet: anywhere, not signed anew".into(), detail: format!("octet {place}"), list }
    }));
    cases
}

/// `good`, `revoked` or `unknown`, and why unknown.
fn shomei(list: &[u8]) -> (&'static str, String) {
    let none: &[Vec<u8>] = &[];
    let anchors = Anchors::load(World::Lab, &[lab().authority(Kind::Signature)], none).unwrap();
    let crl = match Crl::parse(list) {
        Ok(crl) => crl,
        Err(error) => return ("unknown", error.to_string()),
    };
    let mut index = CrlIndex::default();
    let _ = index.insert(crl, &anchors, &RsaVerifier);
    let signing = SigningCertificate::parse(lab().certificate(Kind::Signature)).unwrap();
    let issuer = &anchors.authorities(Purpose::Signature)[0];
    match index.answer(signing.certificate(), issuer, UnixTime::from_seconds(NOW)).status {
        RevocationStatus::Good { .. } => ("good", String::new()),
        RevocationStatus::Revoked { .. } => ("revoked", String::new()),
        RevocationStatus::Unknown { why } => ("unknown", why.to_string()),
    }
}

/// The same from OpenSSL, by its last word.
fn openssl(folder: &Path, list: &[u8]) -> (&'static str, String) {
    write_bundle(&folder.join("list.pem"), "X509 CRL", &[list.to_vec()]);
    let mut command = Command::new("openssl");
    command.current_dir(folder);
    command.args(["verify", "-x509_strict", "-crl_check", "-no-CApath", "-no-CAstore", "-attime"]);
    command.args([&NOW.to_string(), "-CAfile", "authority.pem", "-CRLfile", "list.pem", "holder.der"]);
    let output = command.output().unwrap();
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    if String::from_utf8_lossy(&output.stdout).lines().any(|line| line == "holder.der: OK") {
        return ("good", String::new());
    }
    let last = printed.lines().rfind(|line| line.contains(" lookup: ")).unwrap_or("cannot be read");
    (if last.ends_with("certificate revoked") { "revoked" } else { "unknown" }, last.to_owned())
}

/// OpenSSL's answers, two processes at a time.
fn openssl_answers(cases: &[Case]) -> Vec<(&'static str, String)> {
    let part = |cases: &[Case]| {
        let folder = tempfile::tempdir().unwrap();
        write_bundle(
            &folder.path().join("authority.pem"),
            "CERTIFICATE",
            &[lab().authority(Kind::Signature)],
        );
        fs::write(folder.path().join("holder.der"), lab().certificate(Kind::Signature)).unwrap();
        cases.iter().map(|case| openssl(folder.path(), &case.list)).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let aside = scope.spawn(|| part(&cases[cases.len() / 2..]));
        let mut answers = part(&cases[..cases.len() / 2]);
        answers.extend(aside.join().unwrap());
        answers
    })
}

#[test]
fn every_disagreement_with_openssl_on_lists_is_explained() {
    let mut disagreements = BTreeMap::new();
    let (mut count, mut agreed) = (0, BTreeMap::<&str, usize>::new());
    for (holder, reason, seed) in
        [(1, None, 0x0005_eed0_0003), (2, Some(Reason::AffiliationChanged), 0x0005_eed0_0004)]
    {
        let cases = cases(&base(reason), seed);
        let theirs = openssl_answers(&cases);
        for (case, (theirs, their_reason)) in cases.iter().zip(&theirs) {
            let (ours, our_reason) = shomei(&case.list);
            count += 1;
            if let Some(expected) = AGREED.iter().find(|(class, ..)| *class == case.class) {
                let expected = if holder == 1 { expected.1 } else { expected.2 };
                assert_eq!(
                    (ours, *theirs),
                    (expected, expected),
                    "{} {our_reason} {their_reason}",
                    case.class
                );
            }
            if ours == *theirs {
                *agreed.entry(ours).or_default() += 1;
                continue;
            }
            let example = format!("{our_reason}{their_reason} ({})", case.detail);
            let entry = disagreements
                .entry((case.class.clone(), format!("{ours} | {theirs}")))
                .or_insert((0, example));
            entry.0 += 1;
        }
    }
    println!("{count} lists; both say {agreed:?}");
    for ((class, answers), (count, example)) in &disagreements {
        println!("{class} | {answers} | {count} times, for example: {example}");
    }
    assert!(count >= 1500, "{count} lists");
    check_explained_in(EXPLAINED, disagreements.into_keys());
}
