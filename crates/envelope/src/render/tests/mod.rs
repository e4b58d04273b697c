//! What people and programs are told, over reports that between them have every variant of every enum.

mod pages;
mod samples;
mod schema;
mod tables;
