//! The card's state file, where a counter or kiosk sets passwords anew.

use std::path::{Path, PathBuf};

use shomei_virtual_card::{Reference, ReferenceState, State};

use crate::reader::{StateError, StateFile};
use crate::rules::Reset;

/// What is said where no password had to be set anew.
pub(super) const NOTHING_TO_SET: &str =
    "設定し直すパスワードはありませんでした。いまのパスワードがそのまま使えます。";

/// Whether the authentication PIN is locked. A card without a state file is as it was issued.
pub(super) fn pin_is_locked(card: &Path) -> Result<bool, StateError> {
    let path = state_path(card);
    if !path.exists() {
        return Ok(false);
    }
    let pin = |kept: &&ReferenceState| kept.reference == Reference::AuthenticationPin;
    Ok(StateFile::open(&path)?.kept().references.iter().find(pin).is_some_and(|kept| kept.left == 0))
}

/// Gives passwords their tries back and makes them those of the lab, and says which. A card without a state file is as it
/// was issued, and stays so.
pub(super) fn set_anew(card: &Path, reset: Reset) -> Result<Vec<&'static str>, StateError> {
    let path = state_path(card);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let mut file = StateFile::open(&path)?;
    let mut names = Vec::new();
    let references = file.kept().references.iter().map(|kept| {
        let concerned = match reset {
            Reset::Locked => kept.left == 0,
            Reset::Signature => kept.reference == Reference::SignaturePassword,
            Reset::All => true,
        };
        if !concerned {
            return kept.clone();
        }
        let (name, left) = name_and_tries(kept.reference);
        names.push(name);
        ReferenceState { reference: kept.reference, left, changed: None }
    });
    let state = State { references: references.collect() };
    file.keep(state)?;
    Ok(names)
}

fn state_path(card: &Path) -> PathBuf {
    card.join("state.json")
}

/// The name of a password in the state file, and the tries of one that was just set.
const fn name_and_tries(reference: Reference) -> (&'static str, u8) {
    match reference {
        Reference::SignaturePassword => ("signaturePassword", 5),
        Reference::AuthenticationPin => ("authenticationPin", 3),
        Reference::InputSupportPin => ("inputSupportPin", 3),
    }
}
