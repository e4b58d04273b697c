//! The program as it ships, behind pipes: bad input, installation, memory.

#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod installing;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod running;
#[cfg(test)]
mod signing_files;
