use std::path::{Path, PathBuf};

use super::{Plan, make};
use crate::sign::arguments::SignArguments;
use crate::sign::error::InputError;
use crate::subject::{FileFormat, PdfProfile, Shown};

/// A folder with files: each its path and what is in it.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, octets) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, octets).unwrap();
    }
    folder
}

fn plan(folder: &Path, format: FileFormat, files: &[&str], output: Option<&str>) -> Result<Plan, InputError> {
    make(&SignArguments {
        files: files.iter().map(|file| folder.join(file)).collect(),
        format,
        profile: None,
        output: output.map(|output| folder.join(output)),
    })
}

const TWO: [(&str, &[u8]); 3] = [("a.txt", b"abc"), ("写真 1.jpg", b""), ("sub/a.txt", b"abc")];

#[test]
fn what_is_made_lies_where_verifiers_look_for_it() {
    use FileFormat::{Cades, Jades};
    let folder = folder(&TWO);
    type Case<'a> = (FileFormat, &'a [&'a str], Option<&'a str>, &'a [&'a str]);
    let cases: [Case<'_>; 7] = [
        (Cades, &["a.txt"], None, &["a.txt.p7s"]),
        (Cades, &["a.txt", "写真 1.jpg"], None, &["a.txt.p7s", "写真 1.jpg.p7s"]),
        (Cades, &["a.txt", "sub/a.txt"], None, &["a.txt.p7s", "sub/a.txt.p7s"]),
        (Cades, &["a.txt"], Some("sub"), &["sub/a.txt.p7s"]),
        (Jades, &["a.txt"], None, &["a.txt.jws"]),
        (Jades, &["sub/a.txt"], None, &["sub/a.txt.jws"]),
        (Jades, &["a.txt", "写真 1.jpg"], Some("sub"), &["sub/files.jws"]),
    ];
    for (format, files, output, made) in cases {
        let plan = plan(folder.path(), format, files, output).unwrap();
        let expected: Vec<PathBuf> = made.iter().map(|made| folder.path().join(made)).collect();
        assert_eq!(plan.outputs.paths(), expected, "{format:?} {files:?}");
        assert_eq!(plan.subject.items().count(), made.len(), "{format:?} {files:?}");
    }
}

#[test]
fn what_is_shown_is_what_was_read() {
    let folder = folder(&TWO);
    let plan = plan(folder.path(), FileFormat::Cades, &["a.txt"], None).unwrap();
    let Shown::Files(shown) = plan.subject.shown() else { panic!("no files") };
    let told = shown.files[0].file.to_string();
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(told, format!("a.txt, 3 octets, SHA-256 {abc}"));
    assert_eq!(Path::new(&shown.files[0].folder), folder.path());
    assert_eq!(shown.made, [folder.path().join("a.txt.p7s").to_string_lossy()]);
}

#[test]
fn a_file_that_changes_after_it_was_read_is_noticed() {
    let folder = folder(&TWO);
    let plan = plan(folder.path(), FileFormat::Cades, &["a.txt"], None).unwrap();
    assert!(plan.sources[0].check().is_ok());
    for changed in [Some(b"abd".as_slice()), Some(b"abcd"), None] {
        let path = folder.path().join("a.txt");
        changed.map_or_else(|| std::fs::remove_file(&path), |octets| std::fs::write(&path, octets)).unwrap();
        assert!(plan.sources[0].check().is_err(), "{changed:?}");
    }
}

#[test]
fn what_cannot_be_signed_is_refused_before_any_window() {
    use FileFormat::{Cades, Jades};
    let long = "a".repeat(253);
    let hidden = "fdp\u{202e}exe";
    let folder = folder(&[
        TWO[0],
        TWO[1],
        TWO[2],
        ("old.txt", b""),
        ("old.txt.p7s", b""),
        (long.as_str(), b""),
        (hidden, b""),
    ]);
    type Expected = fn(&InputError) -> bool;
    type Case<'a> = (&'a str, FileFormat, &'a [&'a str], Option<&'a str>, Expected);
    let cases: [Case<'_>; 9] = [
        ("missing", Cades, &["none"], None, |error| matches!(error, InputError::Unreadable { .. })),
        ("a folder", Cades, &["sub"], None, |error| matches!(error, InputError::NotAFile { .. })),
        ("signed before", Cades, &["old.txt"], None, |error| matches!(error, InputError::Exists { .. })),
        ("given twice", Cades, &["a.txt", "a.txt"], None, |error| matches!(error, InputError::Twice { .. })),
        ("two names", Jades, &["a.txt", "sub/a.txt"], None, |error| {
            matches!(error, InputError::Twice { .. })
        }),
        ("two folders", Jades, &["写真 1.jpg", "sub/a.txt"], None, |error| {
            matches!(error, InputError::SeveralFolders)
        }),
        ("no such output", Cades, &["a.txt"], Some("none"), |error| {
            matches!(error, InputError::NoFolder { .. })
        }),
        ("a name that hides", Cades, &[hidden], None, |error| matches!(error, InputError::Name { .. })),
        ("a name that grows too long", Cades, &[&long], None, |error| {
            matches!(error, InputError::Name { .. })
        }),
    ];
    for (name, format, files, output, expected) in cases {
        let refused = plan(folder.path(), format, files, output).unwrap_err();
        assert!(expected(&refused), "{name}: {refused:?}");
    }
}

