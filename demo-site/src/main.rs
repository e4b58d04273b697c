//! `shomei-demo-site serve`: the site as a program. `shomei-demo-site reexamine`: one round of asking again.
//!
//! One JSON line on stdout says where it listens, or what became of the round; events go to stderr.

use clap::{Parser, Subcommand};
use shomei_application::{Container, Origin};
use shomei_demo_site::{
    Clock, Config, DATABASE_PATIENCE, Journal, ModuleFiles, Schedule, Site, Store, Trust, TrustError, app,
    keep_up_to_date, listen, reexamine, serve, tls,
};
use shomei_pki::{Fingerprint, World};
use shomei_revocation::{HttpUrl, ResponderUrl, SourcesConfig};
use std::error::Error;
use std::io::{Write as _, stderr, stdout};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// みほん市 (Sample City): a municipal e-application site for demonstrations.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site over TLS on a loopback address.
    Serve(Box<ServeArguments>),
    /// Ask again about revocation for what was received, once, and print the numbers as JSON.
    Reexamine(ReexamineArguments),
}

#[derive(clap::Args)]
struct ServeArguments {
    /// Loopback address and port; port 0 takes a free one.
    #[arg(long)]
    listen: SocketAddr,
    /// Certificate chain of the site's name, PEM.
    #[arg(long, value_name = "PEM")]
    tls_certificate: PathBuf,
    /// Private key of that certificate, PEM.
    #[arg(long, value_name = "PEM")]
    tls_key: PathBuf,
    /// The origin that browsers know the site by, as https://shinsei.city.mihon.lg.jp
    #[arg(long, value_parser = Origin::parse)]
    origin: Origin,
    /// Folder of the page module's package.
    #[arg(long, value_name = "DIR")]
    module: PathBuf,
    /// Seconds between two requests for each list over HTTP.
    #[arg(long, value_name = "SECONDS", default_value_t = 900, value_parser = clap::value_parser!(u64).range(1..))]
    refresh_every: u64,
    /// Seconds between two rounds of asking again about what was received.
    #[arg(long, value_name = "SECONDS", default_value_t = 900, value_parser = clap::value_parser!(u64).range(1..))]
    reexamine_every: u64,
    /// The kind of envelope that the form asks for: cades or jades. Applications of the other kind are taken too.
    #[arg(long, default_value = "cades", value_parser = container)]
    container: Container,
    #[command(flatten)]
    common: CommonArguments,
}

#[derive(clap::Args)]
struct ReexamineArguments {
    #[command(flatten)]
    common: CommonArguments,
}

/// What is trusted, who is asked, and what is remembered.
#[derive(clap::Args)]
struct CommonArguments {
    /// Whose certificates count: production, jlis-test or lab.
    #[arg(long)]
    world: World,
    /// Folder with `signature/` and `authentication/`, each of authorities' certificates in DER.
    #[arg(long, value_name = "DIR")]
    anchors: PathBuf,
    /// SHA-256 fingerprint of an authority that is to be trusted no more; may be repeated.
    #[arg(long, value_name = "SHA256")]
    drop_anchor: Vec<Fingerprint>,
    /// Revocation list in DER, or folder of such files (.crl); those that changed are read again for the next question.
    #[arg(long, value_name = "PATH")]
    crl: Vec<PathBuf>,
    /// Address of a revocation list, http only; may be repeated. URLs are never taken from certificates.
    #[arg(long, value_name = "URL")]
    crl_url: Vec<HttpUrl>,
    /// Address of an OCSP responder, http only, asked first; KEYID=URL is for the authority with that key identifier
    /// only. URLs are never taken from certificates.
    #[arg(long, value_name = "URL")]
    ocsp: Vec<ResponderUrl>,
    /// File that remembers the numbers of lists, so that an older one is refused after a restart, too.
    #[arg(long, value_name = "FILE")]
    seen: Option<PathBuf>,
    /// SQLite database; made if there is none.
    #[arg(long, value_name = "FILE")]
    database: PathBuf,
    /// For how many days after receipt a final application is still asked about: a death or a move is reported late.
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    reexamine_days: u32,
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve(arguments) => run(*arguments).await,
        Command::Reexamine(arguments) => reexamine_once(&arguments.common),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where stderr is closed there is nobody to tell.
            let _ = writeln!(stderr(), "shomei-demo-site: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: ServeArguments) -> Result<(), Box<dyn Error>> {
    let tls = tls(&arguments.tls_certificate, &arguments.tls_key)?;
    let listener = listen(arguments.listen).await?;
    let site = Arc::new(Site::new(Config {
        origin: arguments.origin,
        trust: arguments.common.trust()?,
        store: Store::open(&arguments.common.database, DATABASE_PATIENCE)?,
        module: ModuleFiles::read(&arguments.module)?,
        clock: Clock::system(),
        journal: Journal::to(stderr()),
        reexamine_days: arguments.common.reexamine_days,
        container: arguments.container,
    })?);
    keep_up_to_date(
        &site,
        Schedule {
            refresh: Duration::from_secs(arguments.refresh_every),
            reexamine: Duration::from_secs(arguments.reexamine_every),
        },
    )?;
    let address = listener.local_addr()?;
    writeln!(stdout(), "{}", serde_json::json!({ "event": "listening", "address": address.to_string() }))?;
    serve(listener, tls, app(site)).await;
    Ok(())
}

fn container(text: &str) -> Result<Container, &'static str> {
    Container::parse(text).ok_or("neither cades nor jades")
}

fn reexamine_once(arguments: &CommonArguments) -> Result<(), Box<dyn Error>> {
    let trust = arguments.trust()?;
    let store = Store::open(&arguments.database, DATABASE_PATIENCE)?;
    let journal = Journal::to(stderr());
    trust.refresh_downloads();
    let done = reexamine(&trust, &store, &journal, Clock::system().now()?, arguments.reexamine_days)?;
    let problems: Vec<String> = trust.problems().iter().map(ToString::to_string).collect();
    let line = serde_json::json!({ "event": "reexamined", "filings": done, "problems": problems });
    Ok(writeln!(stdout(), "{line}")?)
}

impl CommonArguments {
    fn trust(&self) -> Result<Trust, TrustError> {
        let sources = SourcesConfig {
            lists: self.crl.clone(),
            list_urls: self.crl_url.clone(),
            responders: self.ocsp.clone(),
            seen: self.seen.clone(),
        };
        Trust::read(self.world, &self.anchors, &self.drop_anchor, &sources)
    }
}
