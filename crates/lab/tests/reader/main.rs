//! Card and reader as programs, used by OpenSC, which knows the card from elsewhere, and by a PC/SC client.

#[cfg(test)]
mod card;
#[cfg(test)]
mod ends;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod opensc;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod pcsc_client;
#[cfg(test)]
mod program;
