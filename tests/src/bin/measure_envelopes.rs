//! Measures what verifying signed applications takes, in the lines that `cargo xtask bench` reads.

use std::io::{Write, stdout};

use anyhow::Result;
use shomei_tests::figures::envelope_figures;

fn main() -> Result<()> {
    for figure in envelope_figures()? {
        writeln!(stdout(), "{}", figure.to_line()?)?;
    }
    Ok(())
}
