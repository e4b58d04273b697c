//! PDFs and the updates that sign them (ISO 32000-1 §7.5.6, §12.8), of which every part can be another. They are written
//! as text here, by nothing that the reader shares.

use crate::cms::{CONTENT_TYPE, Cms, DATA, SIGNING_TIME, Signer, oid};
use crate::scene::scene;
use shomei_lab::Issued;
use shomei_pki::der::integer;
use std::fmt::Write as _;
use std::ops::Range;

/// A page of text: objects 1 to 5.
const OBJECTS: [(u32, &str); 5] = [
    (1, "<< /Type /Catalog /Pages 2 0 R >>"),
    (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
    (
        3,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
    ),
    (4, "<< /Length 38 >>\nstream\nBT /F 24 Tf 72 720 Td (MIHON) Tj ET   \nendstream"),
    (5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
];
/// Octets of ByteRange.
const RANGES: usize = 40;
/// Octets that Contents stand for: more than a signature has, so that zeros come after it.
pub(crate) const ROOM: usize = 4096;

/// Objects that come after a file, with their table and trailer.
#[derive(Clone)]
pub(crate) struct Update {
    /// Number and text, in the order in which they stand.
    pub(crate) objects: Vec<(u32, String)>,
    /// What stands between the last object and the table.
    pub(crate) between: String,
    pub(crate) size: u32,
    /// What the trailer has beside Size, Root and Prev.
    pub(crate) trailer: String,
    pub(crate) root: u32,
}

impl Update {
    /// These objects after the first signature.
    pub(crate) fn of(objects: &[(u32, &str)]) -> Self {
        let objects = objects.iter().map(|(number, text)| (*number, (*text).to_owned())).collect();
        Self { objects, between: String::new(), size: 10, trailer: String::new(), root: 1 }
    }

    /// What adds the first signature or the second one, in the profile PAdES B-B.
    pub(crate) fn signing(which: u32) -> Self {
        let (signature, field) = (4 + 2 * which, 5 + 2 * which);
        let fields: String = (1..=which).map(|one| format!("{} 0 R ", 5 + 2 * one)).collect();
        let widget = format!(
            "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature{which}) /F 132 /Rect [0 0 0 0] /P 3 0 R /V {signature} 0 R >>"
        );
        let page = format!("{} /Annots [{fields}] >>", OBJECTS[2].1.strip_suffix(" >>").unwrap());
        let form =
            format!("<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [{fields}] /SigFlags 3 >> >>");
        let objects = vec![(signature, dictionary()), (field, widget), (3, page), (1, form)];
        Self { objects, size: field + 1, ..Self::of(&[]) }
    }

    /// The text of an object, with one text in the place of another.
    pub(crate) fn replace(&mut self, number: u32, from: &str, to: &str) {
        let (_, text) = self.objects.iter_mut().find(|(found, _)| *found == number).unwrap();
        assert!(text.contains(from), "{from} in {text}");
        *text = text.replacen(from, to, 1);
    }

    pub(crate) fn push(&mut self, number: u32, text: &str) {
        self.objects.push((number, text.to_owned()));
        self.size = self.size.max(number + 1);
    }

    pub(crate) fn onto(&self, file: &[u8]) -> Vec<u8> {
        let previous = if file.is_empty() { String::new() } else { format!("/Prev {}", last_section(file)) };
        let mut whole = if file.is_empty() { b"%PDF-1.7\n".to_vec() } else { file.to_vec() };
        let mut table = "xref\n0 1\n0000000000 65535 f \n".to_owned();
        let mut places = Vec::new();
        for (number, text) in &self.objects {
            places.push((*number, whole.len()));
            whole.extend(format!("{number} 0 obj\n{text}\nendobj\n").bytes());
        }
        whole.extend(self.between.bytes());
        places.sort_unstable();
        for (number, place) in places {
            write!(table, "{number} 1\n{place:010} 00000 n \n").unwrap();
        }
        let Self { size, root, trailer, .. } = self;
        let start = whole.len();
        write!(table, "trailer\n<< /Size {size} /Root {root} 0 R {previous} {trailer} >>\n").unwrap();
        whole.extend(format!("{table}startxref\n{start}\n%%EOF\n").bytes());
        whole
    }
}

/// A signature dictionary that lacks its numbers and its signature.
fn dictionary() -> String {
    let time: String = scene().now.to_string().chars().filter(char::is_ascii_digit).collect();
    format!(
        "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:{time}Z) /ByteRange {:RANGES$} /Contents <{}> >>",
        "",
        "0".repeat(2 * ROOM)
    )
}

/// A page without a signature.
pub(crate) fn plain() -> Vec<u8> {
    Update { size: 6, ..Update::of(&OBJECTS) }.onto(b"")
}

/// A page with one good signature.
pub(crate) fn good() -> Vec<u8> {
    seal(Update::signing(1).onto(&plain()))
}

/// What the last `startxref` names.
pub(crate) fn last_section(file: &[u8]) -> usize {
    let place = last(file, "startxref\n") + 10;
    let digits = file[place..].iter().take_while(|octet| octet.is_ascii_digit()).count();
    std::str::from_utf8(&file[place..place + digits]).unwrap().parse().unwrap()
}

/// Where a text stands for the last time.
pub(crate) fn last(file: &[u8], text: &str) -> usize {
    file.windows(text.len()).rposition(|window| window == text.as_bytes()).expect(text)
}

/// The value of the last Contents, `<` and `>` among it.
pub(crate) fn gap(file: &[u8]) -> Range<usize> {
    let start = last(file, "/Contents <") + "/Contents ".len();
    start..start + file[start..].iter().position(|octet| *octet == b'>').unwrap() + 1
}

/// The holder's signature in the last Contents, over all else.
pub(crate) fn seal(file: Vec<u8>) -> Vec<u8> {
    seal_as(
        file,
        |start, end, rest| format!("[0 {start} {end} {rest}]"),
        |covered| of(scene().holder(), covered),
    )
}

/// The same with another ByteRange, or something else in Contents.
pub(crate) fn seal_as(
    mut file: Vec<u8>,
    range: impl Fn(usize, usize, usize) -> String,
    contents: impl Fn(&[u8]) -> Cms,
) -> Vec<u8> {
    let gap = gap(&file);
    let place = last(&file, "/ByteRange ") + "/ByteRange ".len();
    let range = range(gap.start, gap.end, file.len() - gap.end);
    file[place..place + RANGES].copy_from_slice(format!("{range:RANGES$}").as_bytes());
    let cms = contents(&covered(&file)).encode();
    filled(&file, &cms)
}

/// All but the last Contents.
pub(crate) fn covered(file: &[u8]) -> Vec<u8> {
    let gap = gap(file);
    [&file[..gap.start], &file[gap.end..]].concat()
}

/// With this in the last Contents, and zeros after it.
pub(crate) fn filled(file: &[u8], cms: &[u8]) -> Vec<u8> {
    let gap = gap(file);
    let mut text = String::from("<");
    cms.iter().for_each(|octet| write!(text, "{octet:02X}").unwrap());
    assert!(text.len() < gap.len(), "{} octets", cms.len());
    let text = format!("{text:0<0$}>", gap.len() - 1);
    [&file[..gap.start], text.as_bytes(), &file[gap.end..]].concat()
}

/// What a PDF signature of ours is: CMS over id-data, without a time of its own.
pub(crate) fn of(key: &Issued, covered: &[u8]) -> Cms {
    let mut signer = Signer::of(key, DATA, covered);
    signer.remove(SIGNING_TIME);
    signer.set(CONTENT_TYPE, &[&oid(DATA)]);
    Cms {
        content_type: DATA.to_vec(),
        version: integer(1),
        certificates: vec![key.certificate.clone()],
        signers: vec![signer],
        ..Cms::beside(b"")
    }
}
