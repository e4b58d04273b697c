//! A world's revocation lists and OCSP answers over HTTP, for whoever runs on the same machine.
//!
//! ```text
//! GET  /crl/PURPOSE-MUNICIPALITY.crl    a list, with ETag and Last-Modified
//! POST /ocsp                            RFC 6960 appendix A.1
//! GET  /ocsp/BASE64                     the same; what is not safe in a URL is percent-encoded
//! ```

mod answering;
mod lists;
mod misbehaviour;
mod service;

use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use self::answering::Answering;
pub use self::misbehaviour::Misbehaviour;
use self::service::routes;
use crate::IssueError;
use crate::folder::FolderError;

/// What is published where, and how well.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folder of the world.
    pub world: PathBuf,
    /// Loopback address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Time from the issue of a certificate until the responder knows it.
    pub known_after: Duration,
    /// What goes wrong in every answer.
    pub misbehaviour: Option<Misbehaviour>,
}

/// Why nothing could be published.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PublishError {
    /// An address that others can reach.
    #[error("{0} is no loopback address")]
    NotLoopback(SocketAddr),
    /// The address could not be listened at, or the server failed.
    #[error("{address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The world could not be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A responder could not be appointed.
    #[error(transparent)]
    Issue(#[from] IssueError),
    /// Standard output or signals failed.
    #[error("standard output or signals: {0}")]
    Stdio(io::Error),
}

/// Publishes until standard input ends or SIGTERM comes. The first line on standard output says where:
/// `{"event":"publishing","address":"127.0.0.1:4711"}`.
///
/// # Errors
/// [`PublishError`].
pub fn run(options: &Options) -> Result<(), PublishError> {
    if !options.listen.ip().is_loopback() {
        return Err(PublishError::NotLoopback(options.listen));
    }
    let answering = Answering::appoint(options)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(PublishError::Stdio)?.block_on(serve(options, answering))
}

async fn serve(options: &Options, answering: Answering) -> Result<(), PublishError> {
    let failed = |source| PublishError::Listen { address: options.listen, source };
    let listener = TcpListener::bind(options.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let mut terminated = signal(SignalKind::terminate()).map_err(PublishError::Stdio)?;
    let event = json!({ "event": "publishing", "address": address.to_string() });
    writeln!(io::stdout(), "{event}").map_err(PublishError::Stdio)?;
    let server = axum::serve(listener, routes(options, answering));
    tokio::select! {
        ended = server => ended.map_err(failed),
        _ = input_ends() => Ok(()),
        _ = terminated.recv() => Ok(()),
    }
}

/// The thread is left behind where SIGTERM comes first: nothing can wake it, and the process ends.
async fn input_ends() {
    let (ended, told) = oneshot::channel();
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        let mut ignored = [0; 1024];
        while input.read(&mut ignored).is_ok_and(|count| count > 0) {}
        ended.send(())
    });
    // An error says that the thread is gone, which comes to the same.
    let _ = told.await;
}
