//! Several signers of one application in one envelope, as a household signs one form.

use super::envelope::KINDS;
use super::{EnvelopeError, MAX_SIGNERS};
use crate::cms::{self, Parts};

/// Why envelopes do not become one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// One of them is no envelope.
    #[error("envelope {index}: {error}")]
    Envelope {
        /// Which, from 0.
        index: usize,
        /// Why.
        error: EnvelopeError,
    },
    /// One of them is around another document.
    #[error("envelope {index}: another document")]
    OtherContent {
        /// Which, from 0.
        index: usize,
    },
    /// One of them is signed with a certificate that has signed another.
    #[error("envelope {index}: signed with a certificate that has signed already")]
    SameSigner {
        /// Which, from 0.
        index: usize,
    },
    /// Nothing to merge, or more signers than one envelope may have.
    #[error("{count} signers, not 1 to {MAX_SIGNERS}")]
    Signers {
        /// Signers in all.
        count: usize,
    },
}

/// One envelope with the signatures of all `envelopes`, which are around the very same document: each signer signed it
/// alone and saw all of it. Signatures are independent of each other (RFC 5652 §5.1), so none has to be made again.
/// Nothing is verified here.
///
/// # Errors
/// The first envelope that does not fit, by its index.
pub fn merge(envelopes: &[&[u8]]) -> Result<Vec<u8>, MergeError> {
    let mut merged: Option<Parts> = None;
    for (index, envelope) in envelopes.iter().enumerate() {
        let parts = read(envelope, index)?;
        match &mut merged {
            None => merged = Some(parts),
            Some(merged) => join(merged, parts, index)?,
        }
    }
    let merged = merged.ok_or(MergeError::Signers { count: 0 })?;
    match merged.signers.len() {
        1..=MAX_SIGNERS => Ok(merged.encode()),
        count => Err(MergeError::Signers { count }),
    }
}

fn read(envelope: &[u8], index: usize) -> Result<Parts, MergeError> {
    match cms::read(envelope, &KINDS) {
        Ok(parts) if parts.content.is_some() => Ok(parts),
        Ok(_) => Err(MergeError::Envelope { index, error: EnvelopeError::NoContent }),
        Err(error) => Err(MergeError::Envelope { index, error }),
    }
}

fn join(merged: &mut Parts, parts: Parts, index: usize) -> Result<(), MergeError> {
    if merged.content != parts.content {
        return Err(MergeError::OtherContent { index });
    }
    for signer in parts.signers {
        if merged.signers.iter().any(|known| known.certificate == signer.certificate) {
            return Err(MergeError::SameSigner { index });
        }
        merged.signers.push(signer);
    }
    Ok(())
}
