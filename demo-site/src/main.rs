//! `shomei-demo-site serve`: the site as a program.
//!
//! One JSON line on stdout says where it listens; events go to stderr.

use clap::{Parser, Subcommand};
use shomei_application::Origin;
use shomei_demo_site::{
    Clock, Config, DATABASE_PATIENCE, Journal, ModuleFiles, Site, Store, Trust, app, listen, serve, tls,
};
use shomei_pki::World;
use std::error::Error;
use std::io::{Write as _, stderr, stdout};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

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
    Serve(ServeArguments),
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
    /// Whose certificates count: production, jlis-test or lab.
    #[arg(long)]
    world: World,
    /// Folder with `signature/` and `authentication/`, each of authorities' certificates in DER.
    #[arg(long, value_name = "DIR")]
    anchors: PathBuf,
    /// Folder of revocation lists in DER; read again for every application.
    #[arg(long, value_name = "DIR")]
    crl: PathBuf,
    /// SQLite database; made if there is none.
    #[arg(long, value_name = "FILE")]
    database: PathBuf,
    /// Folder of the page module's package.
    #[arg(long, value_name = "DIR")]
    module: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Command::Serve(arguments) = Arguments::parse().command;
    match run(arguments).await {
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
    let site = Site::new(Config {
        origin: arguments.origin,
        trust: Trust::read(arguments.world, &arguments.anchors, &arguments.crl)?,
        store: Store::open(&arguments.database, DATABASE_PATIENCE)?,
        module: ModuleFiles::read(&arguments.module)?,
        clock: Clock::system(),
        journal: Journal::to(stderr()),
    })?;
    let address = listener.local_addr()?;
    writeln!(stdout(), "{}", serde_json::json!({ "event": "listening", "address": address.to_string() }))?;
    serve(listener, tls, app(Arc::new(site))).await;
    Ok(())
}
