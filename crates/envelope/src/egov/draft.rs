//! A document that somebody is about to sign: what there is to know of it before the card.

use super::error::EnvelopeError;
use super::fields::{self, Field};
use super::parse::read_signatures;
use super::prepare::{PrepareError, check_names};
use super::{MAX_SIGNATURES, kousei, tree};
use sha2::{Digest, Sha256};

/// Elements of 構成情報 whose text is the name of a file beside the document: a form, an attachment. Empty where that
/// goes another way, as by post.
const FILE_NAMES: [&str; 2] = ["申請書ファイル名称", "添付書類ファイル名称"];

/// A document whose 署名情報 is missing, is empty or holds earlier signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    fields: Vec<Field>,
    signed: Vec<String>,
    signatures: usize,
}

impl Draft {
    /// Reads a document of the profile, with or without signatures.
    ///
    /// # Errors
    /// The first way in which the profile is left; [`EnvelopeError::Signatures`] where a further one has no place.
    pub fn read(input: &[u8]) -> Result<Self, EnvelopeError> {
        let document = tree::read(tree::text(input)?)?;
        let kousei = kousei::read(&document)?;
        let form = kousei.form.canonical()?;
        let fields = fields::read(&form)?;
        let signatures = kousei.signatures().len();
        if signatures >= MAX_SIGNATURES {
            return Err(EnvelopeError::Signatures { count: signatures + 1 });
        }
        let earlier = match signatures {
            0 => Vec::new(),
            _ => read_signatures(&kousei, Sha256::digest(&form).into())?,
        };
        let names = earlier.iter().flat_map(super::Signature::files).map(|file| file.name.clone());
        Ok(Self { fields, signed: each_once(names), signatures })
    }

    /// What 構成情報 says, read back from the octets that will be digested.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// How many have signed it already.
    pub fn signatures(&self) -> usize {
        self.signatures
    }

    /// The names of the files that 構成情報 names, then of those that only earlier signatures cover, each once. They are
    /// the document's word: whether one can be that of a file is for [`Draft::check_names`] to say.
    pub fn file_names(&self) -> Vec<String> {
        let named = self.fields.iter().filter(|field| FILE_NAMES.contains(&last_element(&field.path)));
        let named = named.map(|field| field.text.clone()).filter(|name| !name.is_empty());
        each_once(named.chain(self.signed.iter().cloned()))
    }

    /// Whether a signature can cover files of these names: what [`super::prepare()`] would refuse after the password.
    ///
    /// # Errors
    /// As of [`super::prepare()`].
    pub fn check_names(names: &[&str]) -> Result<(), PrepareError> {
        check_names(names.iter().copied())
    }
}

fn each_once(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}

/// The last name of a path, without the number of a repeated element.
fn last_element(path: &str) -> &str {
    let last = path.rsplit('/').next().unwrap_or_default();
    last.split('[').next().unwrap_or_default()
}
