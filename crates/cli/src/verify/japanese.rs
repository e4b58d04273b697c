//! The report for people, in Japanese. The word 有効 appears only when everything passed.

use shomei_application::{Application, Field};
use shomei_envelope::{Check, CheckName, Failure, Gap, Outcome, Report, Signer, SigningTime, Verdict};
use shomei_pki::{RevocationReason, Sex, UnknownReason, World};
use std::fmt::Write as _;

/// The whole report without a final line feed.
pub(crate) fn render(report: &Report) -> String {
    let mut lines = vec![format!("結果　　　{}", verdict(report.verdict()))];
    lines.extend(world(report.world).map(|world| format!("世界　　　{world}")));
    lines.push(format!("確認時点　{}", report.at));
    lines.extend(
        report.signatures.iter().filter_map(|signature| signature.signing_time.as_ref()).map(claimed),
    );
    lines.push(String::new());
    lines.push("確認したこと".to_owned());
    for check in &report.checks {
        lines.extend(check_lines(check));
    }
    lines.extend(report.signatures.iter().filter_map(|signature| signature.signer.as_ref()).flat_map(signer));
    lines.extend(report.application.iter().flat_map(application));
    lines.join("\n")
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => "有効（すべての確認に合格）",
        Verdict::Invalid => "無効",
        Verdict::RevocationUnknown => "署名は一致・失効未確認",
        Verdict::BindingNotChecked => "署名は一致・あて先や手続は未確認",
    }
}

const fn world(world: World) -> Option<&'static str> {
    match world {
        World::Production => None,
        World::JlisTest => Some("jlis-test（J-LISのテスト用。実在する人の署名ではありません）"),
        World::Lab => Some("lab（実験用。実在する人の署名ではありません）"),
    }
}

fn claimed(time: &SigningTime) -> String {
    let doubt = match time.plausible {
        Some(false) => "　注意：申請の受付から確認までの間にありません",
        _ => "",
    };
    format!("署名日時　{}（署名者の申告）{doubt}", time.claimed)
}

fn check_lines(check: &Check) -> Vec<String> {
    let title = match check.name {
        CheckName::Chain => "証明書の発行元",
        CheckName::Time => "証明書の期間",
        CheckName::Signature => "署名",
        CheckName::Revocation => "失効",
        CheckName::Binding => "あて先・手続",
        CheckName::Identity => "署名した人",
    };
    match &check.outcome {
        Outcome::Passed => vec![format!("　合格　　{title}")],
        Outcome::NotChecked(gap) => vec![format!("　未確認　{title}：{}", why_not(gap))],
        Outcome::Failed(failures) => {
            failures.iter().map(|reason| format!("　不合格　{title}：{}", failure(reason))).collect()
        }
    }
}

fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Profile(error) => format!("署名用電子証明書ではありません（{error}）"),
        Failure::Path(error) => format!("信頼する認証局の証明書ではありません（{error}）"),
        Failure::Validity(error) => format!("確認時点で使える期間にありません（{error}）"),
        Failure::Content => "申請の内容が署名のあとで変わっています".to_owned(),
        Failure::File(name) => format!("ファイル「{name}」の内容が署名のあとで変わっています"),
        Failure::OtherCertificate => "署名者が示した証明書と違います".to_owned(),
        Failure::Signature => "署名が一致しません".to_owned(),
        Failure::Revoked { at, reason } => format!("{at} に失効しています（{}）", revocation_reason(*reason)),
        Failure::NotAnApplication(error) => format!("申請の文書ではありません（{error}）"),
        Failure::Container => "別の種類の封筒のための文書です".to_owned(),
        Failure::Expectation(expectation) => format!("{expectation} が期待したものと違います"),
    }
}

fn why_not(gap: &Gap) -> String {
    match gap {
        Gap::NotBound => "この形式の署名は、あて先や手続に結び付きません".to_owned(),
        Gap::After(_) => "ほかの確認が不合格のため".to_owned(),
        Gap::NotGiven(missing) => {
            let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
            format!("期待する値がありません（{}）", missing.join("、"))
        }
        Gap::RevocationUnknown(why) => match why {
            UnknownReason::NotConsulted => "失効の情報を見ていません".to_owned(),
            UnknownReason::NoList => "この証明書の失効リストがありません".to_owned(),
            UnknownReason::List(problem) => format!("失効リストが使えません（{problem}）"),
            UnknownReason::Outdated { next_update } => {
                format!("失効リストが古くなっています（{next_update} まで）")
            }
            UnknownReason::FromLater { this_update } => {
                format!("失効リストが確認時点より後のものです（{this_update}）")
            }
            UnknownReason::AfterExpiry { not_after } => {
                format!("失効リストが証明書の期限（{not_after}）のあとのものです")
            }
            UnknownReason::Responder(problem) => format!("失効の照会の答えが使えません（{problem}）"),
            UnknownReason::NoAnswer => "失効の照会に答えがありません".to_owned(),
        },
    }
}

const fn revocation_reason(reason: RevocationReason) -> &'static str {
    reason.japanese()
}

fn signer(signer: &Signer) -> Vec<String> {
    let holder = &signer.holder;
    let sex = match holder.sex {
        Sex::Male => "男",
        Sex::Female => "女",
        Sex::Other => "その他",
    };
    vec![
        String::new(),
        "証明書に書かれた人".to_owned(),
        format!("　氏名　　　{}{}", holder.name, substitutes(&holder.name_substitutes)),
        format!("　住所　　　{}{}", holder.address, substitutes(&holder.address_substitutes)),
        format!("　生年月日　{}", signer.birth),
        format!("　性別　　　{sex}"),
        format!("　証明書　　番号 {}、{} から {} まで", signer.serial, signer.not_before, signer.not_after),
    ]
}

/// `（1、3文字目は代替文字）`, or nothing.
fn substitutes(flags: &str) -> String {
    let places = flags.chars().enumerate().filter(|(_, flag)| *flag == '1').map(|(index, _)| index + 1);
    let places: Vec<String> = places.map(|place| place.to_string()).collect();
    if places.is_empty() {
        String::new()
    } else {
        format!("（{}文字目は代替文字）", places.join("、"))
    }
}

fn application(application: &Application) -> Vec<String> {
    let (procedure, recipient) = (&application.procedure, &application.recipient);
    let mut lines = vec![
        String::new(),
        "署名された内容".to_owned(),
        format!("　手続　　　{}（{} 第{}版）", procedure.title, procedure.id, procedure.version),
        format!("　あて先　　{}（{}）{}", recipient.name, recipient.id, recipient.origin.as_str()),
        format!(
            "　受付　　　{} から {} まで",
            application.challenge.created_at, application.challenge.expires_at
        ),
    ];
    lines.extend(application.fields.iter().map(field));
    lines.extend(application.attachments.iter().map(|file| {
        format!(
            "　添付　　　{}（{}、{}バイト、SHA-256 {}）",
            file.name, file.media_type, file.size, file.sha256
        )
    }));
    lines.extend(application.notices.iter().map(|notice| format!("　確認事項　{}", notice.text)));
    lines
}

fn field(field: &Field) -> String {
    let mut line = String::from("　");
    if let Some(group) = &field.group {
        let _ = write!(line, "{group}・");
    }
    let _ = match &field.text {
        Some(text) => write!(line, "{}：{text}（{}）", field.label, field.value),
        None => write!(line, "{}：{}", field.label, field.value.replace('\n', "\n　　")),
    };
    line
}
