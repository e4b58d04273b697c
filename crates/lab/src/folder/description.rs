//! `card.json`: who a card belongs to, for people and scripts that do not read certificates.

use serde::{Deserialize, Serialize};

use shomei_virtual_card::{BasicFourItems as OnTheCard, InputSupport};

use crate::Resident;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Description {
    holder: String,
    municipality: String,
    passwords: Passwords,
    basic_four_items: BasicFourItems,
}

/// Names of the lab's constants: the passwords themselves stand in no file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Passwords {
    signature: String,
    authentication: String,
    #[serde(default = "input_support_pin")]
    input_support: String,
}

fn input_support_pin() -> String {
    "INPUT_SUPPORT_PIN".to_owned()
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct BasicFourItems {
    name: String,
    name_substitutes: String,
    address: String,
    address_substitutes: String,
    birth: String,
    sex: String,
}

impl Description {
    pub(super) fn of(resident: &Resident) -> Self {
        Self {
            holder: resident.id.clone(),
            municipality: resident.municipality.romaji().to_owned(),
            passwords: Passwords {
                signature: "SIGNATURE_PASSWORD".to_owned(),
                authentication: "AUTHENTICATION_PIN".to_owned(),
                input_support: input_support_pin(),
            },
            basic_four_items: BasicFourItems {
                name: resident.name.clone(),
                name_substitutes: resident.name_substitutes.clone(),
                address: resident.address.clone(),
                address_substitutes: resident.address_substitutes.clone(),
                birth: resident.birth.to_string(),
                sex: resident.sex.code().to_owned(),
            },
        }
    }

    /// What forms are filled from.
    pub(super) fn input_support(&self, pin: &str) -> InputSupport {
        let BasicFourItems { name, address, birth, sex, .. } = &self.basic_four_items;
        InputSupport::new(&OnTheCard { name, address, birth: &birth.replace('-', ""), sex }, pin)
    }

    pub(super) fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }

    pub(super) fn from_json(bytes: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(bytes)
    }
}
