//! One HTTP exchange (RFC 9110) within bounds of size and time.
//!
//! No TLS: lists and answers are signed, and a question tells a serial number to whoever runs the network. No redirect
//! is followed and no proxy of the environment is used: only the address that was configured is asked.

use crate::deadline::Deadline;
use crate::url::HttpUrl;
use std::io;
use std::time::Duration;
use ureq::http::{Response, StatusCode, header};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{Connector as _, TcpConnector};
use ureq::{Agent, Body, Error};

/// Bounds of one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HttpLimits {
    /// Octets of the body at most, as declared and as they come.
    pub octets: u64,
    /// How long connecting may take.
    pub connect: Duration,
    /// How long the whole exchange may take, from the look-up of the name to the last octet.
    pub whole: Duration,
}

/// Why an exchange brought nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpProblem {
    /// It took longer than it may.
    #[error("no complete answer in time")]
    Timeout,
    /// The host's name has no address.
    #[error("the host is not found")]
    Host,
    /// The connection failed or ended too early.
    #[error("the connection failed: {0}")]
    Connection(io::ErrorKind),
    /// Another status than 200, a redirect for instance.
    #[error("the server answered with status {0}")]
    Status(u16),
    /// The body is longer than it may be.
    #[error("the body has more than {limit} octets")]
    TooLarge {
        /// Octets that are taken at most.
        limit: u64,
    },
    /// What came is not HTTP; the words are those of the HTTP library.
    #[error("not HTTP: {0}")]
    Protocol(String),
}

/// What names the last answer of a server, to ask for a newer one only (RFC 9110 §8.8). Empty before the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Validators {
    etag: Option<String>,
    last_modified: Option<String>,
}

/// What a conditional request brought.
pub(crate) enum Fetched {
    /// 304: nothing newer.
    Same,
    New(Vec<u8>, Validators),
}

#[derive(Debug)]
pub(crate) struct Client {
    agent: Agent,
    octets: u64,
}

impl Client {
    pub(crate) fn new(limits: HttpLimits) -> Self {
        let config = Agent::config_builder()
            .timeout_connect(Some(limits.connect))
            .timeout_global(Some(limits.whole))
            .max_redirects(0)
            .http_status_as_error(false)
            .max_idle_connections(0)
            .proxy(None)
            .user_agent(concat!("shomei/", env!("CARGO_PKG_VERSION")))
            .build();
        let connector = TcpConnector::default().chain(Deadline);
        Self {
            agent: Agent::with_parts(config, connector, DefaultResolver::default()),
            octets: limits.octets,
        }
    }

    /// GET, if there is something newer than what `last` names (RFC 9110 §13.1).
    pub(crate) fn get(&self, url: &HttpUrl, last: &Validators) -> Result<Fetched, HttpProblem> {
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &last.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(date) = &last.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, date);
        }
        let mut response = request.call().map_err(problem)?;
        // A server that was not given anything to compare with has no reason to say 304.
        if response.status() == StatusCode::NOT_MODIFIED && *last != Validators::default() {
            return Ok(Fetched::Same);
        }
        let validators = Validators::of(&response);
        Ok(Fetched::New(self.body(&mut response)?, validators))
    }

    /// POST of octets of one media type.
    pub(crate) fn post(
        &self,
        url: &HttpUrl,
        media_type: &str,
        octets: &[u8],
    ) -> Result<Vec<u8>, HttpProblem> {
        let request = self.agent.post(url.as_str()).header(header::CONTENT_TYPE, media_type);
        self.body(&mut request.send(octets).map_err(problem)?)
    }

    fn body(&self, response: &mut Response<Body>) -> Result<Vec<u8>, HttpProblem> {
        let limit = self.octets;
        if response.status() != StatusCode::OK {
            return Err(HttpProblem::Status(response.status().as_u16()));
        }
        let body = response.body_mut();
        if body.content_length().is_some_and(|declared| declared > limit) {
            return Err(HttpProblem::TooLarge { limit });
        }
        body.with_config().limit(limit).read_to_vec().map_err(problem)
    }
}

impl Validators {
    fn of(response: &Response<Body>) -> Self {
        let text = |name| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
        Self { etag: text(header::ETAG), last_modified: text(header::LAST_MODIFIED) }
    }
}

fn problem(error: Error) -> HttpProblem {
    match error {
        Error::Timeout(_) => HttpProblem::Timeout,
        Error::HostNotFound => HttpProblem::Host,
        Error::ConnectionFailed => HttpProblem::Connection(io::ErrorKind::NotConnected),
        Error::Io(error) => match error.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => HttpProblem::Timeout,
            kind => HttpProblem::Connection(kind),
        },
        Error::BodyExceedsLimit(limit) => HttpProblem::TooLarge { limit },
        other => HttpProblem::Protocol(other.to_string()),
    }
}
