//! This crate beside `openssl verify -x509_strict -policy_check -explicit_policy` on thousands of broken certificates.
//!
//! Where the two disagree, `explained.txt` says why; a disagreement that is not in it fails the test, and so does an
//! entry that no longer occurs.

#[cfg(test)]
mod blocks;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod comparison;
#[cfg(test)]
mod judges;
#[cfg(test)]
mod named;
#[cfg(test)]
mod signer;
#[cfg(test)]
mod tree;
