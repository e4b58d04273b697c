//! `shomei-lab publish`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use shomei_lab::publish::{self, Misbehaviour, PublishError};

#[derive(Args)]
pub(super) struct Publish {
    /// Folder of the world; register and lists are read again for each request.
    #[arg(long)]
    world: PathBuf,
    /// Loopback address and port; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Seconds from the issue of a certificate until the responder knows it.
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    known_after: u64,
    /// Does one thing wrong in every answer: slow, huge, truncated, wrong-nonce, no-nonce, other-key, expired-responder,
    /// http-500 or redirect.
    #[arg(long, value_name = "NAME", value_parser = misbehaviour)]
    misbehave: Option<Misbehaviour>,
}

pub(super) fn publish(options: Publish) -> Result<(), PublishError> {
    let Publish { world, listen, known_after, misbehave } = options;
    publish::run(&publish::Options {
        world,
        listen,
        known_after: Duration::from_secs(known_after),
        misbehaviour: misbehave,
    })
}

fn misbehaviour(name: &str) -> Result<Misbehaviour, String> {
    let names = || Misbehaviour::NAMED.map(|(name, _)| name).join(", ");
    Misbehaviour::NAMED
        .into_iter()
        .find_map(|(known, misbehaviour)| (known == name).then_some(misbehaviour))
        .ok_or_else(|| format!("one of {}", names()))
}
