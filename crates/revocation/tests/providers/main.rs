//! Lists in files and over HTTP, and responders, with lists and answers made by the lab and real sockets on loopback.

#[cfg(test)]
mod chain;
#[cfg(test)]
mod download;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod openssl;
#[cfg(test)]
mod responder;
#[cfg(test)]
mod server;
#[cfg(test)]
mod swapping;
#[cfg(test)]
mod world;
