//! What an independent program says of a signature.

use std::process::Command;

use anyhow::Result;

use crate::{CARD, Desk, printed};

/// Whether OpenSSL accepts `signature` over `message` (RSASSA-PKCS1-v1_5 with SHA-256) with the key of a certificate
/// of the card, like `signature-certificate.der`.
///
/// # Errors
/// When OpenSSL cannot be asked. A refusal is an answer.
pub fn openssl_accepts(desk: &Desk, certificate: &str, message: &[u8], signature: &[u8]) -> Result<bool> {
    let mut openssl = Command::new("openssl");
    openssl.args(["x509", "-inform", "DER", "-noout", "-pubkey", "-in"]);
    let key = printed(openssl.arg(desk.in_world(CARD).join(certificate)))?;
    let mut openssl = Command::new("openssl");
    openssl.args(["dgst", "-sha256", "-verify"]).arg(desk.file("judged.pem", &key)?);
    openssl.arg("-signature").arg(desk.file("judged.signature", signature)?);
    Ok(openssl.arg(desk.file("judged", message)?).output()?.status.success())
}
