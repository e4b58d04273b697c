//! Signatures that are asked about again: an authority's under a certificate that many applications carry.

use super::{Algorithm, SignatureMismatch, SignatureVerifier};
use sha2::{Digest, Sha256};
use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// A verifier that remembers which signatures held, up to a number of them, the oldest forgotten first. Whatever did not
/// hold is computed again each time. What is remembered is a SHA-256 over key, message and signature, so that an answer
/// is only ever given to the very same question.
#[derive(Debug)]
pub struct RememberingVerifier<V> {
    verifier: V,
    capacity: usize,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    held: HashSet<[u8; 32]>,
    order: VecDeque<[u8; 32]>,
}

impl<V: SignatureVerifier> RememberingVerifier<V> {
    /// Remembers up to `capacity` signatures, about 100 octets each.
    pub fn new(verifier: V, capacity: usize) -> Self {
        Self { verifier, capacity, known: Mutex::default() }
    }
}

impl<V: SignatureVerifier> SignatureVerifier for RememberingVerifier<V> {
    fn verify(
        &self,
        algorithm: Algorithm,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureMismatch> {
        let question = question(algorithm, public_key, message, signature);
        if self.known.lock().unwrap_or_else(PoisonError::into_inner).held.contains(&question) {
            return Ok(());
        }
        self.verifier.verify(algorithm, public_key, message, signature)?;
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remember(question, self.capacity);
        Ok(())
    }
}

impl Known {
    fn remember(&mut self, question: [u8; 32], capacity: usize) {
        if capacity == 0 || !self.held.insert(question) {
            return;
        }
        self.order.push_back(question);
        while self.order.len() > capacity {
            if let Some(oldest) = self.order.pop_front() {
                self.held.remove(&oldest);
            }
        }
    }
}

/// Lengths stand before the parts, so that no two questions are written alike.
fn question(algorithm: Algorithm, public_key: &[u8], message: &[u8], signature: &[u8]) -> [u8; 32] {
    let Algorithm::RsaPkcs1Sha256 = algorithm;
    let mut hash = Sha256::new();
    for part in [public_key, message, signature] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Holds where the signature is the message; counts how often it is asked.
    #[derive(Default)]
    struct Counting(AtomicUsize);

    impl SignatureVerifier for &Counting {
        fn verify(
            &self,
            _: Algorithm,
            _: &[u8],
            message: &[u8],
            signature: &[u8],
        ) -> Result<(), SignatureMismatch> {
            self.0.fetch_add(1, Ordering::Relaxed);
            if message == signature { Ok(()) } else { Err(SignatureMismatch) }
        }
    }

    #[test]
    fn only_what_held_is_remembered_and_only_for_the_same_question() {
        let counting = Counting::default();
        let verifier = RememberingVerifier::new(&counting, 2);
        /// Key, message and signature in one word each, whether it holds, how often was asked by then.
        type Case = ([&'static str; 3], bool, usize);
        let questions: [Case; 9] = [
            (["k", "a", "a"], true, 1),
            (["k", "a", "a"], true, 1),
            (["l", "a", "a"], true, 2),
            (["k", "b", "a"], false, 3),
            (["k", "b", "a"], false, 4),
            (["k", "a", "a"], true, 4),
            // A third is remembered and the first forgotten.
            (["k", "c", "c"], true, 5),
            (["l", "a", "a"], true, 5),
            (["k", "a", "a"], true, 6),
        ];
        for (index, (parts, holds, asked)) in questions.into_iter().enumerate() {
            let [key, message, signature] = parts.map(str::as_bytes);
            let answer = verifier.verify(Algorithm::RsaPkcs1Sha256, key, message, signature);
            assert_eq!((answer.is_ok(), counting.0.load(Ordering::Relaxed)), (holds, asked), "{index}");
        }
    }

    #[test]
    fn parts_are_not_run_together() {
        let one = question(Algorithm::RsaPkcs1Sha256, b"ab", b"c", b"");
        for other in [["a", "bc", ""], ["ab", "", "c"], ["", "abc", ""]] {
            let [key, message, signature] = other.map(str::as_bytes);
            assert_ne!(one, question(Algorithm::RsaPkcs1Sha256, key, message, signature));
        }
    }
}
