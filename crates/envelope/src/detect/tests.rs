use super::*;
use crate::testing::{Key, Lab, lab};
use crate::{FileDigest, cades, jades};
use proptest::prelude::*;

fn detached_cades(lab: &Lab) -> Vec<u8> {
    let file = FileDigest::of("a.txt", b"a");
    let prepared = cades::prepare_detached(&file, &lab.holder().signature.certificate, lab.now).unwrap();
    let signature = lab.sign(Key::Signature, &prepared.digest());
    prepared.complete(&signature).unwrap()
}

fn detached_jades(lab: &Lab) -> Vec<u8> {
    let files = [jades::ReadFile::of("a.txt", b"a")];
    let prepared = jades::prepare_detached(&files, &lab.holder().signature.certificate, lab.now).unwrap();
    let signature = lab.sign(Key::Signature, &prepared.digest());
    prepared.complete(&signature).unwrap()
}

fn jades(lab: &Lab) -> Vec<u8> {
    let content = lab.application().to_canonical();
    let prepared = jades::prepare(&content, &lab.holder().signature.certificate, lab.now).unwrap();
    let signature = lab.sign(Key::Signature, &prepared.digest());
    prepared.complete(&signature).unwrap()
}

#[test]
fn what_this_crate_makes_is_recognized() {
    let lab = lab();
    for (format, octets) in [
        (Format::Cades, lab.signed()),
        (Format::CadesDetached, detached_cades(lab)),
        (Format::Jades, jades(lab)),
        (Format::JadesDetached, detached_jades(lab)),
    ] {
        assert_eq!(detect(&octets), Some(format));
        let beginning = octets.get(..DETECTED_OCTETS).unwrap_or(&octets);
        assert_eq!(detect(beginning), Some(format));
        let broken_off = &octets[..octets.len() - 100];
        assert_eq!(detect(broken_off), Some(format), "a file that breaks off is still of its format");
    }
}

#[test]
fn beginnings_tell_formats_apart_and_the_rest_is_none() {
    let certificate = lab().holder().signature.certificate.clone();
    let foreign = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80";
    let table: [(&str, &[u8], Option<Format>); 31] = [
        ("a PDF", b"%PDF-1.7\n", Some(Format::Pdf)),
        ("a kousei.xml", b"<?xml version=\"1.0\"?>\n<DataRoot>", Some(Format::Egov)),
        ("with a byte order mark", b"\xef\xbb\xbf<?xml version=\"1.0\"?><DataRoot>", Some(Format::Egov)),
        ("with white space", b" \r\n<?xml version=\"1.0\"?><DataRoot/>", Some(Format::Egov)),
        ("with a comment", b"<!-- <a> --><DataRoot>", Some(Format::Egov)),
        ("with a style sheet", b"<?xml?><?xml-stylesheet href='a'?><DataRoot>", Some(Format::Egov)),
        ("with a DTD", b"<!DOCTYPE DataRoot><DataRoot>", Some(Format::Egov)),
        ("with an internal DTD", b"<!DOCTYPE DataRoot [<!ENTITY a \"b\">]>\n<DataRoot>", Some(Format::Egov)),
        ("with an end in a literal", b"<!DOCTYPE x [<!ENTITY a ']><x>'>]><DataRoot>", Some(Format::Egov)),
        ("with an end in a comment", b"<!DOCTYPE x [<!-- ' ]><x> -->]><DataRoot>", Some(Format::Egov)),
        ("with an end in an instruction", b"<!DOCTYPE x [<?a ' ]><x>?>]><DataRoot>", Some(Format::Egov)),
        ("with an end in an address", b"<!DOCTYPE x SYSTEM '>'><DataRoot>", Some(Format::Egov)),
        ("the root in a DTD of another", b"<!DOCTYPE x [<!ENTITY a ']><DataRoot>'>]><x>", None),
        ("a DTD without an end", b"<!DOCTYPE DataRoot [<DataRoot>", None),
        ("another root", b"<?xml version=\"1.0\"?><DataRoots>", None),
        ("a form in XML", "<?xml version=\"1.0\"?><様式>".as_bytes(), None),
        ("a page", b"<!DOCTYPE html><html>", None),
        ("a comment without an end", b"<!-- <DataRoot>", None),
        ("JWS in JSON", b"{\"payload\":\"\"", Some(Format::Jades)),
        ("JWS in JSON with white space", b"{\n  \"protected\": \"\"", Some(Format::Jades)),
        ("other JSON", b"{\"origin\":\"https://a.example\"}", None),
        ("compact JWS", b"eyJhbGciOiJub25lIn0.e30.", Some(Format::Jades)),
        ("compact JWS without a payload", b"eyJhbGciOiJub25lIn0..", Some(Format::JadesDetached)),
        ("compact JWS broken off", b"eyJhbG", Some(Format::Jades)),
        ("a text that begins with e", b"every", None),
        ("somebody else's CMS", foreign, Some(Format::Cades)),
        ("CMS broken off", &foreign[..13], Some(Format::Cades)),
        ("another SEQUENCE", b"\x30\x03\x02\x01\x00", None),
        ("a certificate", &certificate, None),
        ("a length of nothing", b"\x30\x84\xff\xff\xff", None),
        ("nothing", b"", None),
    ];
    for (name, octets, format) in table {
        assert_eq!(detect(octets), format, "{name}");
    }
}

proptest! {
    #[test]
    fn any_octets_get_an_answer(octets in proptest::collection::vec(any::<u8>(), 0..200), start in 0_usize..6) {
        let starts: [&[u8]; 6] = [b"", b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", b"eyJ", b"{", b"<", b"%PDF-"];
        let _ = detect(&[starts[start], octets.as_slice()].concat());
    }
}
