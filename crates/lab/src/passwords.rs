//! The passwords of every lab card. They guard nothing: who has the lab has the keys.

/// The signature password (署名用パスワード) of every lab card.
pub const SIGNATURE_PASSWORD: &str = "MIHON2026";

/// The PIN (利用者証明用暗証番号) of every lab card.
pub const AUTHENTICATION_PIN: &str = "1234";
