//! Where a password or PIN is kept.

use zeroize::Zeroizing;

/// Most bytes of a password or PIN.
const CAPACITY: usize = 16;

/// Bytes for the card, in one place of constant size that is wiped on drop. They cannot be printed, compared or
/// copied.
pub(super) struct Secret {
    // On the heap, because moving the struct would leave copies on the stack.
    bytes: Box<Zeroizing<[u8; CAPACITY]>>,
    length: usize,
}

impl Secret {
    /// Takes at most 16 bytes; more are left out, which the caller's rules exclude before.
    pub(super) fn new(bytes: impl Iterator<Item = u8>) -> Self {
        let mut kept = Box::new(Zeroizing::new([0; CAPACITY]));
        let length = kept.iter_mut().zip(bytes).map(|(place, byte)| *place = byte).count();
        Self { bytes: kept, length }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}
