//! This crate beside `openssl verify -x509_strict -policy_check -explicit_policy` on thousands of broken certificates,
//! and beside `openssl verify -crl_check` on thousands of broken revocation lists.
//!
//! Where the two disagree, `explained.txt` or `explained_lists.txt` says why; a disagreement that is not in it fails the test, and so does an
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
mod lists;
#[cfg(test)]
mod named;
#[cfg(test)]
mod signer;
#[cfg(test)]
mod tree;
