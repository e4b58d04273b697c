//! Changes of what the register says of a resident.

use super::issuing::registered;
use super::{Case, Decision, Refusal, Rule, Substitute, with_substitutes};
use crate::register::{Cause, Items};
use crate::{Date, Municipality, Purpose, Reason, Sex};

/// What changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// 転居
    Address {
        /// From the prefecture on.
        address: String,
    },
    /// 転出
    AddressElsewhere {
        /// From the prefecture on.
        address: String,
        /// Where the resident will be registered.
        municipality: Municipality,
    },
    /// 婚姻・養子縁組
    Name {
        /// The whole new name.
        name: String,
    },
    /// 性別・生年月日の訂正
    BirthOrSex {
        /// The right date of birth, if it was wrong.
        birth: Option<Date>,
        /// The right sex, if it was wrong.
        sex: Option<Sex>,
    },
}

pub(super) fn change(case: &Case, change: &Change, chosen: &[Substitute]) -> Result<Decision, Refusal> {
    registered(case.entry)?;
    let mut decision = case.unchanged();
    let entry = &mut decision.entry;
    let items = &mut entry.basic_four_items;
    match change {
        Change::Address { address } => new_address(items, address),
        Change::AddressElsewhere { address, municipality } => {
            new_address(items, address);
            entry.municipality = *municipality;
        }
        Change::Name { name } => {
            name.clone_into(&mut items.name);
            items.name_substitutes.clear();
        }
        Change::BirthOrSex { birth, sex } => {
            items.birth = birth.unwrap_or(items.birth);
            items.sex = sex.unwrap_or(items.sex);
        }
    }
    *items = with_substitutes(items, chosen)?;
    if decision.entry == *case.entry {
        return Err(Refusal::NothingChanges);
    }
    decision.revoke(case, &[Purpose::Signature], Reason::AffiliationChanged, Cause::ItemsChanged);
    decision.rules = vec![Rule::RevokedForItsItems, Rule::AuthenticationStays];
    "記載事項が変わったため、署名用電子証明書は使えなくなりました。電子申請を続けてお使いになるには、窓口で新しい署名用電子証明書の発行を申請してください。利用者証明用電子証明書はそのまま使えます。"
        .clone_into(&mut decision.advice);
    Ok(decision)
}

pub(super) fn alias(case: &Case, alias: Option<&str>) -> Result<Decision, Refusal> {
    registered(case.entry)?;
    let mut decision = case.unchanged();
    let foreign = decision.entry.foreign_resident.as_mut().ok_or(Refusal::NoForeignResident)?;
    if foreign.alias.as_deref() == alias {
        return Err(Refusal::NothingChanges);
    }
    foreign.alias = alias.map(str::to_owned);
    decision.revoke(case, &[Purpose::Signature], Reason::AffiliationChanged, Cause::AliasChanged);
    decision.rules = vec![Rule::RevokedForItsAlias, Rule::AuthenticationStays];
    "通称が変わったため、署名用電子証明書は使えなくなりました。窓口で新しい署名用電子証明書の発行を申請してください。"
        .clone_into(&mut decision.advice);
    Ok(decision)
}

fn new_address(items: &mut Items, address: &str) {
    address.clone_into(&mut items.address);
    items.address_substitutes.clear();
}
