//! What somebody who holds a key, or a file that others signed, might do. Whatever is refused here is signed rightly
//! otherwise: the value of the last signature is over all but Contents.

use super::document::Document;
use super::form::Form;
use super::object::{Dictionary, Object, Reference};
use super::prepare::{self, Stated};
use super::write::Update;
use super::*;
use crate::Reason as _;
use crate::cms::{ContentType, Parts};
use std::ops::Range;

/// The value of Contents over all else, in the gap; zeros fill it up.
fn resigned(mut file: Vec<u8>, gap: &Range<usize>) -> Vec<u8> {
    let certificate = &lab().holder().signature.certificate;
    let covered = signature::digest(&file, gap, file.len());
    let mut signer =
        crate::cms::signer::<PrepareError>(ContentType::Pdf, covered, certificate, None).unwrap();
    signer.signature = lab().sign(Key::Signature, &crate::testing::digest(&signer.attributes.to_be_signed()));
    let mut cms = Parts { content: None, content_type: ContentType::Pdf, signers: vec![signer] }.encode();
    cms.resize((gap.len() - 2) / 2, 0);
    file[gap.clone()].copy_from_slice(&signature::hexadecimal(&cms));
    file
}

fn last_gap(signed: &[u8]) -> Range<usize> {
    parse(signed).unwrap().signatures().last().unwrap().gap.clone()
}

fn code(octets: &[u8]) -> &'static str {
    parse(octets).map_or_else(|error| error.code(), |_| "none")
}

/// The last occurrence of a text in the place of another.
fn swapped_last(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len(), "{from}");
    let place = file.windows(from.len()).rposition(|window| window == from.as_bytes()).expect(from);
    [&file[..place], to.as_bytes(), &file[place + from.len()..]].concat()
}

#[test]
fn a_byte_range_covers_all_but_contents_or_is_refused() {
    let signed = sign(&samples::plain(), Profile::PadesB);
    let Range { start, end } = last_gap(&signed);
    let rest = signed.len() - end;
    let table = [
        (format!("[0 {start} {end} {rest}]"), "none"),
        (format!("[0 {start} {end} {}]", rest - 1), "pdf-not-to-the-end"),
        (format!("[0 {start} {end} {}]", rest + 1), "pdf-byte-range"),
        (format!("[1 {start} {end} {rest}]"), "pdf-byte-range"),
        (format!("[0 {} {end} {rest}]", start - 1), "pdf-byte-range"),
        (format!("[0 {} {end} {rest}]", start + 1), "pdf-byte-range"),
        (format!("[0 {start} {} {}]", end + 1, rest - 1), "pdf-byte-range"),
        (format!("[0 {start} {} {}]", end - 1, rest + 1), "pdf-byte-range"),
        (format!("[0 {end} {start} {rest}]"), "pdf-byte-range"),
        (format!("[0 {} 0 0]", signed.len()), "pdf-byte-range"),
        (format!("[-1 {start} {end} {rest}]"), "pdf-byte-range"),
        (format!("[0 {start} {end} -{rest}]"), "pdf-byte-range"),
        (format!("[0 {start} {end} {rest} 0 0]"), "pdf-byte-range"),
        (format!("[0 {start}]"), "pdf-byte-range"),
        (format!("[0.0 {start} {end} {rest}]"), "pdf-byte-range"),
        ("[0 0 99999999999999999999 1]".to_owned(), "pdf-byte-range"),
        ("null".to_owned(), "pdf-byte-range"),
        ("8 0 R".to_owned(), "pdf-byte-range"),
    ];
    let place = signed.windows(11).rposition(|window| window == b"/ByteRange ").unwrap() + 11;
    for (range, expected) in table {
        let mut forged = signed.clone();
        forged[place..place + 40].copy_from_slice(format!("{range:40}").as_bytes());
        let forged = resigned(forged, &(start..end));
        assert_eq!(code(&forged), expected, "{range}");
    }
}

