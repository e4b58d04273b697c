//! Installing and taking it back: what is written, where, and what is left alone.

use std::os::unix::fs::symlink;

use crate::running::{CALLER, EXTENSION, Place, hello, program};
use serde_json::{Value, json};

fn json_file(path: &std::path::Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn an_installation_names_the_launcher_and_the_extension_and_can_be_repeated() {
    let place = Place::installed(&[]);
    assert!(place.command("install").args(["--extension-id", EXTENSION]).status().unwrap().success());
    let manifest = json_file(&place.files().join("jp.shomei.host.json"));
    assert_eq!(manifest["name"], "jp.shomei.host");
    assert_eq!(manifest["type"], "stdio");
    assert_eq!(manifest["allowed_origins"], json!([CALLER]));
    assert_eq!(manifest["path"], json!(place.launcher()));
    assert_eq!(std::fs::read_link(place.launcher()).unwrap(), program());
    assert_eq!(std::fs::read_dir(place.files()).unwrap().count(), 3, "no temporary file is left");
}

#[test]
fn uninstalling_removes_its_own_files_only_and_may_be_repeated() {
    let place = Place::installed(&[]);
    let foreign = place.files().join("org.example.other.json");
    std::fs::write(&foreign, "{}").unwrap();
    for _ in 0..2 {
        assert!(place.command("uninstall").status().unwrap().success());
        let left: Vec<_> =
            std::fs::read_dir(place.files()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(left, std::slice::from_ref(&foreign));
    }
}

#[test]
fn a_planted_link_is_replaced_and_never_followed() {
    let place = Place::installed(&[]);
    let victim = place.files().join("victim");
    std::fs::write(&victim, "untouched").unwrap();
    let manifest = place.files().join("jp.shomei.host.json");
    std::fs::remove_file(&manifest).unwrap();
    symlink(&victim, &manifest).unwrap();
    assert!(place.command("install").args(["--extension-id", EXTENSION]).status().unwrap().success());
    assert_eq!(std::fs::read_to_string(&victim).unwrap(), "untouched");
    assert!(manifest.symlink_metadata().unwrap().is_file());
}

#[test]
fn without_an_extension_it_installs_only_for_development() {
    let place = Place::installed(&[]);
    assert!(!place.command("install").status().unwrap().success());
    assert!(place.command("install").arg("--dev").status().unwrap().success());
    let settings = json_file(&place.files().join("jp.shomei.host.settings.json"));
    assert_eq!(settings["development"], true);
    assert_eq!(settings["callers"], json!(["chrome-extension://jfmlgcacaghboblkaladoibgdaehkeai/"]));
}

#[test]
fn what_cannot_work_is_not_installed() {
    let place = Place::installed(&[]);
    let cases: [(&str, &[&str]); 4] = [
        ("no extension id", &["--extension-id", "shomei"]),
        ("an add-on's id", &["--extension-id", "shomei@shomei.jp"]),
        (
            "a program that is not there",
            &["--extension-id", EXTENSION, "--host-path", "/nowhere/shomei-host"],
        ),
        ("a relative program", &["--extension-id", EXTENSION, "--host-path", "shomei-host"]),
    ];
    for (name, arguments) in cases {
        assert!(!place.command("install").args(arguments).status().unwrap().success(), "{name}");
    }
}

#[test]
fn a_development_host_permits_localhost() {
    let place = Place::installed(&["--dev"]);
    let mut host = place.host(&place.launcher(), CALLER);
    host.send(&crate::running::sign("a", "http://localhost:3000", &crate::running::document(0)));
    assert_eq!(host.reply()["code"], "origin-mismatch", "the origin itself is accepted");
    host.send(&hello("b"));
    assert_eq!(host.reply()["reply"], "hello");
}
