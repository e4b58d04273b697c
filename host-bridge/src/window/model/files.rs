//! Files of this computer as the window shows them.

use shomei_envelope::FileDigest;

use super::super::words::{Words, fill};
use super::{Review, Row, Section, looks_like_individual_number, row, size};
use crate::subject::{FileFormat, Files, PdfProfile, ShownFile, ShownForm};

/// Everything of an operation over files.
pub(super) fn review(shown: &Files, words: &Words) -> Review {
    let title = match shown.files.as_slice() {
        [only] => only.file.name.clone(),
        several => fill(words.files.count, several.len()),
    };
    let format = match shown.format {
        FileFormat::Cades => words.files.cades,
        FileFormat::Jades => words.files.jades,
        FileFormat::Egov => words.files.egov,
        FileFormat::Pdf => match shown.profile {
            PdfProfile::Pades => words.files.pades,
            PdfProfile::Moj => words.files.moj,
        },
    };
    let mut sections = vec![files(shown, words)];
    sections.extend(shown.form.as_ref().map(|shown| form(shown, words)));
    sections.push(made(&shown.made, words));
    Review {
        before_asker: words.files.before_asker,
        asker: words.files.bound_to_no_site.to_owned(),
        title,
        below_title: format.to_owned(),
        sections,
        facts: String::new(),
    }
}

fn files(shown: &Files, words: &Words) -> Section {
    let row = |ShownFile { file, folder }: &ShownFile| Row {
        label: words.files.name.to_owned(),
        lines: vec![file.name.clone(), size(file.octets)],
        facts: vec![
            format!("{}: {}", words.digest, hexadecimal(file)),
            format!("{}: {folder}", words.files.folder),
        ],
        individual_number: looks_like_individual_number(&file.name),
    };
    let remark = if shown.form.is_some() { words.files.unseen_beside_form } else { words.files.unseen };
    Section {
        heading: words.files.heading.to_owned(),
        remark: Some(remark),
        rows: shown.files.iter().map(row).collect(),
    }
}

/// Every field of the form. The names of elements are the form's own.
fn form(shown: &ShownForm, words: &Words) -> Section {
    let mut rows = Vec::new();
    if shown.signatures > 0 {
        let earlier = fill(words.files.earlier, shown.signatures);
        rows.push(row(words.files.earlier_label, &earlier, words));
    }
    rows.extend(shown.fields.iter().map(|field| row(&label(&field.path), &field.text, words)));
    Section { heading: words.files.form.to_owned(), remark: Some(words.files.not_covered), rows }
}

/// The path without the element that all of them have in common.
fn label(path: &str) -> String {
    let (_, inside) = path.split_once('/').unwrap_or((path, path));
    inside.replace('/', " / ")
}

fn made(paths: &[String], words: &Words) -> Section {
    let rows = paths.iter().map(|path| row(words.files.place, path, words)).collect();
    Section { heading: words.files.made.to_owned(), remark: None, rows }
}

fn hexadecimal(file: &FileDigest) -> String {
    file.sha256.iter().map(|octet| format!("{octet:02x}")).collect()
}
