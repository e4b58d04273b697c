//! The passwords of every lab card. They guard nothing: who has the lab has the keys.

use std::fmt;

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