#[test]
fn contents_have_one_form() {
    let signed = sign(&samples::plain(), Profile::Moj);
    let gap = last_gap(&signed);
    let digits = String::from_utf8(signed[gap.clone()].to_vec()).unwrap();
    let letter = digits.find(|digit: char| digit.is_ascii_uppercase()).unwrap();
    let change = |place: usize, to: &str| {
        let mut changed = signed.clone();
        changed[gap.start + place..gap.start + place + to.len()].copy_from_slice(to.as_bytes());
        changed
    };
    for (name, changed, expected) in [
        ("lower case", change(letter, &digits[letter..=letter].to_ascii_lowercase()), "pdf-contents"),
        ("white space", change(letter, "  "), "pdf-contents"),
        ("no digit", change(letter, "G"), "pdf-syntax"),
        ("an odd count", change(digits.len() - 2, " "), "pdf-contents"),
        ("the end of the string", change(9, ">"), "pdf-syntax"),
        ("another element", change(1, "31"), "pdf-contents"),
        ("an indefinite length", change(3, "80"), "pdf-contents"),
        ("a length beyond the end", change(5, "FF"), "pdf-contents"),
        (
            "rsaEncryption",
            samples::swapped(&signed, "2A864886F70D01010B0500048201", "2A864886F70D0101010500048201"),
            "signature-algorithm",
        ),
        (
            "NULL beside SHA-256",
            samples::swapped(&signed, "310D300B0609608648016503040201", "310F300D0609608648016503040201"),
            "der-truncated",
        ),
    ] {
        assert_eq!(code(&changed), expected, "{name}");
    }
}

/// What stands after the signature in Contents that are longer than it.
#[test]
fn what_fills_contents_up_is_zero() {
    let good = Attack { room: 8, ..NONE }.on(&samples::plain());
    assert_eq!(code(&good), "none");
    let gap = last_gap(&good);
    for place in 2..=17 {
        let mut changed = good.clone();
        changed[gap.end - place] = b'1';
        assert_eq!(code(&changed), "pdf-contents", "{place}");
    }
}

/// A signature as it is added, and what an attacker does beside it in the same update.
#[derive(Clone, Copy)]
struct Attack {
    /// Octets of zeros after the signature.
    room: usize,
    field: fn(Dictionary) -> Dictionary,
    catalog: fn(Dictionary) -> Dictionary,
    page: fn(Dictionary) -> Dictionary,
    form: fn(Vec<Object>) -> Vec<Object>,
    /// Further objects; those of a number that is there already come in its place.
    objects: &'static [(u32, &'static str)],
    /// Octets between objects.
    between: &'static str,
}

const NONE: Attack = Attack {
    room: 0,
    field: |field| field,
    catalog: |catalog| catalog,
    page: |page| page,
    form: |fields| fields,
    objects: &[],
    between: "",
};

impl Attack {
    fn on(&self, file: &[u8]) -> Vec<u8> {
        let document = Document::read(file).unwrap();
        let mut update = Update::new(&document).unwrap();
        let (signature, field) = (update.number().unwrap(), update.number().unwrap());
        let date = words::date(lab().now).unwrap().into_bytes();
        let length = 4096 + self.room;
        let stated = Stated { profile: Profile::PadesB, name: b"a".to_vec(), date, length };
        let (gap, ranges) = prepare::add_signature(&mut update, signature, &stated);
        self.add_form(&mut update, &document, signature, field);
        update.raw(self.between.as_bytes());
        for (number, object) in self.objects {
            update.begin(Reference { number: *number, generation: 0 });
            update.raw(object.as_bytes());
            update.end();
        }
        let _ = (update.number(), update.number());
        let mut whole = [file, &update.finish().unwrap()].concat();
        prepare::fill(&mut whole, &gap, ranges);
        resigned(whole, &gap)
    }

