//! Signatures that match, by keys whose certificates do not do.

use crate::attack::{Attack, Expected, Invalid};
use crate::cms::{APPLICATION, Cms, SHA256_WITH_RSA, Signer, algorithm, inside, seq};
use crate::jws::Jws;
use crate::scene::{Scene, block, scene, sign};
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use shomei_application::Container;
use shomei_lab::forging::sign_block;
use shomei_lab::{Authority, Issued, Purpose};
use shomei_pki::der::{Reader, Tag, element};

/// A certificate of a read-off test card of J-LIS: of another world, and nobody here has its key.
const J_LIS_TEST: &[u8] = include_bytes!("../../../pki/tests/data/jpki-sign-cert.der");

pub(crate) fn attacks() -> Vec<Attack> {
    let Scene { world, impostor, expired, early, revoked, .. } = scene();
    let own = |authority: &Authority| authority.own().unwrap();
    let certified = [
        ("one that ended yesterday", expired.clone(), Invalid("time/validity")),
        ("one that begins tomorrow", early.clone(), Invalid("time/validity")),
        ("one that is on the list", revoked.clone(), Invalid("revocation/revoked")),
        (
            "one by a self-made authority of the same names",
            impostor.holders[0].signature.clone(),
            Invalid("chain/path"),
        ),
        ("the authentication certificate", scene().authentication().clone(), Invalid("chain/profile")),
        ("the authority's own", own(&world.signature), Invalid("chain/profile")),
        ("the other authority's own", own(&world.authentication), Invalid("chain/profile")),
        ("a self-made authority's own", own(&impostor.signature), Invalid("chain/profile")),
    ];
    let made = made().into_iter().map(|(name, certificate, expected)| {
        (name, Issued { certificate, key: scene().holder().key.clone() }, expected)
    });
    certified
        .into_iter()
        .chain(made)
        .flat_map(|(name, key, expected)| in_both(name, &key, expected))
        .collect()
}

/// Certificates out of the holder's, for the holder's key.
fn made() -> Vec<(&'static str, Vec<u8>, Expected)> {
    let good = &scene().holder().certificate;
    let changed = |from: &[u8], to: &[u8]| replaced(good, from, to);
    let authority = scene().authority(Purpose::Signature);
    let resigned = |from: &[u8], to: &[u8]| certified(&replaced(&body(good), from, to), &authority, sign);
    let by_itself = |key: &Issued| certified(&body(good), key, sign);
    let sha1_name = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05";
    let with_sha1 = replaced(
        &certified(&replaced(&body(good), SHA256_WITH_RSA, sha1_name), &authority, sign_sha1),
        SHA256_WITH_RSA,
        sha1_name,
    );
    let (name, other_name) = ("高崎".as_bytes(), "山田".as_bytes());
    let (name, other_name) = if contains(good, name) { (name, other_name) } else { (other_name, name) };
    vec![
        ("one with another name written over its own", changed(name, other_name), Invalid("chain/path")),
        (
            "one with its policy changed, signed by the authority",
            resigned(&APPLICATION[..20], &[&APPLICATION[..19], &[0x1a]].concat()),
            Invalid("chain/path"),
        ),
        (
            "one of version 1 by its number",
            resigned(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x00"),
            Invalid("chain/profile"),
        ),
        ("one signed by its own key", by_itself(scene().holder()), Invalid("chain/path")),
        (
            "one signed by the other authority",
            by_itself(&scene().authority(Purpose::Authentication)),
            Invalid("chain/path"),
        ),
        (
            "one signed by a self-made authority",
            by_itself(&scene().impostor.signature.own().unwrap()),
            Invalid("chain/path"),
        ),
        ("one signed by another resident", by_itself(&scene().other), Invalid("chain/path")),
        ("one signed with SHA-1", with_sha1, Invalid("chain/profile")),
        ("one with an octet behind", [good, &[0][..]].concat(), Invalid("chain/profile")),
        ("one cut short", good[..good.len() - 1].to_vec(), Invalid("chain/profile")),
        ("one of a test card of J-LIS", J_LIS_TEST.to_vec(), Invalid("chain/path signature/signature")),
    ]
}

/// An application by this key in CAdES and in JAdES.
fn in_both(name: &str, key: &Issued, expected: Expected) -> Vec<Attack> {
    let document = scene().document(Container::Cades);
    let mut attacks = Vec::new();
    // What is no element cannot stand in CMS, where JSON takes any octets.
    if Reader::new(&key.certificate).read().is_ok_and(|found| found.raw() == key.certificate) {
        let signer = Signer::of(key, APPLICATION, &document);
        let cms = Cms {
            content: inside(&document),
            certificates: vec![key.certificate.clone()],
            signers: vec![signer],
            ..Cms::good()
        };
        attacks.push(Attack::new(format!("certificate in CMS: {name}"), "a.p7m", cms.encode(), expected));
    }
    let jws = Jws::by(key, &scene().document(Container::Jades)).compact().into_bytes();
    attacks.push(Attack::new(format!("certificate in JWS: {name}"), "a.jws", jws, expected));
    attacks
}

fn contains(octets: &[u8], part: &[u8]) -> bool {
    octets.windows(part.len()).any(|window| window == part)
}

/// The first `from` replaced by as many octets.
fn replaced(octets: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let place = octets.windows(from.len()).position(|window| window == from).unwrap();
    [&octets[..place], to, &octets[place + from.len()..]].concat()
}

/// What of a certificate is signed.
fn body(certificate: &[u8]) -> Vec<u8> {
    Reader::new(certificate).read().unwrap().children().read().unwrap().raw().to_vec()
}

fn certified(body: &[u8], by: &Issued, sign: fn(&Issued, &[u8]) -> Vec<u8>) -> Vec<u8> {
    let signature = element(Tag::BIT_STRING, &[&[0], &sign(by, body)[..]].concat());
    seq(&[body, &algorithm(SHA256_WITH_RSA, b"\x05\x00"), &signature])
}

fn sign_sha1(by: &Issued, message: &[u8]) -> Vec<u8> {
    let prefix = b"\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14";
    let digest = digest(&SHA1_FOR_LEGACY_USE_ONLY, message);
    sign_block(by, &block(&[prefix, digest.as_ref()].concat())).unwrap()
}
