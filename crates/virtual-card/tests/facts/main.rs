//! What is known of My Number Cards, fact by fact, as conversations with the card. The numbers are those of the list in
//! the README of this crate, which also says where each fact comes from and which ones are a client's duty.

#[cfg(test)]
mod applications;
#[cfg(test)]
mod conversation;
#[cfg(test)]
mod passwords;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod record;
#[cfg(test)]
mod robustness;
#[cfg(test)]
mod selecting;
#[cfg(test)]
mod signing;
#[cfg(test)]
mod variants;
