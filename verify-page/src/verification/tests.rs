use super::*;
use shomei_lab::{RESIDENTS, World as LabWorld};
use std::time::SystemTime;

/// A code, and which authority it is about.
type Refused = (&'static str, Option<u32>);

/// World, authorities, expectations, time, and what is wrong with them.
type Given<'a> = (&'a str, &'a [Vec<u8>], Option<&'a str>, &'a str, Option<Refused>);

const AT: &str = "2026-11-30T00:00:00Z";

#[test]
fn what_files_are_judged_by_is_read_or_refused_with_its_place() {
    let world = LabWorld::with_residents(SystemTime::now(), &RESIDENTS[..1]).unwrap();
    let [signature, _] = world.holders[0].authorities.clone();
    let holder = world.holders[0].signature.certificate.clone();
    let (none, one, twice) = (vec![], vec![signature.clone()], vec![signature.clone(), signature.clone()]);
    let holders = vec![signature, holder];
    let table: [Given<'_>; 13] = [
        ("production", &none, None, AT, None),
        ("lab", &one, None, AT, None),
        ("lab", &one, Some("{\"signers\":1}"), AT, None),
        ("lab", &none, None, AT, Some(("no-authorities", None))),
        ("jlis-test", &none, None, AT, Some(("no-authorities", None))),
        ("jlis-test", &one, None, AT, Some(("bad-authority", Some(0)))),
        ("production", &one, None, AT, Some(("bad-authority", Some(0)))),
        ("lab", &twice, None, AT, Some(("bad-authority", Some(1)))),
        ("lab", &holders, None, AT, Some(("bad-authority", Some(1)))),
        ("real", &none, None, AT, Some(("unknown-world", None))),
        ("", &none, None, AT, Some(("unknown-world", None))),
        ("production", &none, Some("{\"signer\":1}"), AT, Some(("bad-expectations", None))),
        ("production", &none, None, "2026-11-30", Some(("bad-time", None))),
    ];
    for (world, authorities, expectations, at, expected) in table {
        let read = Verification::new(world, authorities, expectations.map(str::as_bytes), at);
        let read = read.err().map(|refusal| (refusal.code, refusal.index));
        assert_eq!(read, expected, "{world}, {} authorities, {expectations:?}, {at}", authorities.len());
    }
}

#[test]
fn what_is_nothing_signed_is_refused_in_words() {
    let verification = Verification::new("production", &[], None, AT).unwrap();
    let table: [(&str, &[u8], &str, &str); 6] = [
        ("a.txt", b"text", "no-format", "none of the formats of a signature"),
        ("a.p7m", b"", "no-format", "none of the formats of a signature"),
        ("a.jws", b"eyJhbGciOiJub25lIn0.e30.", "alg-none", "not a signed application: "),
        ("a.jws", b"eyJhbGciOiJub25lIn0..", "alg-none", "not a signature of files: "),
        ("kousei.xml", b"<DataRoot/>", "form-parts", "not a signed form of e-Gov: "),
        (
            "a.p7m",
            b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02",
            "der-length",
            "not a signed application: ",
        ),
    ];
    for (name, octets, code, detail) in table {
        let beside = |name: &str| Err(format!("{name} was asked for"));
        let Err(Unopened::Signature(error)) = verification.judge(name, octets, beside) else {
            panic!("{name}, {octets:?}");
        };
        let refusal = Refusal::from(&error);
        assert_eq!(refusal.code, code, "{name}, {octets:?}");
        assert!(refusal.detail.starts_with(detail), "{}", refusal.detail);
    }
}