/// A form that names files.
fn form(names: &[&str]) -> Vec<u8> {
    let named = names.iter().map(|name| format!("<添付書類ファイル名称>{name}</添付書類ファイル名称>"));
    let before = "<様式ID>1</様式ID><様式バージョン>1</様式バージョン><STYLESHEET>1.xsl</STYLESHEET>";
    let named: String = named.collect();
    format!(r#"<DataRoot>{before}<構成情報 ID="構成情報">{named}</構成情報></DataRoot>"#).into_bytes()
}

#[test]
fn a_form_takes_the_files_that_it_names_from_beside_it_and_further_ones_that_are_given() {
    let named = form(&["写真 1.jpg"]);
    let folder = folder(&[TWO[0], TWO[1], ("kousei.xml", &named), ("out/x", b"")]);
    type Case<'a> = (&'a [&'a str], Option<&'a str>, &'a [&'a str], &'a str);
    let cases: [Case<'_>; 3] = [
        (&["kousei.xml"], None, &["kousei.xml", "写真 1.jpg"], "kousei-signed.xml"),
        (&["kousei.xml"], Some("out"), &["kousei.xml", "写真 1.jpg"], "out/kousei.xml"),
        (&["kousei.xml", "a.txt"], None, &["kousei.xml", "a.txt", "写真 1.jpg"], "kousei-signed.xml"),
    ];
    for (files, output, shown, made) in cases {
        let plan = plan(folder.path(), FileFormat::Egov, files, output).unwrap();
        let Shown::Files(found) = plan.subject.shown() else { panic!("no files") };
        let names: Vec<&str> = found.files.iter().map(|file| file.file.name.as_str()).collect();
        assert_eq!(names, shown, "{files:?}");
        let fields = &found.form.as_ref().unwrap().fields;
        assert!(fields.iter().any(|field| field.text == "写真 1.jpg"), "{fields:?}");
        assert_eq!(plan.outputs.paths(), [folder.path().join(made)], "{files:?}");
        assert_eq!(plan.sources.len(), shown.len(), "{files:?}");
    }
}

#[test]
fn a_form_that_cannot_be_signed_with_its_files_is_refused_before_any_window() {
    let (lost, away) = (form(&["none.pdf"]), form(&["../a.txt"]));
    let folder = folder(&[
        TWO[0],
        TWO[2],
        ("lost.xml", &lost),
        ("sub/away.xml", &away),
        ("sub/kousei.xml", &form(&[])),
    ]);
    type Expected = fn(&InputError) -> bool;
    let cases: [(&str, &[&str], Expected); 4] = [
        ("no form", &["a.txt"], |error| matches!(error, InputError::NotAForm { .. })),
        ("a file that is not there", &["lost.xml"], |error| matches!(error, InputError::Missing { .. })),
        ("a file in another folder", &["sub/kousei.xml", "a.txt"], |error| {
            matches!(error, InputError::SeveralFolders)
        }),
        ("a name that leads away", &["sub/away.xml"], |error| matches!(error, InputError::Uncovered(_))),
    ];
    for (name, files, expected) in cases {
        let refused = plan(folder.path(), FileFormat::Egov, files, None).unwrap_err();
        assert!(expected(&refused), "{name}: {refused:?}");
    }
}

/// A PDF of one empty page.
fn pdf() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = "xref\n0 4\n0000000000 65535 f \n".to_owned();
    for (object, number) in objects.iter().zip(1..) {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let start = file.len();
    format!("{file}{table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").into_bytes()
}

#[test]
fn each_pdf_becomes_another_one_with_its_signature_and_no_other_format_has_a_profile() {
    let pdf = pdf();
    let broken = &pdf[..pdf.len() - 20];
    let folder = folder(&[("1.pdf", &pdf), ("委任状.PDF", &pdf), ("broken.pdf", broken)]);
    let plan = |files: &[&str], format, profile| {
        let files = files.iter().map(|file| folder.path().join(file)).collect();
        make(&SignArguments { files, format, profile, output: None })
    };
    for profile in [None, Some(PdfProfile::Pades), Some(PdfProfile::Moj)] {
        let plan = plan(&["1.pdf", "委任状.PDF"], FileFormat::Pdf, profile).unwrap();
        let made = ["1-signed.pdf", "委任状-signed.pdf"].map(|name| folder.path().join(name));
        assert_eq!(plan.outputs.paths(), made, "{profile:?}");
        assert_eq!(plan.subject.items().count(), 2);
    }
    let refused = plan(&["1.pdf", "broken.pdf"], FileFormat::Pdf, None).unwrap_err();
    assert!(matches!(refused, InputError::NotAPdf { .. }), "{refused:?}");
    let refused = plan(&["1.pdf"], FileFormat::Cades, Some(PdfProfile::Moj)).unwrap_err();
    assert!(matches!(refused, InputError::ProfileWithoutPdf), "{refused:?}");
}
