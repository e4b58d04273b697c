//! `shomei verify` as a person or a script runs it: exit codes and words.

#[cfg(test)]
mod codes;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod documented;
#[cfg(test)]
#[path = "../expected/mod.rs"]
mod expected;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod several;
#[cfg(test)]
mod sources;
