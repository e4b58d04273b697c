//! The application that a recipient expects in the tests, and what it expects of it.

use shomei_application::{
    Application, Challenge, Container, Field, Notice, Origin, ProcedureRef, Recipient, Timestamp, json,
};

/// Issued `now`, for half an hour.
pub(crate) fn application(container: Container, now: Timestamp) -> Application {
    Application {
        container,
        procedure: ProcedureRef {
            id: "juminhyo-utsushi".into(),
            version: "1".into(),
            title: "住民票の写しの交付申請".into(),
            sha256: "5f".repeat(32),
        },
        recipient: Recipient {
            id: "129992".into(),
            name: "みほん市".into(),
            origin: Origin::parse("https://shinsei.city.mihon.lg.jp").unwrap(),
        },
        challenge: Challenge::issue(&[7; 32], now, 1800).unwrap(),
        fields: vec![Field {
            name: "delivery".into(),
            label: "受取方法".into(),
            value: "mail".into(),
            text: Some("郵送".into()),
            group: None,
        }],
        attachments: Vec::new(),
        notices: vec![Notice { id: "truth".into(), text: "記載した内容は事実です。".into() }],
    }
}

/// The file for `--expect`.
pub(crate) fn expectations(application: &Application) -> String {
    let Application { procedure, recipient, challenge, .. } = application;
    let procedure = json::Object::new()
        .with("id", procedure.id.as_str())
        .with("version", procedure.version.as_str())
        .with("sha256", procedure.sha256.as_str());
    let all = json::Object::new()
        .with("origin", recipient.origin.as_str())
        .with("recipientId", recipient.id.as_str())
        .with("procedure", procedure)
        .with("challenge", challenge.value.as_str())
        .with("signers", 1);
    json::to_canonical_string(&all.into())
}
