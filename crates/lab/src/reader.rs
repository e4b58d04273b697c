//! A card reader in software: a card on the other end of a TCP connection to vpcd, the virtual reader driver of
//! pcscd.

pub mod link;
