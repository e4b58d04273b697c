//! Measures what operations on a card take, in the lines that `cargo xtask bench` reads.

use std::io::{Write, stdout};

use anyhow::Result;
use clap::Parser;
use shomei_tests::figures::{
    Figure, card_of_usual_length, exchange_figures, opensc_figures, overhead_figure, window_figure,
};
use shomei_tests::{CARD, Desk, built, issue, printed};

#[derive(Parser)]
struct Arguments {
    /// Only how long the key stands open, with the card in the reader that `PCSCLITE_CSOCK_NAME` names.
    #[arg(long)]
    window: bool,
}

fn main() -> Result<()> {
    if Arguments::parse().window {
        return say(&[window_figure()?]);
    }
    let world = issue()?;
    let card = card_of_usual_length(&world.path().join(CARD))?;
    say(&exchange_figures(card.path())?)?;
    say(&opensc_figures(&mut Desk::with_card(card.path())?, card.path())?)?;
    say(&[overhead_figure()?])?;
    // PC/SC takes its service from the environment, once for a process.
    let desk = Desk::set()?;
    Ok(stdout().write_all(&printed(desk.client(built("measure-card")?).arg("--window"))?)?)
}

fn say(figures: &[Figure]) -> Result<()> {
    for figure in figures {
        writeln!(stdout(), "{}", figure.to_line()?)?;
    }
    Ok(())
}