    fn add_form(
        &self,
        update: &mut Update<'_>,
        document: &Document<'_>,
        signature: Reference,
        field: Reference,
    ) {
        let form = Form::read(document).unwrap();
        let page = prepare::first_page(document).unwrap();
        let dictionary = prepare::new_field(document, &form, signature, page).unwrap();
        update.whole(field, &Object::Dictionary((self.field)(dictionary)));
        let Object::Dictionary(dictionary) = document.get(page).unwrap() else { panic!() };
        let mut annotations =
            dictionary.get("Annots").and_then(Object::as_array).unwrap_or_default().to_vec();
        annotations.push(Object::Reference(field));
        let dictionary = (self.page)(dictionary.with("Annots", Object::Array(annotations)));
        update.whole(page, &Object::Dictionary(dictionary));
        let mut fields = form.fields;
        fields.push(Object::Reference(field));
        let form = form.dictionary.with("Fields", Object::Array((self.form)(fields)));
        let catalog = document.catalog().unwrap().with("AcroForm", Object::Dictionary(form));
        update.whole(document.root().unwrap(), &Object::Dictionary((self.catalog)(catalog)));
    }
}

#[test]
fn an_update_after_a_signature_adds_one_more_and_nothing_else() {
    let first = sign(&samples::plain(), Profile::PadesB);
    let rectangle =
        |field: Dictionary| field.with("Rect", Object::Array([0, 0, 99, 99].map(Object::integer).to_vec()));
    let table: &[(&str, Attack, &str)] = &[
        ("nothing else", NONE, "none"),
        (
            "page content",
            Attack { objects: &[(4, "<< /Length 1 >>\nstream\n \nendstream")], ..NONE },
            "pdf-changed-after-signing",
        ),
        ("a font", Attack { objects: &[(5, "<< /Type /Font >>")], ..NONE }, "pdf-changed-after-signing"),
        (
            "the same font",
            Attack { objects: &[(5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")], ..NONE },
            "pdf-changed-after-signing",
        ),
        (
            "other pages",
            Attack { objects: &[(2, "<< /Type /Pages /Kids [] /Count 0 >>")], ..NONE },
            "pdf-changed-after-signing",
        ),
        ("an object for nobody", Attack { objects: &[(10, "<< >>")], ..NONE }, "pdf-changed-after-signing"),
        ("a free number", Attack { objects: &[(0, "null")], ..NONE }, "pdf-cross-reference"),
        (
            "the earlier field",
            Attack { objects: &[(7, "<< /FT /Sig /T (Signature1) /V 6 0 R >>")], ..NONE },
            "pdf-changed-after-signing",
        ),
        (
            "the earlier signature",
            Attack { objects: &[(6, "<< /Type /Sig >>")], ..NONE },
            "pdf-signature-dictionary",
        ),
        (
            "a second signature for nobody",
            Attack { objects: &[(10, "<< /Type /Sig >>")], ..NONE },
            "pdf-signature-removed",
        ),
        ("a field that is seen", Attack { field: rectangle, ..NONE }, "pdf-changed-after-signing"),
        (
            "an appearance",
            Attack { field: |field| field.with("AP", Object::Dictionary(Dictionary::default())), ..NONE },
            "pdf-changed-after-signing",
        ),
        (
            "an action",
            Attack { field: |field| field.with("AA", Object::Null), ..NONE },
            "pdf-changed-after-signing",
        ),
        (
            "a text field",
            Attack { field: |field| field.with("FT", Object::name("Tx")), ..NONE },
            "pdf-signature-removed",
        ),
        (
            "a page's box",
            Attack { page: |page| page.with("MediaBox", Object::Null), ..NONE },
            "pdf-changed-after-signing",
        ),
        (
            "a page's annotations",
            Attack { page: |page| page.with("Annots", Object::Array(Vec::new())), ..NONE },
            "pdf-changed-after-signing",
        ),
        (
            "an action at opening",
            Attack { catalog: |catalog| catalog.with("OpenAction", Object::Null), ..NONE },
            "pdf-changed-after-signing",
        ),
        (
            "other pages in the catalog",
            Attack { catalog: |catalog| catalog.with("Pages", Object::Null), ..NONE },
            "pdf-changed-after-signing",
        ),
        (
            "permissions",
            Attack { catalog: |catalog| catalog.with("Perms", Object::Null), ..NONE },
            "pdf-not-read",
        ),
        ("one field less", Attack { form: |fields| fields[1..].to_vec(), ..NONE }, "pdf-signature-removed"),
        (
            "another order",
            Attack { form: |fields| fields.into_iter().rev().collect(), ..NONE },
            "pdf-changed-after-signing",
        ),
        (
            "a field twice",
            Attack { form: |fields| [fields[..1].to_vec(), fields].concat(), ..NONE },
            "pdf-signature-dictionary",
        ),
        ("an object between", Attack { between: "4 0 obj\n<< >>\nendobj\n", ..NONE }, "pdf-gap"),
        ("a comment between", Attack { between: "%4 0 obj\n", ..NONE }, "pdf-gap"),
        ("octets between", Attack { between: "x\n", ..NONE }, "pdf-gap"),
        ("white space between", Attack { between: " \n\t", ..NONE }, "none"),
    ];
    for (name, attack, expected) in table {
        let forged = attack.on(&first);
        assert_eq!(code(&forged), *expected, "{name}: {:?}", parse(&forged).err());
    }
}

#[test]
fn a_changed_trailer_or_a_skipped_revision_is_refused() {
    let plain = samples::plain();
    let first = sign(&plain, Profile::PadesB);
    let second = sign(&first, Profile::PadesB);
    let gap = last_gap(&second);
    let (old, skipped) = (samples::last_section(&first), samples::last_section(&plain));
    for (from, to, expected) in [
        (format!("/Prev {old}"), format!("/Prev {skipped:<0$}", old.to_string().len()), "pdf-gap"),
        (format!("/Prev {old}"), format!("/Prey {old}"), "pdf-gap"),
        ("/Root 1 0 R".to_owned(), "/Root 2 0 R".to_owned(), "pdf-structure"),
        ("/Size 10".to_owned(), "/Size  7".to_owned(), "pdf-cross-reference"),
        ("0000000000 65535 f".to_owned(), "0000000015 00000 n".to_owned(), "pdf-overlap"),
    ] {
        let forged = resigned(swapped_last(&second, &from, &to), &gap);
        assert_eq!(code(&forged), expected, "{from}: {:?}", parse(&forged).err());
    }
}

#[test]
fn what_is_appended_or_put_before_is_refused() {
    let plain = samples::plain();
    let signed = sign(&plain, Profile::Moj);
    for (name, forged) in [
        ("an update without a signature", samples::updated(&signed, &[(5, "<< >>")], 8, "")),
        ("an empty update", samples::updated(&signed, &[], 8, "")),
        ("a whole file after it", [signed.clone(), plain.clone()].concat()),
        ("a whole file before it", [plain.clone(), signed.clone()].concat()),
        ("an octet before it", [b" ", signed.as_slice()].concat()),
    ] {
        assert!(parse(&forged).is_err(), "{name}");
    }
    let changed = samples::updated(&signed, &[(5, "<< >>")], 8, "");
    assert_eq!(code(&Attack::on(&NONE, &changed)), "pdf-changed-after-signing");
}

/// The signature is real, and the file that it is shown in is another.
#[test]
fn a_signature_taken_to_another_file_does_not_hold() {
    let other = samples::with(&[(5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetida >>")], &[]);
    let (mine, theirs) = (sign(&samples::plain(), Profile::PadesB), sign(&other, Profile::PadesB));
    let (from, to) = (last_gap(&mine), last_gap(&theirs));
    let forged = [&theirs[..to.start], &mine[from], &theirs[to.end..]].concat();
    assert!(parse(&forged).is_ok() && !holds(&forged));
}
