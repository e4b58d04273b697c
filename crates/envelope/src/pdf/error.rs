//! Why octets are not a signed PDF. Offsets are in octets of the file.

use super::{MAX_PDF, MAX_SIGNATURES};
use crate::cms;

/// Why octets are not a signed PDF of a known profile, or not one that could be signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// More octets than any file has.
    #[error("{length} octets are more than the {MAX_PDF} of any PDF that is read")]
    TooLong {
        /// Octets given.
        length: usize,
    },
    /// It does not begin with `%PDF-` and a known version.
    #[error("octet 0: not the beginning of a PDF 1.0 to 1.7 or 2.0")]
    Header,
    /// It does not end with `startxref`, a number and `%%EOF`.
    #[error("the end of the file: not startxref, a number and %%EOF")]
    NoEnd,
    /// Something else stands where an object, or a part of one, must stand.
    #[error("octet {offset}: expected {expected}")]
    Syntax {
        /// Offset; inside an object stream, in its octets.
        offset: usize,
        /// What must stand there.
        expected: &'static str,
    },
    /// More of something than is read.
    #[error("more {what} than {most}")]
    Limit {
        /// What there is too much of.
        what: &'static str,
        /// The most that is read.
        most: usize,
    },
    /// A cross-reference section that is not as ISO 32000-1 §7.5 has it.
    #[error("octet {offset}: the cross-reference section: {why}")]
    CrossReference {
        /// Offset of the section.
        offset: usize,
        /// What is wrong.
        why: &'static str,
    },
    /// A stream that says where objects are cannot be read.
    #[error("octet {offset}: the stream: {why}")]
    Stream {
        /// Offset of its object.
        offset: usize,
        /// What is wrong.
        why: &'static str,
    },
    /// Encrypted: what is shown depends on a password.
    #[error("an encrypted PDF is not read")]
    Encrypted,
    /// Octets that belong to no object: a reader that repairs files might find something there.
    #[error("octet {offset}: belongs to nothing that the file names")]
    Gap {
        /// The first such octet.
        offset: usize,
    },
    /// Two objects share octets.
    #[error("octet {offset}: begins inside another object")]
    Overlap {
        /// Where the second begins.
        offset: usize,
    },
    /// An object is not what it has to be.
    #[error("object {number}: {why}")]
    Object {
        /// Its number.
        number: u32,
        /// What is wrong.
        why: &'static str,
    },
    /// A part that every PDF has is missing or of another type.
    #[error("the {0} is missing or of another type")]
    Structure(&'static str),
    /// Something that is not signed, or that makes a PDF show what nobody can foresee.
    #[error("a PDF with {0} is not read")]
    Unsupported(&'static str),
    /// There is no signature.
    #[error("a PDF without a signature")]
    NotSigned,
    /// More signatures than are read.
    #[error("{count} signatures, more than {MAX_SIGNATURES}")]
    Signatures {
        /// Signatures found.
        count: usize,
    },
    /// A signature dictionary is not one of a profile (ISO 32000-1 §12.8.1).
    #[error("the signature in object {number}: {why}")]
    Dictionary {
        /// The number of its object.
        number: u32,
        /// What is wrong.
        why: &'static str,
    },
    /// ByteRange does not leave out exactly the value of Contents.
    #[error("the signature in object {number}: ByteRange covers something else than all but Contents")]
    ByteRange {
        /// The number of its object.
        number: u32,
    },
    /// The last signature does not cover the end of the file.
    #[error("octet {offset}: the last signature ends here, and the file goes on")]
    NotToTheEnd {
        /// The first octet that it does not cover.
        offset: usize,
    },
    /// Contents is not in the one form: upper-case hexadecimal digits, and zeros after the signature.
    #[error("octet {offset}: not the one form of Contents")]
    Contents {
        /// The octet, or that of the whole.
        offset: usize,
    },
    /// What stands in Contents is not a signature of the one form.
    #[error("the signature in object {number}: {error}")]
    Cms {
        /// The number of its object.
        number: u32,
        /// Why.
        error: cms::EnvelopeError,
    },
    /// A signature of an earlier revision is not there any more, or another stands in its place.
    #[error("object {number}: a signature that was there earlier, and is none of the document's now")]
    Removed {
        /// The number of its object.
        number: u32,
    },
    /// A revision after a signature does something else than to add a signature.
    #[error("changed after it was signed: {what}")]
    Changed {
        /// What was changed.
        what: &'static str,
        /// The number of the object, where it is one.
        number: Option<u32>,
    },
}
