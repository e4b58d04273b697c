//! The extension: the store package, and the same package unpacked with the development key.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;

use crate::process::{root, target};

/// What goes into the package; everything else in `extension/` is for its developers.
const SHIPPED: [&str; 6] = ["manifest.json", "background", "content", "pages", "icons", "_locales"];

/// Packs `extension/` as it is uploaded to a store, then unpacks it with only the `key` line added, so that
/// what is tested is what ships and has a fixed id.
pub fn build() -> Result<()> {
    let folder = target().join("extension");
    let archive = folder.join("shomei-chromium.zip");
    fs::create_dir_all(&folder)?;
    pack(&root().join("extension"), &archive)?;
    let development = folder.join("development");
    if development.exists() {
        fs::remove_dir_all(&development)?;
    }
    zip::ZipArchive::new(File::open(&archive)?)?.extract(&development)?;
    add_key(&development.join("manifest.json"))
}

/// Files in a fixed order with a fixed time: the same source gives the same bytes.
fn pack(source: &Path, archive: &Path) -> Result<()> {
    let mut writer = zip::ZipWriter::new(File::create(archive)?);
    let options = SimpleFileOptions::default().unix_permissions(0o644);
    for file in shipped_files(source)? {
        let name = file.strip_prefix(source)?.to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        File::open(&file)?.read_to_end(&mut bytes)?;
        writer.start_file(name, options)?;
        writer.write_all(&bytes)?;
    }
    writer.finish()?;
    Ok(())
}

fn shipped_files(source: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut pending: Vec<PathBuf> = SHIPPED.iter().map(|name| source.join(name)).collect();
    while let Some(path) = pending.pop() {
        if path.is_file() {
            files.push(path);
        } else if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                pending.push(entry?.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

fn add_key(manifest: &Path) -> Result<()> {
    let text = fs::read_to_string(manifest)?;
    let key =
        fs::read_to_string(root().join("extension/development-key.txt")).context("the development key")?;
    let with_key = text.replacen('{', &format!("{{\n  \"key\": \"{}\",", key.trim()), 1);
    fs::write(manifest, with_key).context("adding the development key")
}
