//! The crate against a scripted card, the virtual card, and cards that answer anything.

mod desk;
mod exchanges;
mod facts;
mod faults;
mod filing;
mod operations;
mod pad;
mod refusals;
mod rules;
mod script;
mod trace;

use crate::{PasswordEntry, SignaturePassword};

fn password(text: &str) -> SignaturePassword {
    let mut entry = PasswordEntry::new();
    entry.paste(text).unwrap();
    SignaturePassword::parse(&entry).unwrap()
}

/// A DER SEQUENCE of `length` bytes altogether, at least 260: what this crate takes for a certificate.
fn certificate(length: usize) -> Vec<u8> {
    let [high, low] = u16::try_from(length - 4).unwrap().to_be_bytes();
    let body = (0..length - 4).map(|index| u8::try_from(index % 251).unwrap());
    [0x30, 0x82, high, low].into_iter().chain(body).collect()
}
