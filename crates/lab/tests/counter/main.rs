//! The counter and the publisher as programs, judged by OpenSSL.

#[cfg(test)]
mod actions;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod document;
#[cfg(test)]
mod http;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod publisher;
