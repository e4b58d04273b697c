//! A server on loopback that does what it is told, also what no server should.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What came: the head in lower case, line by line, and the body.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub head: String,
    pub body: Vec<u8>,
}

type Conduct = Arc<dyn Fn(&Request, &mut TcpStream) + Send + Sync>;

pub struct Server {
    address: SocketAddr,
    conduct: Arc<Mutex<Conduct>>,
    requests: Arc<Mutex<Vec<Request>>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let conduct: Arc<Mutex<Conduct>> = Arc::new(Mutex::new(Arc::new(|_, _| {})));
        let (requests, over) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let shared = (conduct.clone(), requests.clone(), over.clone());
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.2.load(Ordering::Relaxed) {
                    return;
                }
                let (Ok(mut stream), shared) = (stream, shared.clone()) else {
                    continue;
                };
                thread::spawn(move || {
                    let request = read(&stream).unwrap_or_default();
                    shared.1.lock().unwrap().push(request.clone());
                    let conduct = shared.0.lock().unwrap().clone();
                    conduct(&request, &mut stream);
                });
            }
        });
        Self { address, conduct, requests, over, thread: Some(thread) }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// From now on every connection is dealt with so.
    pub fn does(&self, conduct: impl Fn(&Request, &mut TcpStream) + Send + Sync + 'static) {
        *self.conduct.lock().unwrap() = Arc::new(conduct);
    }

    /// From now on every request is answered with these octets.
    pub fn says(&self, octets: Vec<u8>) {
        self.does(move |_, stream| drop(stream.write_all(&octets)));
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address);
        let _ = self.thread.take().unwrap().join();
    }
}

/// An answer with a body and its length; `more` are further fields, each with its line end.
pub fn answer(status: &str, more: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{more}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// Writes octets until nobody reads them any more.
pub fn forever(stream: &mut TcpStream, octets: &[u8], pause: Duration) {
    while stream.write_all(octets).is_ok() {
        thread::sleep(pause);
    }
}

fn read(stream: &TcpStream) -> std::io::Result<Request> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && !head.ends_with("\n\r\n") {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            break;
        }
        head.push_str(&line.to_lowercase());
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    Ok(Request { head, body })
}
