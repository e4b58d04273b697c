//! Files that browsers load beside the pages: our own, compiled in, and the page module's, read once at the start.

use crate::limits::MAX_MODULE_FILE_BYTES;
use crate::refusal::Refusal;
use crate::site::Site;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

const OWN: [(&str, &[u8]); 8] = [
    ("site.css", include_bytes!("../assets/site.css")),
    ("crest.svg", include_bytes!("../assets/crest.svg")),
    ("application.js", include_bytes!("../assets/application.js")),
    ("form.js", include_bytes!("../assets/form.js")),
    ("confirmation.js", include_bytes!("../assets/confirmation.js")),
    ("readiness.js", include_bytes!("../assets/readiness.js")),
    ("sentences.js", include_bytes!("../assets/sentences.js")),
    ("server.js", include_bytes!("../assets/server.js")),
];

/// The files of the page module by their path below its folder.
#[derive(Debug, Default)]
pub struct ModuleFiles(BTreeMap<String, Bytes>);

/// Why the page module could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ModuleError {
    /// A file or folder could not be read.
    #[error("{}: {cause}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A file is larger than the limit.
    #[error("{}: larger than {MAX_MODULE_FILE_BYTES} bytes", path.display())]
    TooLarge {
        /// Which.
        path: PathBuf,
    },
}

impl ModuleFiles {
    /// Reads every file that a browser may load below `folder`. What is not read here is never served, so no request
    /// can name a path outside.
    pub fn read(folder: &FilePath) -> Result<Self, ModuleError> {
        let mut files = BTreeMap::new();
        let mut folders = vec![(folder.to_owned(), String::new())];
        while let Some((folder, prefix)) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(at(&folder))? {
                let path = entry.map_err(at(&folder))?.path();
                let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                    continue;
                };
                let served = format!("{prefix}{name}");
                if path.is_dir() {
                    folders.push((path, format!("{served}/")));
                } else if media_type(&served).is_some() {
                    files.insert(served, read_bounded(&path)?);
                }
            }
        }
        Ok(Self(files))
    }
}

/// `GET /assets/{name}`
pub async fn own(Path(name): Path<String>) -> Result<Response, Refusal> {
    let (_, bytes) = OWN.iter().find(|(own, _)| *own == name).ok_or(Refusal::NotFound)?;
    file(&name, Bytes::from_static(bytes))
}

/// `GET /shomei/{path}`
pub async fn module(State(site): State<Arc<Site>>, Path(path): Path<String>) -> Result<Response, Refusal> {
    let bytes = site.module().0.get(&path).ok_or(Refusal::NotFound)?;
    file(&path, bytes.clone())
}

fn file(name: &str, bytes: Bytes) -> Result<Response, Refusal> {
    let media_type = media_type(name).ok_or(Refusal::NotFound)?;
    Ok(([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-cache")], bytes).into_response())
}

fn media_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "wasm" => Some("application/wasm"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

fn read_bounded(path: &FilePath) -> Result<Bytes, ModuleError> {
    if fs::metadata(path).map_err(at(path))?.len() > MAX_MODULE_FILE_BYTES {
        return Err(ModuleError::TooLarge { path: path.to_owned() });
    }
    Ok(fs::read(path).map_err(at(path))?.into())
}

fn at(path: &FilePath) -> impl FnOnce(io::Error) -> ModuleError {
    move |cause| ModuleError::Io { path: path.to_owned(), cause }
}
