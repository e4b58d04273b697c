//! The site as browsers meet it, through its routes and a real database, with envelopes signed by a card of the lab.

mod binding;
mod desk;
mod filing;
mod jades;
mod pages;
mod signature;
mod standing;
