//! Why something is not a signed `kousei.xml`, with its place. Offsets are in octets of the document.

use super::name::NameError;
use super::{
    MAX_ATTRIBUTES, MAX_CERTIFICATE, MAX_DEPTH, MAX_ELEMENTS, MAX_FIELDS, MAX_PATH, MAX_REFERENCES,
    MAX_SIGNATURES, MAX_XML,
};

/// Why bytes are not an envelope of this profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// More octets than any document has.
    #[error("{length} octets are more than the {MAX_XML} of any document")]
    TooLong {
        /// Octets given.
        length: usize,
    },
    /// Not UTF-8.
    #[error("octet {offset}: not UTF-8")]
    NotUtf8 {
        /// The first octet that is not.
        offset: usize,
    },
    /// The XML declaration names another encoding.
    #[error("the XML declaration: {found:?} is not UTF-8")]
    Encoding {
        /// What stands there.
        found: String,
    },
    /// XML of another version, with other rules for characters.
    #[error("the XML declaration: {found:?} is not 1.0")]
    Version {
        /// What stands there.
        found: String,
    },
    /// A character that XML does not have (XML 1.0 §2.2).
    #[error("octet {offset}: {character:?} is no character of XML")]
    Character {
        /// Where it stands.
        offset: usize,
        /// The character.
        character: char,
    },
    /// A document type declaration, or other markup of a DTD.
    #[error("octet {offset}: a document type declaration")]
    DocumentType {
        /// Where it begins.
        offset: usize,
    },
    /// A reference to an entity that a DTD would declare, or a `&` alone.
    #[error("octet {offset}: a reference to an entity")]
    EntityReference {
        /// Where it begins.
        offset: usize,
    },
    /// A tab or a line break in an attribute's value, as itself and not as a character reference. XML reads it as a
    /// space (XML 1.0 §3.3.3), some programs do not, and a digest differs by it.
    #[error("octet {offset}: a tab or line break in an attribute's value")]
    AttributeWhiteSpace {
        /// Where the tag begins.
        offset: usize,
    },
    /// A carriage return in a CDATA section. XML reads it as a line feed (XML 1.0 §2.11), some programs do not.
    #[error("octet {offset}: a CDATA section with a carriage return")]
    CDataLineEnd {
        /// Where the section begins.
        offset: usize,
    },
    /// Elements inside each other, deeper than in any document.
    #[error("octet {offset}: deeper than {MAX_DEPTH} elements")]
    TooDeep {
        /// The first element that is too deep.
        offset: usize,
    },
    /// More elements than in any document.
    #[error("octet {offset}: more than {MAX_ELEMENTS} elements")]
    TooManyElements {
        /// The first one too many.
        offset: usize,
    },
    /// More attributes than any element has.
    #[error("octet {offset}: {count} attributes, more than {MAX_ATTRIBUTES}")]
    TooManyAttributes {
        /// The element.
        offset: usize,
        /// How many.
        count: usize,
    },
    /// Markup that does not end.
    #[error("octet {offset}: markup that does not end")]
    Unterminated {
        /// Where it begins.
        offset: usize,
    },
    /// Not well-formed XML with namespaces.
    #[error("line {line}, column {column}: not well-formed: {reason}")]
    NotWellFormed {
        /// The line, from 1; 0 where the document ends too early.
        line: usize,
        /// The column, from 1; 0 likewise.
        column: usize,
        /// The parser's words.
        reason: String,
    },
    /// No element at all.
    #[error("no element")]
    NoElement,
    /// An element has no canonical form.
    #[error("no canonical form: {reason}")]
    Canonicalization {
        /// The words of the library.
        reason: String,
    },
    /// The outermost element is not `DataRoot` without a namespace.
    #[error("the outermost element: {found:?} is not DataRoot without a namespace")]
    Root {
        /// Its name without prefix.
        found: String,
    },
    /// A part of the document is missing.
    #[error("{expected} is missing")]
    MissingPart {
        /// Its name.
        expected: &'static str,
    },
    /// Another part, or one in a namespace, stands in a part's place.
    #[error("octet {offset}: {found:?}, where {expected} must stand")]
    Part {
        /// What stands there.
        offset: usize,
        /// The part.
        expected: &'static str,
        /// The name found, without prefix.
        found: String,
    },
    /// A part that the profile does not have, or has once.
    #[error("octet {offset}: {found:?} has no place here")]
    UnexpectedPart {
        /// Where it stands.
        offset: usize,
        /// Its name without prefix.
        found: String,
    },
    /// DataRoot or 署名情報 has an attribute or declares a namespace.
    #[error("octet {offset}: attributes, where there are none")]
    PartAttributes {
        /// The element.
        offset: usize,
    },
    /// DataRoot or 署名情報 holds text.
    #[error("octet {offset}: text beside elements")]
    PartText {
        /// The element.
        offset: usize,
    },
    /// 構成情報 does not have exactly the attribute `ID="構成情報"`.
    #[error("octet {offset}: not exactly the attribute ID=\"構成情報\"")]
    FormId {
        /// The element.
        offset: usize,
    },
    /// A second element with the ID of 構成情報, whatever its attribute is called.
    #[error("octet {offset}: a second element with the ID of 構成情報")]
    SecondId {
        /// The element.
        offset: usize,
    },
    /// Something that may not stand in what is signed.
    #[error("構成情報, {0}")]
    Form(#[from] FormError),
    /// An element of XML Signature outside 署名情報.
    #[error("octet {offset}: an element of a signature outside 署名情報")]
    SignatureElsewhere {
        /// The element.
        offset: usize,
    },
    /// No signature, or more than may be.
    #[error("{count} signatures, not 1 to {MAX_SIGNATURES}")]
    Signatures {
        /// How many.
        count: usize,
    },
    /// A signature is not of the profile.
    #[error("signature {number}, {error}")]
    Signature {
        /// Which, from 1.
        number: usize,
        /// Why not.
        error: SignatureError,
    },
}

