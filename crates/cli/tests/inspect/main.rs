//! `shomei inspect` as a person or a script runs it, with OpenSSL as the judge of what certificates and lists say.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod certificates;
#[cfg(test)]
mod departures;
#[cfg(test)]
mod documented;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod shown;
