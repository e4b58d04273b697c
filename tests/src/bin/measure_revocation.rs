//! Measures revocation at the scale of a country, in the lines that `cargo xtask bench` reads.

use std::io::{Write, stdout};

use anyhow::Result;
use shomei_tests::figures::national_figures;

fn main() -> Result<()> {
    for figure in national_figures()? {
        writeln!(stdout(), "{}", figure.to_line()?)?;
    }
    Ok(())
}
