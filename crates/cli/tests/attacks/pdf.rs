//! Signed PDFs: shown another way than they were signed, covered in part, or signed as something else.

use crate::attack::{Attack, Control, Expected, Invalid, Unusable, rows};
use crate::cms::{Cms, inside};
use crate::jws::Jws;
use crate::pdf_update::{Update, covered, filled, gap, good, last, last_section, of, plain, seal, seal_as};
use crate::scene::{Scene, scene};
use shomei_application::Container;
use std::process::Command;

/// A name, the file out of the good one, by somebody without a key, and what has to be said.
type Changed = (&'static str, fn(&[u8]) -> Vec<u8>, Expected);
/// A name, what is appended to the good file, and what has to be said.
type Appended = (&'static str, &'static [(u32, &'static str)], Expected);
/// A name, what the signer does to the update before signing it, and what has to be said.
type Signed = (&'static str, fn(&mut Update), Expected);
/// A name, ByteRange out of the place and the end of Contents and what comes after, and what has to be said.
type Ranges = (&'static str, fn(usize, usize, usize) -> String, Expected);

const SYNTAX: Expected = Unusable("pdf-syntax");
const XREF: Expected = Unusable("pdf-cross-reference");
const GAP: Expected = Unusable("pdf-gap");
const CONTENTS: Expected = Unusable("pdf-contents");
const DICTIONARY: Expected = Unusable("pdf-signature-dictionary");
const RANGE: Expected = Unusable("pdf-byte-range");
const NOT_TO_THE_END: Expected = Unusable("pdf-not-to-the-end");
const CHANGED_AFTER: Expected = Unusable("pdf-changed-after-signing");
const REMOVED: Expected = Unusable("pdf-signature-removed");
const NOT_READ: Expected = Unusable("pdf-not-read");
const STRUCTURE: Expected = Unusable("pdf-structure");
const NO_FORMAT: Expected = Unusable("no-format");
const CONTENT_TYPE: Expected = Unusable("content-type");
const NOT_SIGNED: Expected = Unusable("pdf-not-signed");

const CHANGES: &[Changed] = rows! {
    "as it should be": |f| f.to_vec() => Control(4);
    "no signature": |_| plain() => NOT_SIGNED;
    "cut short before its signature": |f| f[..gap(f).start].to_vec() => SYNTAX;
    "the last octet cut off": |f| f[..f.len() - 1].to_vec() => RANGE;
    "text behind": |f| with_end(f, "text") => SYNTAX;
    "a line feed behind": |f| with_end(f, "\n") => NOT_TO_THE_END;
    "a zero behind": |f| with_end(f, "\0") => NOT_TO_THE_END;
    "a comment behind": |f| with_end(f, "%4 0 obj\n") => SYNTAX;
    "a second end of file": |f| with_end(f, "%%EOF\n") => SYNTAX;
    "another table named at the end": |f| with_end(f, &format!("startxref\n{}\n%%EOF\n", last_section(&plain()))) => GAP;
    "the same table named again at the end": |f| with_end(f, &format!("startxref\n{}\n%%EOF\n", last_section(f))) => NOT_TO_THE_END;
    "another PDF behind": |f| [f, &plain()].concat() => GAP;
    "another PDF before": |f| [&plain(), f].concat() => SYNTAX;
    "a space before": |f| [b" ", f].concat() => NO_FORMAT;
    "a byte order mark before": |f| [b"\xef\xbb\xbf", f].concat() => NO_FORMAT;
    "a page of HTML before": |f| [b"<html>\n", f].concat() => NO_FORMAT;
    "a second header before": |f| [b"%PDF-1.4\n", f].concat() => SYNTAX;
    "another version": |f| swapped(f, "%PDF-1.7", "%PDF-1.4") => Invalid("signature/content");
    "a version that nobody knows": |f| swapped(f, "%PDF-1.7", "%PDF-1.9") => SYNTAX;
    "another text on the page": |f| swapped(f, "MIHON", "TONAR") => Invalid("signature/content");
    "another time stated": |f| swapped(f, "/M (D:20", "/M (D:21") => Invalid("signature/content");
    "another signature filter": |f| swapped(f, "Adobe.PPKLite", "Adobe.PPKMine") => Invalid("signature/content");
    "another profile": |f| swapped(f, "/ETSI.CAdES.detached", "/adbe.pkcs7.detached") => DICTIONARY;
    "the field with an area": |f| swapped(f, "/Rect [0 0 0 0]", "/Rect [0 0 9 9]") => Invalid("signature/content");
    "white space in another place": |f| swapped(f, " /Type /Sig ", "/Type  /Sig ") => Invalid("signature/content");
    "a value of another signature": |f| resigned(f, |cms| cms.signer().value = Some(vec![7; 256])) => Invalid("signature/signature");
    "Contents in small letters": |f| lowered(f) => CONTENTS;
    "Contents with white space": |f| at_contents(f, 1, "  ") => CONTENTS;
    "Contents of an odd count": |f| at_contents(f, gap(f).len() - 2, " ") => CONTENTS;
    "Contents with a letter that is no digit": |f| at_contents(f, 3, "G") => SYNTAX;
    "Contents that end early": |f| at_contents(f, gap(f).len() - 9, ">") => SYNTAX;
    "Contents filled up with something": |f| at_contents(f, gap(f).len() - 2, "1") => CONTENTS;
    "Contents with an object behind the signature": |f| at_contents(f, gap(f).len() - 80, "342030206F626A") => CONTENTS;
    "Contents of zeros": |f| filled(f, b"") => CONTENTS;
    "Contents of an indefinite length": |f| at_contents(f, 3, "80") => CONTENTS;
    "the signature of another PDF": |f| filled(f, &of(scene().holder(), b"another").encode()) => Invalid("signature/content");
    "a signature by another resident over another PDF": |f| filled(f, &of(&scene().other, b"another").encode()) => Invalid("signature/content");
    "a CAdES signature beside the same octets": |f| filled(f, &Cms::beside(&covered(f)).encode()) => CONTENT_TYPE;
    "a CAdES signature beside a file": |f| filled(f, &Cms::beside(b"a note\n").encode()) => CONTENT_TYPE;
    "a CAdES signature of an application": |f| filled(f, &Cms::good().encode()) => CONTENT_TYPE;
    "a CAdES signature of an application, its content taken out": |f| filled(f, &Cms::good().with(|cms| cms.content.clear()).encode()) => CONTENT_TYPE;
    "Prev that names its own table": |f| prev(f, last_section(f)) => XREF;
    "Prev beyond the end": |f| prev(f, 9_999) => SYNTAX;
    "Prev that names an object": |f| prev(f, 9) => XREF;
    "no Prev": |f| swapped(f, "/Prev", "/Prey") => GAP;
    "a table that startxref misses": |f| startxref(f, last_section(f) + 1) => SYNTAX;
    "the earlier table named": |f| startxref(f, last_section(&plain())) => GAP;
    "an entry that names the earlier page": |f| entry(f, 3) => GAP;
    "an entry of the signature taken away": |f| freed(f, 6) => DICTIONARY;
};

const UPDATES: &[Appended] = rows! {
    "nothing": &[] => NOT_TO_THE_END;
    "another text on the page": &[(4, "<< /Length 4 >>\nstream\nBT E\nendstream")] => NOT_TO_THE_END;
    "another font": &[(5, "<< /Type /Font /Subtype /Type3 >>")] => NOT_TO_THE_END;
    "another page in the place of the page": &[(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>")] => NOT_TO_THE_END;
    "other pages": &[(2, "<< /Type /Pages /Kids [8 0 R] /Count 1 >>"), (8, "<< /Type /Page /Parent 2 0 R >>")] => NOT_TO_THE_END;
    "an object for nobody": &[(8, "(text)")] => NOT_TO_THE_END;
    "JavaScript at opening": &[(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] /SigFlags 3 >> /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>")] => NOT_TO_THE_END;
    "appearances to be made anew": &[(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] /SigFlags 3 /NeedAppearances true >> >>")] => NOT_TO_THE_END;
    "a layered form": &[(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] /XFA (x) >> >>")] => NOT_TO_THE_END;
    "permissions": &[(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] >> /Perms << /DocMDP 6 0 R >> >>")] => NOT_READ;
    "a note over the page": &[(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [7 0 R 8 0 R] >>"), (8, "<< /Type /Annot /Subtype /FreeText /Rect [0 0 595 842] /Contents (text) >>")] => NOT_TO_THE_END;
    "another field": &[(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R 8 0 R] >> >>"), (8, "<< /FT /Tx /T (a) /V (b) >>")] => NOT_TO_THE_END;
    "no form any more": &[(1, "<< /Type /Catalog /Pages 2 0 R >>")] => REMOVED;
    "a form without fields": &[(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] >> >>")] => REMOVED;
    "the field without its signature": &[(7, "<< /FT /Sig /T (Signature1) >>")] => REMOVED;
    "a field that shows its signature": &[(7, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /Rect [0 0 9 9] /P 3 0 R /V 6 0 R >>")] => NOT_TO_THE_END;
    "two fields of one signature": &[(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R 8 0 R] >> >>"), (8, "<< /FT /Sig /T (b) /V 6 0 R >>")] => DICTIONARY;
    "another signature in its place": &[(6, "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:20261201000000Z) /ByteRange [0 0 0 0] /Contents <30> >>")] => RANGE;
    "no catalog": &[(1, "<< /Type /Pages >>")] => STRUCTURE;
    "a catalog without an end": &[(1, "<< /Type /Catalog")] => SYNTAX;
};

const UPDATES_SIGNED: &[Signed] = rows! {
    "nothing else": |_| {} => Invalid("identity/expectation:signers");
    "another text on the page": |u| u.push(4, "<< /Length 4 >>\nstream\nBT E\nendstream") => CHANGED_AFTER;
    "another font": |u| u.push(5, "<< /Type /Font /Subtype /Type3 >>") => CHANGED_AFTER;
    "other pages": |u| u.push(2, "<< /Type /Pages /Kids [] /Count 0 >>") => CHANGED_AFTER;
    "an object for nobody": |u| u.push(10, "(text)") => CHANGED_AFTER;
    "JavaScript at opening": |u| u.replace(1, "/Pages", "/OpenAction << /S /JavaScript /JS (a) >> /Pages") => CHANGED_AFTER;
    "appearances to be made anew": |u| u.replace(1, "/SigFlags 3", "/SigFlags 3 /NeedAppearances true") => CHANGED_AFTER;
    "permissions": |u| u.replace(1, "/Pages", "/Perms << >> /Pages") => NOT_READ;
    "a note on the page": |u| u.replace(3, "/Annots [", "/Annots [<< /Subtype /FreeText >> ") => CHANGED_AFTER;
    "another size of the page": |u| u.replace(3, "595", "295") => CHANGED_AFTER;
    "a signature that is seen": |u| u.replace(9, "[0 0 0 0]", "[0 0 9 9]") => CHANGED_AFTER;
    "an action of its field": |u| u.replace(9, "/F 132", "/AA << >>") => CHANGED_AFTER;
    "the first signature's field taken away": |u| u.replace(1, "7 0 R ", "") => REMOVED;
    "the first signature's field changed": |u| u.push(7, "<< /FT /Sig /T (Signature1) /V 6 0 R >>") => CHANGED_AFTER;
    "the first signature in another field": |u| u.replace(9, "/V 8", "/V 6") => DICTIONARY;
    "an object between": |u| u.between.push_str("4 0 obj\n<< >>\nendobj\n") => GAP;
    "a comment between": |u| u.between.push_str("%4 0 obj\n") => GAP;
    "another document of its own": |u| { u.push(10, "<< /Type /Catalog /Pages 2 0 R >>"); u.root = 10; } => REMOVED;
};

const SIGNATURES: &[Signed] = rows! {
    "a key twice": |u| u.replace(6, "/Type /Sig", "/Type /Sig /Type /Sig") => SYNTAX;
    "Contents twice": |u| u.replace(6, "/Type /Sig", "/Type /Sig /Contents <30>") => SYNTAX;
    "ByteRange twice": |u| u.replace(6, "/Type /Sig", "/Type /Sig /ByteRange [0 0 0 0]") => SYNTAX;
    "a key twice, once in escapes": |u| u.replace(6, "/Type /Sig", "/Type /Sig /Byte#52ange [0 0 0 0]") => SYNTAX;
    "a signature of PKCS #1": |u| u.replace(6, "ETSI.CAdES.detached", "adbe.x509.rsa_sha1") => DICTIONARY;
    "a signature of SHA-1": |u| u.replace(6, "ETSI.CAdES.detached", "adbe.pkcs7.sha1") => DICTIONARY;
    "a time-stamp": |u| u.replace(6, "ETSI.CAdES.detached", "ETSI.RFC3161") => DICTIONARY;
    "a time-stamp of a document": |u| u.replace(6, "/Type /Sig", "/Type /DocTimeStamp") => DICTIONARY;
    "no SubFilter": |u| u.replace(6, "/SubFilter /ETSI.CAdES.detached", "") => DICTIONARY;
    "no Filter": |u| u.replace(6, "/Filter /Adobe.PPKLite", "") => DICTIONARY;
    "a certification": |u| u.replace(6, "/Type /Sig", "/Type /Sig /Reference []") => DICTIONARY;
    "a certificate beside it": |u| u.replace(6, "/Type /Sig", "/Type /Sig /Cert <30>") => DICTIONARY;
    "a key that nobody knows": |u| u.replace(6, "/Type /Sig", "/Type /Sig /Shown (yes)") => DICTIONARY;
    "no time": |u| u.replace(6, "/M (", "/Name (") => DICTIONARY;
    "a time without its offset": |u| u.replace(6, "Z)", ")") => DICTIONARY;
    "Contents in an object of their own": |u| { u.replace(6, "/Contents <", "/Contents 8 0 R /Name (/Contents <"); u.replace(6, "> >>", ">) >>"); u.push(8, "<30>"); } => DICTIONARY;
    "ByteRange in an object of its own": |u| { u.replace(6, "/ByteRange ", "/ByteRange 8 0 R /Name (/ByteRange "); u.replace(6, " /Contents", ") /Contents"); u.push(8, "[0 9 99 9]"); } => RANGE;
    "a signature in its field itself": |u| u.replace(7, "/V 6 0 R", "/V << /Type /Sig >>") => NOT_READ;
    "a field that is no signature's": |u| u.replace(7, "/FT /Sig", "/FT /Tx") => REMOVED;
    "a signature that is not there": |u| u.replace(7, "/V 6 0 R", "/V 8 0 R") => DICTIONARY;
    "an encrypted file": |u| u.trailer = "/Encrypt << /Filter /Standard /V 1 >>".to_owned() => Unusable("pdf-encrypted");
    "an object between": |u| u.between.push_str("4 0 obj\n<< >>\nendobj\n") => GAP;
    "octets between": |u| u.between.push_str("text\n") => GAP;
    "a table beside the table": |u| u.trailer = "/XRefStm 9".to_owned() => XREF;
    "a table beside the table, beyond the end": |u| u.trailer = "/XRefStm 99999".to_owned() => SYNTAX;
    "an object twice in one table": |u| u.push(7, "<< /FT /Sig >>") => XREF;
    "Size too small": |u| u.size = 7 => XREF;
    "Prev twice": |u| u.trailer = "/Prev 9".to_owned() => SYNTAX;
    "another catalog": |u| u.root = 2 => STRUCTURE;
    "a catalog that is not there": |u| u.root = 5 => STRUCTURE;
};

const RANGES: &[Ranges] = rows! {
    "not from the first octet": |a, b, c| format!("[1 {a} {b} {c}]") => RANGE;
    "negative": |a, b, c| format!("[0 {a} {b} -{c}]") => RANGE;
    "from a negative octet": |a, b, c| format!("[-1 {a} {b} {c}]") => RANGE;
    "beyond the end": |a, b, c| format!("[0 {a} {b} {}]", c + 1) => RANGE;
    "not to the end": |a, b, c| format!("[0 {a} {b} {}]", c - 1) => NOT_TO_THE_END;
    "a second part of nothing": |a, b, _| format!("[0 {a} {b} 0]") => NOT_TO_THE_END;
    "overlapping parts": |a, b, c| format!("[0 {a} {} {}]", a - 9, c + b - a + 9) => RANGE;
    "parts in another order": |a, b, c| format!("[{b} {c} 0 {a}]") => RANGE;
    "a gap wider than Contents": |a, b, c| format!("[0 {a} {} {}]", b + 3, c - 3) => RANGE;
    "a gap that begins earlier": |a, b, c| format!("[0 {} {b} {c}]", a - 1) => RANGE;
    "a gap inside Contents": |a, b, c| format!("[0 {} {} {}]", a + 1, b - 1, c + 1) => RANGE;
    "no gap": |_, b, c| format!("[0 {b} {b} {c}]") => RANGE;
    "three numbers": |a, b, _| format!("[0 {a} {b}]") => RANGE;
    "six numbers": |a, b, c| format!("[0 {a} {b} {c} 0 0]") => RANGE;
    "fractions": |a, b, c| format!("[0.0 {a} {b} {c}]") => RANGE;
    "a number of twenty digits": |a, b, _| format!("[0 {a} {b} 99999999999999999999]") => RANGE;
    "nothing": |_, _, _| "null".to_owned() => RANGE;
};

pub(crate) fn attacks() -> Vec<Attack> {
    let good = good();
    let attack = |kind: &str, name: &str, octets, expected| {
        Attack::new(format!("PDF {kind}: {name}"), "a.pdf", octets, expected)
    };
    let changed =
        CHANGES.iter().map(|(name, change, expected)| attack("changed", name, change(&good), *expected));
    let appended = UPDATES.iter().map(|(name, objects, expected)| {
        attack("with an update", name, Update::of(objects).onto(&good), *expected)
    });
    let signed = |file: &[u8], which, change: fn(&mut Update)| {
        let mut update = Update::signing(which);
        change(&mut update);
        seal(update.onto(file))
    };
    let again = UPDATES_SIGNED.iter().map(|(name, change, expected)| {
        attack("with a second signature", name, signed(&good, 2, *change), *expected)
    });
    let plain = plain();
    let first = SIGNATURES
        .iter()
        .map(|(name, change, expected)| attack("signed as", name, signed(&plain, 1, *change), *expected));
    let ranges = RANGES.iter().map(|(name, range, expected)| {
        let file = seal_as(Update::signing(1).onto(&plain), range, |covered| of(scene().holder(), covered));
        attack("ByteRange", name, file, *expected)
    });
    changed
        .chain(appended)
        .chain(again)
        .chain(first)
        .chain(ranges)
        .chain(certificates())
        .chain(named())
        .chain(hidden())
        .collect()
}

/// Signatures that match, by keys whose certificates do not do.
fn certificates() -> Vec<Attack> {
    let Scene { expired, early, revoked, impostor, .. } = scene();
    let table = [
        ("one that ended yesterday", expired, Invalid("time/validity")),
        ("one that begins tomorrow", early, Invalid("time/validity")),
        ("one that is on the list", revoked, Invalid("revocation/revoked")),
        ("one by a self-made authority", &impostor.holders[0].signature, Invalid("chain/path")),
        ("the authentication certificate", scene().authentication(), Invalid("chain/profile")),
    ];
    let unsigned = Update::signing(1).onto(&plain());
    let by =
        |key| seal_as(unsigned.clone(), |a, b, c| format!("[0 {a} {b} {c}]"), |covered| of(key, covered));
    table
        .map(|(name, key, expected)| {
            Attack::new(format!("certificate in PDF: {name}"), "a.pdf", by(key), expected)
        })
        .into()
}

/// A good PDF but for the value of its signature.
pub(crate) fn with_value(value: &[u8]) -> Vec<u8> {
    let contents =
        |covered: &[u8]| of(scene().holder(), covered).with(|cms| cms.signer().value = Some(value.to_vec()));
    seal_as(Update::signing(1).onto(&plain()), |a, b, c| format!("[0 {a} {b} {c}]"), contents)
}

/// One format by the name of another: the octets choose the reader.
fn named() -> Vec<Attack> {
    let (pdf, document) = (good(), scene().document(Container::Cades));
    let inside_pdf = of(scene().holder(), &covered(&pdf)).encode();
    let beside = |name: &str, file, octets: &[u8], expected| {
        Attack::new(format!("PDF named: {name}"), file, octets.to_vec(), expected)
    };
    let jws = Jws::good().compact().into_bytes();
    vec![
        beside("a PDF as CMS", "a.p7m", &pdf, Control(4)),
        beside("a PDF as a signature beside a file", "a.p7s", &pdf, Control(4)),
        beside("a PDF as JWS", "a.jws", &pdf, Control(4)),
        beside("a PDF as a form", "kousei.xml", &pdf, Control(4)),
        beside("its signature as CMS", "a.p7m", &inside_pdf, CONTENT_TYPE),
        beside("its signature beside what it covers", "a.pdf.p7s", &inside_pdf, CONTENT_TYPE)
            .beside(&[("a.pdf", &covered(&pdf))]),
        beside(
            "its signature with what it covers inside",
            "a.p7m",
            &{
                of(scene().holder(), &covered(&pdf)).with(|cms| cms.content = inside(&covered(&pdf))).encode()
            },
            CONTENT_TYPE,
        ),
        beside("its signature as a PDF", "a.pdf", &inside_pdf, CONTENT_TYPE),
        beside("CMS as a PDF", "a.pdf", &Cms::good().encode(), Control(4)),
        beside("JWS as a PDF", "a.pdf", &jws, Control(4)),
        beside("a document as a PDF", "a.pdf", &document, NO_FORMAT),
        beside("a form as a PDF", "a.pdf", crate::xml::good().as_bytes(), Unusable("file-missing")),
        beside(
            "CMS behind the header of a PDF",
            "a.pdf",
            &[b"%PDF-1.7\n", &Cms::good().encode()[..]].concat(),
            NOT_SIGNED,
        ),
        beside("a note in the name of a PDF", "a.pdf", b"a note\n", NO_FORMAT),
    ]
}

/// A document of an application with a whole PDF in a value, which lacks its Contents, and where they would stand.
fn document_that_hides() -> (Vec<u8>, usize) {
    let document = String::from_utf8(scene().document(Container::Cades)).unwrap();
    let (head, tail) = document.split_once("mail").unwrap();
    let mut update = Update::signing(1);
    update.objects.insert(0, (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned()));
    let spread = |text: &str| text.replace('\n', " ");
    // Poppler counts places from the header on, and the parts of ByteRange from the first octet on.
    let (mut value, mut table) = ("%PDF-1.7 ".to_owned(), String::new());
    let mut places = Vec::new();
    for (number, text) in &update.objects {
        places.push((*number, value.len()));
        value += &format!("{number} 0 obj {} endobj ", spread(text));
    }
    places.sort_unstable();
    for (number, place) in places {
        table += &format!("{number} 1 {place:010} 00000 n ");
    }
    let start = value.len();
    value += &format!(
        "xref 0 1 0000000000 65535 f {table}trailer << /Size 8 /Root 1 0 R >> startxref {start} %%EOF"
    );
    let whole = format!("{head}{value}{tail}").into_bytes();
    let gap = gap(&whole);
    let place = last(&whole, "/ByteRange ") + "/ByteRange ".len();
    let mut document = whole.clone();
    let range = format!("{:40}", format!("[0 {} {} {}]", gap.start, gap.end, whole.len() - gap.end));
    document[place..place + range.len()].copy_from_slice(range.as_bytes());
    document.drain(gap.clone());
    (document, gap.start)
}

/// The document with its own signature in it, as Contents.
fn hidden_pdf(document: &[u8], place: usize, cms: &[u8]) -> Vec<u8> {
    let room = format!("/Contents <{}>", "0".repeat(2 * crate::pdf_update::ROOM));
    let head = document[..place].strip_suffix(b"/Contents ").unwrap();
    filled(&[head, room.as_bytes(), &document[place..]].concat(), cms)
}

/// A signature of an application over a document that is a PDF around it.
fn hidden() -> Vec<Attack> {
    let (document, place) = document_that_hides();
    let cms = Cms::around(&document);
    let taken_out = cms.clone().with(|cms| {
        let message = cms.signer().message(b"");
        cms.signer().value = Some(crate::scene::sign(scene().holder(), &message));
        cms.content.clear();
    });
    let hiding = hidden_pdf(&document, place, &taken_out.encode());
    let body = Update::signing(1).onto(&plain());
    let range = |a, b, c| format!("[0 {a} {b} {c}]");
    let by_application = |covered: &[u8]| Cms::around(covered).with(|cms| cms.content.clear());
    let bare = seal_as(body, range, by_application);
    vec![
        Attack::new(
            "PDF hidden: the document as an application",
            "a.p7m",
            cms.encode(),
            Invalid("binding/not-an-application"),
        ),
        Attack::new("PDF hidden: the document as a PDF", "a.pdf", hiding.clone(), NO_FORMAT),
        Attack::new(
            "PDF hidden: the same from the value on",
            "a.pdf",
            hiding[last(&hiding, "%PDF-1.7")..].to_vec(),
            SYNTAX,
        ),
        Attack::new("PDF hidden: a document that is a PDF and nothing else", "a.pdf", bare, CONTENT_TYPE),
    ]
}

/// Poppler calls an application's signature valid for a PDF that is hidden in it, as it never asks what type the content
/// is of. Our text rules keep such a document from being signed, and the type of content keeps its signature out of PDFs.
#[test]
fn poppler_accepts_an_applications_signature_in_a_pdf_and_we_do_not() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["PDF hidden: the document as a PDF", "PDF hidden: a document that is a PDF and nothing else"]
    {
        let attack = hidden().into_iter().find(|attack| attack.name == name).unwrap();
        let path = folder.path().join("a.pdf");
        std::fs::write(&path, &attack.octets).unwrap();
        let output = Command::new("pdfsig").arg("-nocert").arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            said.contains("Signature is Valid"),
            "{name}: {said} {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

fn with_end(file: &[u8], end: &str) -> Vec<u8> {
    [file, end.as_bytes()].concat()
}

/// The last occurrence of a text in the place of another as long.
fn swapped(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    let place = last(file, from);
    put(file, place, to)
}

fn put(file: &[u8], place: usize, text: &str) -> Vec<u8> {
    let mut changed = file.to_vec();
    changed[place..place + text.len()].copy_from_slice(text.as_bytes());
    changed
}

fn at_contents(file: &[u8], place: usize, text: &str) -> Vec<u8> {
    put(file, gap(file).start + place, text)
}

fn lowered(file: &[u8]) -> Vec<u8> {
    let (mut changed, gap) = (file.to_vec(), gap(file));
    changed[gap].make_ascii_lowercase();
    changed
}

/// Another CMS out of the good one.
fn resigned(file: &[u8], change: fn(&mut Cms)) -> Vec<u8> {
    filled(file, &of(scene().holder(), &covered(file)).with(change).encode())
}

fn prev(file: &[u8], to: usize) -> Vec<u8> {
    let place = last(file, "/Prev ") + "/Prev ".len();
    let digits = file[place..].iter().take_while(|octet| octet.is_ascii_digit()).count();
    put(file, place, &format!("{to:0digits$}"))
}

fn startxref(file: &[u8], to: usize) -> Vec<u8> {
    let digits = last_section(file).to_string().len();
    put(file, last(file, "startxref\n") + 10, &format!("{to:0digits$}"))
}

/// The newest entry of an object, in the place of which its earlier one comes.
fn entry(file: &[u8], number: u32) -> Vec<u8> {
    let earlier = plain();
    let head = format!("{number} 1\n");
    let from = last(&earlier, &head) + head.len();
    put(file, last(file, &head) + head.len(), std::str::from_utf8(&earlier[from..from + 20]).unwrap())
}

/// The newest entry of an object as one of none.
fn freed(file: &[u8], number: u32) -> Vec<u8> {
    let head = format!("{number} 1\n");
    put(file, last(file, &head) + head.len(), "0000000000 65535 f")
}
