//! Revocations: the conditions (ア) to (オ), ex officio, death, moving abroad, loss.

use super::issuing::registered;
use super::{Case, Decision, Refusal, Rule};
use crate::register::{Cause, Standing};
use crate::{Purpose, Reason};

/// Revocations that are about certificates and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// （ア）任意失効
    Request,
    /// （イ）秘密鍵の漏えい・き損
    Key,
    /// （エ）記録誤り
    RecordError,
    /// 職権失効
    ExOfficio,
    /// （オ）発行者署名符号の漏えい
    Authority,
}

/// Whom a loss is reported to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossReport {
    /// The helpline, at any hour.
    Helpline,
    /// The police.
    Police,
    /// The counter.
    Counter,
}

pub(super) fn revoke(case: &Case, ground: Ground, purposes: &[Purpose]) -> Result<Decision, Refusal> {
    let (rule, reason, cause, advice) = match ground {
        Ground::Request => (
            Rule::RevokedOnRequest,
            Reason::CessationOfOperation,
            Cause::OnRequest,
            "お申し出により、電子証明書を失効させました。",
        ),
        Ground::Key => (
            Rule::RevokedForItsKey,
            Reason::KeyCompromise,
            Cause::KeyCompromised,
            "秘密鍵の漏えい・き損により、電子証明書を失効させました。新しい電子証明書の発行を申請できます。",
        ),
        Ground::RecordError => (
            Rule::RevokedForAnError,
            case.switches.record_error,
            Cause::RecordError,
            "記録に誤りがあったため、電子証明書を失効させました。窓口で新しい電子証明書を発行します。",
        ),
        Ground::ExOfficio => (
            Rule::RevokedExOfficio,
            case.switches.ex_officio,
            Cause::ExOfficio,
            "発行者が電子証明書を失効させました。理由は窓口でお尋ねください。",
        ),
        Ground::Authority => (
            Rule::RevokedForItsAuthority,
            Reason::CaCompromise,
            Cause::AuthorityCompromised,
            "発行者の署名用の鍵に問題が起きたため、電子証明書が使えなくなりました。窓口で新しい電子証明書の発行を受けてください。",
        ),
    };
    let mut decision = case.unchanged();
    if decision.revoke(case, purposes, reason, cause) == 0 {
        return Err(Refusal::NothingToRevoke);
    }
    decision.rules = vec![rule];
    advice.clone_into(&mut decision.advice);
    Ok(decision)
}

pub(super) fn die(case: &Case) -> Result<Decision, Refusal> {
    if let Standing::Died { on: since } = case.entry.standing {
        return Err(Refusal::NotRegistered { since });
    }
    let mut decision = case.unchanged();
    decision.entry.standing = Standing::Died { on: case.today };
    decision.revoke(case, &Purpose::ALL, Reason::CessationOfOperation, Cause::Died);
    decision.rules = vec![Rule::RevokedAtDeath];
    "亡くなられた方の電子証明書を失効させました。そのほかの手続きは窓口でお尋ねください。"
        .clone_into(&mut decision.advice);
    Ok(decision)
}

pub(super) fn move_abroad(case: &Case, keeps_card: bool) -> Result<Decision, Refusal> {
    registered(case.entry)?;
    let mut decision = case.unchanged();
    decision.entry.standing = Standing::Abroad { since: case.today, keeps_card };
    let (purposes, rule, advice): (&[Purpose], _, _) = if keeps_card {
        (
            &[Purpose::Signature],
            Rule::KeptAbroad,
            "署名用電子証明書は失効しました。カードと利用者証明用電子証明書は、国外でも引き続き使えます。",
        )
    } else {
        (
            &Purpose::ALL,
            Rule::RevokedAbroad,
            "電子証明書は失効しました。カードの取り扱いは窓口でお尋ねください。",
        )
    };
    decision.revoke(case, purposes, Reason::CessationOfOperation, Cause::MovedAbroad);
    decision.rules = vec![rule];
    advice.clone_into(&mut decision.advice);
    Ok(decision)
}

pub(super) fn report_loss(case: &Case, to: LossReport) -> Result<Decision, Refusal> {
    let mut decision = case.unchanged();
    let (rule, advice) = match to {
        LossReport::Helpline => {
            suspend(case, &mut decision)?;
            (
                Rule::LossByTelephone,
                "カードの機能を一時停止しました。次に警察署へ届け出てから、窓口へお越しください。",
            )
        }
        LossReport::Police => (
            Rule::LossToThePolice,
            "警察署が届出を受理しました。受理番号を控えて、窓口へお越しください。電子証明書はまだ失効していません。",
        ),
        LossReport::Counter => {
            let revoked = decision.revoke(case, &Purpose::ALL, Reason::KeyCompromise, Cause::Lost);
            if revoked == 0 && case.entry.card.is_none() {
                return Err(Refusal::NothingToRevoke);
            }
            decision.entry.card = None;
            (
                Rule::LossAtTheCounter,
                "紛失の届出を受け付け、電子証明書を失効させました。カードの再交付を申請できます。",
            )
        }
    };
    decision.rules = vec![rule];
    advice.clone_into(&mut decision.advice);
    Ok(decision)
}

fn suspend(case: &Case, decision: &mut Decision) -> Result<(), Refusal> {
    let mut card = case.entry.card.ok_or(Refusal::NoCard)?;
    if let Some(since) = card.suspended {
        return Err(Refusal::CardSuspended { since });
    }
    card.suspended = Some(case.at);
    decision.entry.card = Some(card);
    decision.revoke(case, &Purpose::ALL, Reason::CertificateHold, Cause::Suspended);
    Ok(())
}
