//! A corpus of attacks on every format, each refused by `shomei verify` with its exit code and its reason.
//!
//! A row is a name, how the file is made, and what has to be said of it. Most are made by the rightful holder's own key:
//! what is refused here is refused whoever signed it. Nothing in a row depends on chance but keys and serial numbers.
//!
//! Bleichenbacher's forgery of 2006, which needs no private key, is one for keys of exponent 3. The profile's exponent is
//! 65,537, so [`padding`] has the blocks that it would reach, made with the private key.

#[cfg(test)]
mod attack;
#[cfg(test)]
mod ber;
#[cfg(test)]
mod certificates;
#[cfg(test)]
mod cms;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod documents;
#[cfg(test)]
#[path = "../expected/mod.rs"]
mod expected;
#[cfg(test)]
mod files;
#[cfg(test)]
mod jose;
#[cfg(test)]
mod jws;
#[cfg(test)]
mod padding;
#[cfg(test)]
mod pdf;
#[cfg(test)]
mod pdf_update;
#[cfg(test)]
mod scene;
#[cfg(test)]
mod structure;
#[cfg(test)]
mod transplants;
#[cfg(test)]
mod xml;
