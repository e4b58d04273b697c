//! Files of this computer as the window shows them.

use shomei_envelope::FileDigest;

use super::super::words::{Words, fill};
use super::{Review, Row, Section, looks_like_individual_number, row, size};
use crate::subject::{FileFormat, Files, ShownFile};

/// Everything of an operation over files.
pub(super) fn review(shown: &Files, words: &Words) -> Review {
    let title = match shown.files.as_slice() {
        [only] => only.file.name.clone(),
        several => fill(words.files.count, several.len()),
    };
    let format = match shown.format {
        FileFormat::Cades => words.files.cades,
        FileFormat::Jades => words.files.jades,
    };
    Review {
        before_asker: words.files.before_asker,
        asker: words.files.bound_to_no_site.to_owned(),
        title,
        below_title: format.to_owned(),
        sections: vec![files(&shown.files, words), made(&shown.made, words)],
        facts: String::new(),
    }
}

fn files(files: &[ShownFile], words: &Words) -> Section {
    let row = |ShownFile { file, folder }: &ShownFile| Row {
        label: words.files.name.to_owned(),
        lines: vec![file.name.clone(), size(file.octets)],
        facts: vec![
            format!("{}: {}", words.digest, hexadecimal(file)),
            format!("{}: {folder}", words.files.folder),
        ],
        individual_number: looks_like_individual_number(&file.name),
    };
    Section {
        heading: words.files.heading.to_owned(),
        remark: Some(words.files.unseen),
        rows: files.iter().map(row).collect(),
    }
}

fn made(paths: &[String], words: &Words) -> Section {
    let rows = paths.iter().map(|path| row(words.files.place, path, words)).collect();
    Section { heading: words.files.made.to_owned(), remark: None, rows }
}

fn hexadecimal(file: &FileDigest) -> String {
    file.sha256.iter().map(|octet| format!("{octet:02x}")).collect()
}
