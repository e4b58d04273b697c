//! HTTP/1.1 over TLS 1.3 on a loopback address.
//!
//! Every connection has its own task, so that a slow handshake holds up nobody else.

use crate::limits::{HANDSHAKE_TIMEOUT, MAX_CONNECTIONS};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject as _};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::version::TLS13;
use tokio_rustls::rustls::{self, ServerConfig};

/// Why the site cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is reachable from other machines. The site is a demonstration and must not be.
    #[error("{0} is not a loopback address; this site serves its own machine only")]
    NotLoopback(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        cause: io::Error,
    },
    /// A PEM file cannot be read, or lacks what it should hold.
    #[error("{}: {cause}", path.display())]
    Pem {
        /// The file.
        path: PathBuf,
        /// Why not.
        cause: pem::Error,
    },
    /// Certificate and key do not serve together.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
}

/// TLS from a certificate chain and its key, both PEM.
pub fn tls(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, ServeError> {
    let chain = CertificateDer::pem_file_iter(certificate).and_then(Iterator::collect);
    let chain = chain.map_err(in_file(certificate))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(in_file(key))?;
    let versions = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let config =
        versions.with_protocol_versions(&[&TLS13])?.with_no_client_auth().with_single_cert(chain, key)?;
    Ok(Arc::new(config))
}

/// Listens on `address`, which must be a loopback address.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    if !address.ip().is_loopback() {
        return Err(ServeError::NotLoopback(address));
    }
    TcpListener::bind(address).await.map_err(|cause| ServeError::Listen { address, cause })
}

/// Serves `router` to everyone who connects, until the process ends.
pub async fn serve(listener: TcpListener, tls: Arc<ServerConfig>, router: Router) {
    let acceptor = TlsAcceptor::from(tls);
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else {
            return;
        };
        // A connection that is gone before it is accepted is no reason to stop.
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let (acceptor, router) = (acceptor.clone(), router.clone());
        tokio::spawn(async move {
            connection(stream, acceptor, router).await;
            drop(place);
        });
    }
}

/// What goes wrong on one connection is the other side's to notice; it is neither answered nor logged.
async fn connection(stream: TcpStream, acceptor: TlsAcceptor, router: Router) {
    let Ok(Ok(stream)) = timeout(HANDSHAKE_TIMEOUT, acceptor.accept(stream)).await else {
        return;
    };
    let service = TowerToHyperService::new(router);
    let served =
        http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    let _ = served.await;
}

fn in_file(path: &Path) -> impl FnOnce(pem::Error) -> ServeError {
    move |cause| ServeError::Pem { path: path.to_owned(), cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn no_other_machine_can_reach_the_site() {
        for address in ["0.0.0.0:0", "192.0.2.1:443", "[::]:0"] {
            let refused = listen(address.parse().unwrap()).await;
            assert!(matches!(refused, Err(ServeError::NotLoopback(_))), "{address}");
        }
        assert!(
            listen("127.0.0.1:0".parse().unwrap()).await.unwrap().local_addr().unwrap().ip().is_loopback()
        );
    }
}
