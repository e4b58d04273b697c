//! Prints an application document as みほん市's form makes it.

use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use clap::Parser;
use shomei_application::{Origin, Timestamp};
use shomei_tests::residence_record_application;

/// Seconds between the issue of a challenge and its end.
const LIFE: i64 = 30 * 60;

#[derive(Parser)]
struct Arguments {
    /// Seconds until the challenge ends; negative when it has ended.
    #[arg(long, allow_negative_numbers = true, default_value_t = LIFE)]
    seconds_left: i64,
    /// The challenge's value, as a server issued it.
    #[arg(long)]
    challenge: Option<String>,
    /// The applicant's name.
    #[arg(long)]
    name: Option<String>,
    /// The applicant's date of birth, as 1985-04-01.
    #[arg(long)]
    birth: Option<String>,
    /// The recipient's identifier.
    #[arg(long)]
    recipient: Option<String>,
    /// The recipient's origin.
    #[arg(long)]
    origin: Option<String>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
    let issued = Timestamp::from_unix_seconds(now + arguments.seconds_left - LIFE)?;
    let mut application = residence_record_application(issued, LIFE)?;
    if let Some(value) = arguments.challenge {
        application.challenge.value = value;
    }
    if let Some(id) = arguments.recipient {
        application.recipient.id = id;
    }
    if let Some(origin) = arguments.origin {
        application.recipient.origin = Origin::parse(&origin)?;
    }
    let answers = [("applicant-name", arguments.name), ("applicant-birth", arguments.birth)];
    for (name, value) in answers {
        let field = application.fields.iter_mut().find(|field| field.name == name);
        if let (Some(field), Some(value)) = (field, value) {
            field.value = value;
        }
    }
    std::io::stdout().write_all(&application.to_canonical()).context("writing the document")
}
