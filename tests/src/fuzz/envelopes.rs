//! Signed applications and signatures beside files: nothing but what was signed is ever valid, whatever the octets.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use shomei_envelope::{Expectations, FileDigest, Signed, Verdict, cades, jades, verify};
use shomei_pki::RsaVerifier;

use super::trees::{DerTree, JsonTree};
use crate::figures::{Kind, Made};

/// An application in both kinds of envelope, and what its recipient verifies it with. Made anew in each process: its keys
/// are nobody's.
static MADE: LazyLock<Option<Made>> = LazyLock::new(|| Made::new(8 * 1024).ok());

/// Octets as they come, to every parser; what one of them reads, it writes again.
pub fn envelope(data: &[u8]) {
    let Some(made) = made() else { return };
    for kind in [Kind::Cades, Kind::Jades] {
        if let Ok(application) = kind.parse(data) {
            assert_eq!(application.to_octets(), data);
            believed_only_as_made(made, kind, data, &application);
        }
    }
    if let Ok(detached) = cades::parse_detached(data) {
        never_valid(made, &detached.beside(FileDigest::of("file", data)));
    }
    if let Ok(detached) = jades::parse_detached(data) {
        let files: Vec<_> = detached.names().map(|name| jades::ReadFile::of(name, data)).collect();
        match detached.beside(&files) {
            Ok(signed) => never_valid(made, &signed),
            Err(missing) => assert_eq!(missing.to_string(), "", "every file was given"),
        }
    }
}

/// CMS by its grammar: elements of a good envelope are taken out, put elsewhere, doubled, retagged and rewritten, with
/// lengths made right again.
pub fn cms(data: &[u8]) {
    let Some(made) = made() else { return };
    let mut tree = DerTree::read(made.envelope(Kind::Cades));
    tree.edit(data);
    let edited = tree.write();
    if let Ok(application) = cades::parse(&edited) {
        assert_eq!(application.to_octets(), edited);
        believed_only_as_made(made, Kind::Cades, &edited, &application);
    }
    if let Ok(detached) = cades::parse_detached(&edited) {
        never_valid(made, &detached.beside(FileDigest::of("file", made.document(Kind::Cades))));
    }
}

/// JSON Web Signature by its grammar: the members of a good header, and those of the flattened serialization, are taken
/// out, renamed, doubled, moved and rewritten.
pub fn jws(data: &[u8]) {
    let Some(made) = made() else { return };
    let good = String::from_utf8_lossy(made.envelope(Kind::Jades)).into_owned();
    let mut parts = good.splitn(3, '.');
    let (header, payload, signature) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let (of_header, of_members) = data.split_at(data.len() / 2);
    let mut tree = JsonTree::read(&BASE64_URL_SAFE_NO_PAD.decode(header).unwrap_or_default());
    tree.edit(of_header);
    let header = BASE64_URL_SAFE_NO_PAD.encode(tree.write());
    let mut members =
        JsonTree::of_strings(&[("payload", payload), ("protected", &header), ("signature", signature)]);
    members.edit(of_members);
    for edited in [format!("{header}.{payload}.{signature}").into_bytes(), members.write()] {
        if let Ok(application) = jades::parse(&edited) {
            assert_eq!(application.to_octets(), edited);
            believed_only_as_made(made, Kind::Jades, &edited, &application);
        }
        if let Ok(detached) = jades::parse_detached(&edited) {
            let files: Vec<_> = detached.names().map(|name| jades::ReadFile::of(name, b"")).collect();
            if let Ok(signed) = detached.beside(&files) {
                never_valid(made, &signed);
            }
        }
    }
}

fn made() -> Option<&'static Made> {
    let made = MADE.as_ref();
    assert!(made.is_some(), "no lab");
    made
}

/// Valid is only what was made: in JAdES in either serialization of it.
fn believed_only_as_made(made: &Made, kind: Kind, octets: &[u8], signed: &dyn Signed) {
    let report = verify(signed, made.anchors(), made.lists(), made.now(), made.expectations(), &RsaVerifier);
    let good = made.envelope(kind);
    let same = match kind {
        Kind::Cades => octets == good,
        Kind::Jades => signed.signatures().iter().any(|signature| {
            let value = BASE64_URL_SAFE_NO_PAD.encode(signature.value);
            good == [&signature.message, b".".as_slice(), value.as_bytes()].concat()
        }),
    };
    assert_eq!(report.verdict() == Verdict::Valid, same);
}

fn never_valid(made: &Made, signed: &dyn Signed) {
    let none = Expectations::none_given();
    let report = verify(signed, made.anchors(), made.lists(), made.now(), &none, &RsaVerifier);
    assert_eq!(report.verdict(), Verdict::Invalid);
}
