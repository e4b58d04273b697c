//! What OpenSC takes for a signature, counted by the reader.

use std::path::Path;

use anyhow::{Context, Result};
use shomei_card::Card;
use shomei_lab::SIGNATURE_PASSWORD;

use super::Figure;
use super::operations::whole_costs;
use crate::{Desk, Relayed, printed};

const MODULE: &str = "/usr/lib/x86_64-linux-gnu/pkcs11/opensc-pkcs11.so";
const SIGN: [&str; 3] = ["--sign", "--mechanism", "SHA256-RSA-PKCS"];
const READ: [&str; 3] = ["--read-object", "--type", "cert"];

/// How OpenSC is started: as it comes, or told which card it will find, which saves it the search.
const STARTS: [(&str, Option<&str>); 2] = [("OpenSC", None), ("OpenSC told the driver", Some("jpki"))];

/// Exchanges and bytes of a signature without and with the certificate, beside OpenSC's. Both begin with a card of
/// which nothing is known; ours closes the key, OpenSC leaves it open.
///
/// # Errors
/// When the reader or OpenSC fails.
pub fn opensc_figures(desk: &mut Desk, card: &Path) -> Result<Vec<Figure>> {
    let [signature, filing] = whole_costs(card)?;
    let read_and_sign = [READ, SIGN].concat();
    let mut figures = Vec::new();
    for (peer, driver) in STARTS {
        for (name, ours, actions) in
            [("signature alone", signature, &SIGN[..]), ("certificate and signature", filing, &read_and_sign)]
        {
            let theirs = run(desk, driver, actions)?;
            for ((ours, unit), theirs) in ours.by_unit().into_iter().zip(theirs) {
                let figure = |theirs| Figure::new(name, ours, unit).beside(peer, theirs);
                figures.extend(theirs.map(figure));
            }
        }
    }
    Ok(figures)
}

/// Exchanges, bytes to the card and bytes from it; without the bytes where the reader does not count them.
fn run(desk: &mut Desk, driver: Option<&str>, actions: &[&str]) -> Result<[Option<f64>; 3]> {
    // OpenSC takes a card that stands verified for another kind of card, and leaves it so itself.
    Card::resume(Relayed::connect(desk)?).status()?;
    let message = desk.file("message", b"shomei")?;
    let mut opensc = desk.client("pkcs11-tool");
    opensc.args(["--module", MODULE, "--slot-index", "1", "--id", "02", "--login", "--pin", "env:PIN"]);
    opensc.args(actions).arg("--input-file").arg(message).arg("--output-file").arg(desk.file("output", &[])?);
    opensc.env("PIN", SIGNATURE_PASSWORD).envs(driver.map(|driver| ("OPENSC_DRIVER", driver)));
    desk.reader().count()?;
    printed(&mut opensc)?;
    let count = desk.reader().count()?;
    let number = |number: u64| u32::try_from(number).map(f64::from).context("a count beyond 32 bits");
    Ok([
        Some(number(count.exchanges)?),
        count.bytes_to_card.map(number).transpose()?,
        count.bytes_from_card.map(number).transpose()?,
    ])
}
