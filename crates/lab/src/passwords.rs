//! The passwords of every lab card. They guard nothing: who has the lab has the keys.

use std::env::{self, VarError};
use std::fmt;

use thiserror::Error;
use zeroize::Zeroizing;

/// The signature password (署名用パスワード) of every lab card.
pub const SIGNATURE_PASSWORD: &str = "MIHON2026";

/// The PIN (利用者証明用暗証番号) of every lab card.
pub const AUTHENTICATION_PIN: &str = "1234";

/// The PIN for filling forms (券面事項入力補助用暗証番号) of every lab card.
pub const INPUT_SUPPORT_PIN: &str = "2580";

/// The passwords of one card, the lab's unless chosen otherwise. `Debug` prints none of them.
#[derive(Clone)]
pub struct Passwords {
    /// 署名用パスワード
    pub signature: Zeroizing<String>,
    /// 利用者証明用暗証番号
    pub authentication: Zeroizing<String>,
    /// 券面事項入力補助用暗証番号
    pub input_support: Zeroizing<String>,
}

/// Where other passwords than the lab's are looked for, in the order of [`Passwords`]. Not on the command line, which
/// everyone can list.
pub const ENVIRONMENT: [&str; 3] =
    ["SHOMEI_LAB_SIGNATURE_PASSWORD", "SHOMEI_LAB_AUTHENTICATION_PIN", "SHOMEI_LAB_INPUT_SUPPORT_PIN"];

/// A variable of [`ENVIRONMENT`] that holds no password. What it holds is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{0} is not 1 to 16 characters of ASCII, which is what a card can compare")]
pub struct PasswordError(pub &'static str);

impl Passwords {
    /// The passwords named in the environment, and the lab's for those that are not.
    ///
    /// # Errors
    /// [`PasswordError`]: a variable is there and holds no password.
    pub fn from_environment() -> Result<Self, PasswordError> {
        Self::looked_up(|variable| env::var(variable).map(Zeroizing::new))
    }

    fn looked_up(look: impl Fn(&str) -> Result<Zeroizing<String>, VarError>) -> Result<Self, PasswordError> {
        let password = |variable: &'static str, constant: Zeroizing<String>| match look(variable) {
            Ok(password) if (1..=16).contains(&password.len()) && password.is_ascii() => Ok(password),
            Err(VarError::NotPresent) => Ok(constant),
            Ok(_) | Err(VarError::NotUnicode(_)) => Err(PasswordError(variable)),
        };
        let [signature, authentication, input_support] = ENVIRONMENT;
        let constant = Self::default();
        Ok(Self {
            signature: password(signature, constant.signature)?,
            authentication: password(authentication, constant.authentication)?,
            input_support: password(input_support, constant.input_support)?,
        })
    }
}

impl Default for Passwords {
    fn default() -> Self {
        let [signature, authentication, input_support] =
            [SIGNATURE_PASSWORD, AUTHENTICATION_PIN, INPUT_SUPPORT_PIN]
                .map(|password| Zeroizing::new(password.to_owned()));
        Self { signature, authentication, input_support }
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passwords(REDACTED)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_holds_a_password_or_is_named() {
        let cases = [
            (None, Ok(AUTHENTICATION_PIN)),
            (Some("8642"), Ok("8642")),
            (Some("0123456789ABCDEF"), Ok("0123456789ABCDEF")),
            (Some(""), Err(PasswordError("SHOMEI_LAB_AUTHENTICATION_PIN"))),
            (Some("0123456789ABCDEFG"), Err(PasswordError("SHOMEI_LAB_AUTHENTICATION_PIN"))),
            (Some("８６４２"), Err(PasswordError("SHOMEI_LAB_AUTHENTICATION_PIN"))),
        ];
        for (held, expected) in cases {
            let passwords = Passwords::looked_up(|variable| match held {
                Some(held) if variable == ENVIRONMENT[1] => Ok(Zeroizing::new(held.to_owned())),
                _ => Err(VarError::NotPresent),
            });
            let pin = passwords.as_ref().map(|passwords| passwords.authentication.as_str());
            assert_eq!(pin.map_err(|error| *error), expected);
            assert!(!format!("{passwords:?}").contains("8642"));
        }
    }
}