/// Why the signed element is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// A comment: canonicalization drops it, so it would not be signed.
    #[error("octet {offset}: a comment")]
    Comment {
        /// Where it begins.
        offset: usize,
    },
    /// A processing instruction: it would be signed and not be seen.
    #[error("octet {offset}: a processing instruction")]
    Instruction {
        /// Where it begins.
        offset: usize,
    },
    /// An element or attribute in a namespace, a colon in its name, or the declaration of a namespace.
    #[error("octet {offset}: a namespace")]
    Namespace {
        /// The element.
        offset: usize,
    },
    /// Text beside elements.
    #[error("{path}: text beside elements")]
    Mixed {
        /// The element that holds both, as in [`super::Field::path`].
        path: String,
    },
    /// More texts and attributes than in any form.
    #[error("more than {MAX_FIELDS} fields")]
    Fields,
    /// A path longer than any.
    #[error("a path of {length} octets, more than {MAX_PATH}")]
    Path {
        /// Its octets.
        length: usize,
    },
}

/// Why an element of 署名情報 is not a signature of the profile. Names of elements and attributes are XML Signature's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Another element, or one of another namespace.
    #[error("octet {offset}: {found:?}, where {expected} must stand")]
    Element {
        /// What stands there.
        offset: usize,
        /// The element of the profile.
        expected: &'static str,
        /// The name found, after its namespace in braces where that is not XML Signature's.
        found: String,
    },
    /// An element is missing.
    #[error("octet {offset}: no {expected} inside")]
    Missing {
        /// The element that should hold it.
        offset: usize,
        /// The element of the profile.
        expected: &'static str,
    },
    /// An element that the profile does not have there.
    #[error("octet {offset}: {found:?} has no place here")]
    Unexpected {
        /// Where it stands.
        offset: usize,
        /// Its name, as in [`SignatureError::Element`].
        found: String,
    },
    /// Not exactly the attributes of the profile.
    #[error("octet {offset}: not exactly the attributes of the profile")]
    Attributes {
        /// The element.
        offset: usize,
    },
    /// A namespace other than XML Signature's is declared.
    #[error("octet {offset}: the namespace {found:?} is declared")]
    Namespace {
        /// The element.
        offset: usize,
        /// The namespace; empty where the default one is taken away.
        found: String,
    },
    /// Text where only elements stand.
    #[error("octet {offset}: text beside elements")]
    Text {
        /// The element around it.
        offset: usize,
    },
    /// A comment.
    #[error("octet {offset}: a comment")]
    Comment {
        /// Where it begins.
        offset: usize,
    },
    /// A processing instruction.
    #[error("octet {offset}: a processing instruction")]
    Instruction {
        /// Where it begins.
        offset: usize,
    },
    /// The Id is not a time as `YYYYMMDDhhmmss`.
    #[error("Id: {found:?} is not a time as YYYYMMDDhhmmss")]
    Id {
        /// What stands there.
        found: String,
    },
    /// An algorithm other than the one of the profile.
    #[error("octet {offset}: {element} {found:?} is not accepted")]
    Algorithm {
        /// The element.
        offset: usize,
        /// Its name.
        element: &'static str,
        /// The algorithm's identifier.
        found: String,
    },
    /// The first reference is not the one to 構成情報.
    #[error("octet {offset}: the first reference is {found:?} and not #構成情報")]
    FirstReference {
        /// The reference.
        offset: usize,
        /// Its URI.
        found: String,
    },
    /// A further reference is not to a file beside the document.
    #[error("octet {offset}: {found:?} does not name a file: {error}")]
    FileReference {
        /// The reference.
        offset: usize,
        /// Its URI.
        found: String,
        /// What is wrong with it.
        error: NameError,
    },
    /// Two references to one file.
    #[error("octet {offset}: a second reference to {name:?}")]
    SecondReference {
        /// The second one.
        offset: usize,
        /// The file.
        name: String,
    },
    /// More references than any signature has.
    #[error("{count} references, more than {MAX_REFERENCES}")]
    References {
        /// How many.
        count: usize,
    },
    /// Not base64 (RFC 4648 §4) in its one form, apart from line breaks.
    #[error("octet {offset}: {element} is not base64 in its one form")]
    Base64 {
        /// The element.
        offset: usize,
        /// Its name.
        element: &'static str,
    },
    /// More or fewer octets than the element has.
    #[error("octet {offset}: {element} has {length} octets, not {expected}")]
    Length {
        /// The element.
        offset: usize,
        /// Its name.
        element: &'static str,
        /// Octets found.
        length: usize,
        /// Octets of the profile.
        expected: usize,
    },
    /// An empty certificate, or one longer than any.
    #[error("octet {offset}: a certificate of {length} octets, not 1 to {MAX_CERTIFICATE}")]
    CertificateLength {
        /// The element.
        offset: usize,
        /// Octets found.
        length: usize,
    },
}
