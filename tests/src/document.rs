//! An application as みほん市's form makes it.

use anyhow::{Context, Result, anyhow};
use shomei_application::procedure::{JUMINHYO_UTSUSHI, ProcedureDefinition};
use shomei_application::{Application, Challenge, Container, Origin, Recipient, Timestamp};

const ANSWERS: [(&str, &str); 10] = [
    ("applicant-name", "山田　太郎"),
    ("applicant-address", "千葉県みほん市本町１丁目２番３号"),
    ("applicant-birth", "1985-04-01"),
    ("applicant-telephone", "0475-00-0000"),
    ("scope", "household"),
    ("householder", "omit"),
    ("domicile", "omit"),
    ("copies", "1"),
    ("purpose", "運転免許証の住所変更のため"),
    ("submit-to", "警察署"),
];

/// An application for a copy of the residence record, with a challenge issued at `issued` that lives `seconds`.
///
/// # Errors
/// When the procedure's definition no longer takes these answers.
pub fn residence_record_application(issued: Timestamp, seconds: i64) -> Result<Application> {
    let procedure = ProcedureDefinition::parse(JUMINHYO_UTSUSHI.as_bytes())?;
    let answers = ANSWERS.iter().chain(&[("delivery", "mail")]);
    let answers: Vec<_> = answers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let fields = procedure.fill(&answers).map_err(|violations| anyhow!("{violations:?}"))?;
    let application = Application {
        container: Container::Cades,
        procedure: procedure.reference(),
        recipient: Recipient {
            id: "129992".to_owned(),
            name: "みほん市".to_owned(),
            origin: Origin::parse("https://shinsei.city.mihon.lg.jp")?,
        },
        challenge: Challenge::issue(&[7; 32], issued, seconds).context("the challenge")?,
        fields,
        attachments: Vec::new(),
        notices: procedure.notices.clone(),
    };
    application.check().map_err(|error| anyhow!("{error:?}"))?;
    Ok(application)
}
