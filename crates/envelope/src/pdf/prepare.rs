//! Adding a signature in two steps, with the card between them.

use super::document::Document;
use super::error::EnvelopeError;
use super::form::Form;
use super::object::{Dictionary, Object, Reference};
use super::parse::parse;
use super::profile::Profile;
use super::signature::{digest, hexadecimal};
use super::write::{self, Update};
use super::{MAX_PAGE_DEPTH, MAX_SIGNATURES, words};
use crate::cades::{CompleteError, SIGNATURE_LENGTH};
use crate::cms::{self, ContentType, Parts, Signer};
use sha2::{Digest, Sha256};
use shomei_application::Timestamp;
use shomei_pki::{ProfileError, SigningCertificate, TimeError};
use std::ops::Range;

/// A PDF that lacks only the value of its new signature.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The whole file, with zeros for Contents.
    file: Vec<u8>,
    gap: Range<usize>,
    signer: Signer,
}

/// Why no signature can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// Not a PDF that is read, not one any more with a further signature, or one that was changed after an earlier one.
    #[error(transparent)]
    Document(#[from] EnvelopeError),
    /// The certificate is not a signature certificate.
    #[error("the certificate: {0}")]
    Certificate(#[from] ProfileError),
    /// The time does not fit UTCTime.
    #[error("the signing time: {0}")]
    SigningTime(#[from] TimeError),
}

/// Adds a signature field that shows nothing, and the signature in it, to `octets`, a PDF with or without signatures.
/// All of the file stays as it is, octet for octet; an incremental update comes after it. `certificate` is the signer's
/// certificate in DER, whose holder's name is stated; `signing_time` is the signer's claim, stated in Japan's time.
///
/// # Errors
/// [`PrepareError`]; nothing was signed.
pub fn prepare(
    octets: &[u8],
    profile: Profile,
    certificate: &[u8],
    signing_time: Timestamp,
) -> Result<Prepared, PrepareError> {
    let holder = SigningCertificate::parse(certificate)?.holder().name.clone();
    let written = profile.rules().writes_signing_time.then_some(signing_time);
    let signer = |digest| cms::signer::<PrepareError>(ContentType::Pdf, digest, certificate, written);
    let length = encode(signer([0; 32])?, vec![0; SIGNATURE_LENGTH]).len();
    let date = words::date(signing_time).ok_or(EnvelopeError::Structure("year"))?;
    let stated = Stated { profile, name: words::encode(&holder), date: date.into_bytes(), length };
    let (file, gap) = updated(octets, &stated)?;
    let signer = signer(digest(&file, &gap, file.len()))?;
    let prepared = Prepared { file, gap, signer };
    // By the reader that everybody uses: a document that it would refuse is refused before the card.
    parse(&prepared.with_value(vec![0; SIGNATURE_LENGTH]))?;
    Ok(prepared)
}

/// Whether a signature can be added to `octets`, as far as it shows before the certificate is known: so that nobody is
/// asked for a password in vain. Gives the number of signatures that are there already.
///
/// # Errors
/// As of [`prepare`].
pub fn check(octets: &[u8]) -> Result<usize, EnvelopeError> {
    let stated =
        Stated { profile: Profile::Moj, name: Vec::new(), date: Vec::new(), length: SIGNATURE_LENGTH };
    updated(octets, &stated)?;
    let count = match parse(octets) {
        Ok(signed) => signed.signatures().len(),
        Err(EnvelopeError::NotSigned) => 0,
        Err(error) => return Err(error),
    };
    match count {
        0..MAX_SIGNATURES => Ok(count),
        _ => Err(EnvelopeError::Signatures { count: MAX_SIGNATURES + 1 }),
    }
}

fn encode(mut signer: Signer, value: Vec<u8>) -> Vec<u8> {
    let content_type = signer.attributes.content_type;
    signer.signature = value;
    Parts { content: None, content_type, signers: vec![signer] }.encode()
}

impl Prepared {
    fn with_value(&self, value: Vec<u8>) -> Vec<u8> {
        let contents = hexadecimal(&encode(self.signer.clone(), value));
        let part = |range: Range<usize>| self.file.get(range).unwrap_or_default();
        [part(0..self.gap.start), &contents, part(self.gap.end..self.file.len())].concat()
    }

    /// SHA-256 of the signed attributes: what the card signs, inside a DigestInfo, with PKCS #1 v1.5 padding.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.signer.attributes.to_be_signed()).into()
    }

    /// The document with its new signature. The signature is not checked here.
    ///
    /// # Errors
    /// [`CompleteError::SignatureLength`].
    pub fn complete(self, signature: &[u8]) -> Result<Vec<u8>, CompleteError> {
        if signature.len() != SIGNATURE_LENGTH {
            return Err(CompleteError::SignatureLength { length: signature.len() });
        }
        Ok(self.with_value(signature.to_vec()))
    }
}

/// What the signature dictionary says.
pub(super) struct Stated {
    pub(super) profile: Profile,
    pub(super) name: Vec<u8>,
    pub(super) date: Vec<u8>,
    /// Octets of the signature that Contents will hold. They are known before, and nothing else is left room for.
    pub(super) length: usize,
}

/// The file with its update, and the place of Contents in it.
fn updated(octets: &[u8], stated: &Stated) -> Result<(Vec<u8>, Range<usize>), EnvelopeError> {
    let document = Document::read(octets)?;
    let form = Form::read(&document)?;
    if form.has_xfa() {
        return Err(EnvelopeError::Unsupported("a form that a program lays out (XFA)"));
    }
    let page = first_page(&document)?;
    let mut update = Update::new(&document)?;
    let (signature, field) = (update.number()?, update.number()?);
    let (gap, ranges) = add_signature(&mut update, signature, stated);
    update.whole(field, &Object::Dictionary(new_field(&document, &form, signature, page)?));
    add_annotation(&mut update, &document, page, field)?;
    add_field(&mut update, &document, form, field)?;
    let mut file = [octets, &update.finish()?].concat();
    fill(&mut file, &gap, ranges);
    Ok((file, gap))
}

/// Octets of ByteRange: three offsets of eight digits and what stands between them.
const RANGES: usize = 40;

/// Writes the signature dictionary. Returns the places of Contents and of what ByteRange will be.
pub(super) fn add_signature(
    update: &mut Update<'_>,
    signature: Reference,
    stated: &Stated,
) -> (Range<usize>, Range<usize>) {
    let head = Dictionary::default()
        .with("Type", Object::name("Sig"))
        .with("Filter", Object::name("Adobe.PPKLite"))
        .with("SubFilter", Object::name(stated.profile.rules().sub_filter))
        .with("Name", Object::text(stated.name.clone()));
    let mut octets = Vec::new();
    write::object(&mut octets, &Object::Dictionary(head));
    update.begin(signature);
    update.raw(octets.strip_suffix(b">>").unwrap_or_default());
    update.raw(b"/M (");
    update.raw(&stated.date);
    update.raw(b")\n/ByteRange ");
    let ranges = update.at();
    update.raw(&[b' '; RANGES]);
    update.raw(b"\n/Contents ");
    let start = update.at();
    update.raw(&hexadecimal(&vec![0; stated.length]));
    let gap = start..update.at();
    update.raw(b"\n>>");
    update.end();
    (gap, ranges..ranges + RANGES)
}

pub(super) fn fill(file: &mut [u8], gap: &Range<usize>, place: Range<usize>) {
    let text = format!("[0 {} {} {}]", gap.start, gap.end, file.len() - gap.end);
    if let Some(room) = file.get_mut(place) {
        room.iter_mut().zip(text.bytes()).for_each(|(room, octet)| *room = octet);
    }
}

/// A field and its widget: hidden, printable, locked (ISO 32000-1 table 165).
pub(super) fn new_field(
    document: &Document<'_>,
    form: &Form,
    signature: Reference,
    page: Reference,
) -> Result<Dictionary, EnvelopeError> {
    const PRINT_AND_LOCKED: usize = 4 + 128;
    let taken = form.names(document)?;
    let names = (1_usize..).map(|number| format!("Signature{number}").into_bytes());
    let name = names.into_iter().find(|name| !taken.contains(name)).unwrap_or_default();
    Ok(Dictionary::default()
        .with("Type", Object::name("Annot"))
        .with("Subtype", Object::name("Widget"))
        .with("FT", Object::name("Sig"))
        .with("T", Object::text(name))
        .with("F", Object::integer(PRINT_AND_LOCKED))
        .with("Rect", Object::Array([0; 4].map(Object::integer).to_vec()))
        .with("P", Object::Reference(page))
        .with("V", Object::Reference(signature)))
}

/// ISO 32000-1 §7.7.3.
pub(super) fn first_page(document: &Document<'_>) -> Result<Reference, EnvelopeError> {
    let missing = EnvelopeError::Structure("first page");
    let catalog = document.catalog()?;
    let mut reference = catalog.get("Pages").and_then(Object::as_reference).ok_or_else(|| missing.clone())?;
    for _ in 0..MAX_PAGE_DEPTH {
        let Object::Dictionary(node) = document.get(reference)? else { return Err(missing) };
        if node.is_of_type("Page") {
            return Ok(reference);
        }
        let kids = document.value(&node, "Kids")?;
        let first = kids.as_array().and_then(|kids| kids.first());
        reference = first.and_then(Object::as_reference).ok_or_else(|| missing.clone())?;
    }
    Err(EnvelopeError::Limit { what: "nesting of pages", most: MAX_PAGE_DEPTH })
}

pub(super) fn add_annotation(
    update: &mut Update<'_>,
    document: &Document<'_>,
    page: Reference,
    field: Reference,
) -> Result<(), EnvelopeError> {
    let Object::Dictionary(dictionary) = document.get(page)? else {
        return Err(EnvelopeError::Structure("first page"));
    };
    let mut annotations = match document.value(&dictionary, "Annots")? {
        Object::Null => Vec::new(),
        Object::Array(annotations) => annotations,
        _ => return Err(EnvelopeError::Structure("Annots")),
    };
    annotations.push(Object::Reference(field));
    let annotations = Object::Array(annotations);
    match dictionary.get("Annots").and_then(Object::as_reference) {
        Some(array) => update.whole(array, &annotations),
        None => update.whole(page, &Object::Dictionary(dictionary.with("Annots", annotations))),
    }
    Ok(())
}

/// Adds the field where the document has its fields: in an array, in its form, or in a new form in the catalog.
pub(super) fn add_field(
    update: &mut Update<'_>,
    document: &Document<'_>,
    form: Form,
    field: Reference,
) -> Result<(), EnvelopeError> {
    const SIGNATURES_AND_APPEND_ONLY: usize = 3;
    let mut fields = form.fields;
    fields.push(Object::Reference(field));
    let mut dictionary = form.dictionary.with("SigFlags", Object::integer(SIGNATURES_AND_APPEND_ONLY));
    match form.array {
        Some(array) => update.whole(array, &Object::Array(fields)),
        None => dictionary = dictionary.with("Fields", Object::Array(fields)),
    }
    let dictionary = Object::Dictionary(dictionary);
    match form.reference {
        Some(reference) => update.whole(reference, &dictionary),
        None => {
            let catalog = document.catalog()?.with("AcroForm", dictionary);
            update.whole(document.root()?, &Object::Dictionary(catalog));
        }
    }
    Ok(())
}
