use shomei_application::Timestamp;
use shomei_envelope::FileDigest;
use shomei_envelope::jades::ReadFile;

use super::{CadesFile, Item, JadesFiles, Unprepared};

fn now() -> Timestamp {
    Timestamp::parse("2026-11-30T00:00:00Z").unwrap()
}

#[test]
fn what_is_no_signature_certificate_prepares_nothing() {
    let file = FileDigest::of("a.txt", b"abc");
    let items: [(&str, Box<dyn Item>); 2] = [
        ("cades", Box::new(CadesFile(file))),
        ("jades", Box::new(JadesFiles(vec![ReadFile::of("a.txt", b"abc")]))),
    ];
    for (name, item) in items {
        let refused = item.prepare(b"\x30\x00", now()).err();
        assert_eq!(refused, Some(Unprepared::Certificate), "{name}");
    }
}
