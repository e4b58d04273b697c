//! The two that judge: this crate, and `openssl verify` in its strict mode, many certificates to a process.

use base64ct::{Base64, Encoding};
use shomei_pki::{
    Anchors, AuthenticationCertificate, Certificate, Purpose, RsaVerifier, SigningCertificate, UnixTime,
    World,
};
use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What a certificate is judged under.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Setting {
    /// Which kind of certificate is needed.
    pub(crate) purpose: Purpose,
    /// The anchors trusted for that, in DER.
    pub(crate) anchors: Vec<Vec<u8>>,
    /// Certificates that come along and are not trusted, in DER.
    pub(crate) untrusted: Vec<Vec<u8>>,
    /// When, in seconds since 1970.
    pub(crate) at: i64,
}

/// `Ok` when this crate accepts the certificate, or its reason.
pub(crate) fn shomei(setting: &Setting, certificate: &[u8]) -> Result<(), String> {
    judge(setting, certificate).map_err(|error| error.to_string())
}

fn judge(setting: &Setting, certificate: &[u8]) -> Result<(), Box<dyn Error>> {
    let none: &[Vec<u8>] = &[];
    let (own, valid): (_, &Certificate);
    let (signing, authentication);
    let issuer = match setting.purpose {
        Purpose::Signature => {
            own = Anchors::load(World::Lab, &setting.anchors, none)?;
            signing = SigningCertificate::parse(certificate)?;
            valid = signing.certificate();
            own.issuer_of_signing(&signing, &RsaVerifier)?
        }
        Purpose::Authentication => {
            own = Anchors::load(World::Lab, none, &setting.anchors)?;
            authentication = AuthenticationCertificate::parse(certificate)?;
            valid = authentication.certificate();
            own.issuer_of_authentication(&authentication, &RsaVerifier)?
        }
    };
    Ok(valid.check_validity(Some(issuer), UnixTime::from_seconds(setting.at))?)
}

/// OpenSSL's verdict on each certificate of one setting: `Ok`, or what it printed.
pub(crate) fn openssl(setting: &Setting, certificates: &[&[u8]]) -> Vec<Result<(), String>> {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<_> = (0..certificates.len()).map(|index| format!("{index}.der")).collect();
    for (file, certificate) in files.iter().zip(certificates) {
        fs::write(folder.path().join(file), certificate).unwrap();
    }
    let mut command = Command::new("openssl");
    command.current_dir(folder.path()).args(options(setting));
    for (option, bundle) in [("-CAfile", &setting.anchors), ("-untrusted", &setting.untrusted)] {
        if !bundle.is_empty() {
            write_bundle(&folder.path().join(option), "CERTIFICATE", bundle);
            command.args([option, &format!("./{option}")]);
        }
    }
    let output = command.args(&files).output().unwrap();
    let accepted = String::from_utf8_lossy(&output.stdout).into_owned();
    let refusals = refusals(&String::from_utf8_lossy(&output.stderr));
    let verdict = |file: &String| {
        let accepted = accepted.lines().any(|line| line == format!("{file}: OK"));
        if accepted { Ok(()) } else { Err(refusals.get(file).cloned().unwrap_or("cannot be read".into())) }
    };
    files.iter().map(verdict).collect()
}

fn options(setting: &Setting) -> Vec<String> {
    let (policy, purpose) = match setting.purpose {
        Purpose::Signature => ("2.25.107415331360325251311376632813692006939.2", "smimesign"),
        Purpose::Authentication => ("2.25.107415331360325251311376632813692006939.3", "sslclient"),
    };
    let at = setting.at.to_string();
    let strict = "verify -x509_strict -policy_check -explicit_policy -no-CApath -no-CAstore";
    let chosen = ["-policy", policy, "-purpose", purpose, "-attime", &at];
    strict.split(' ').chain(chosen).map(str::to_owned).collect()
}

/// OpenSSL's last word on each file before it says that it failed.
fn refusals(printed: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let mut reason = String::new();
    for line in printed.lines() {
        let file = line.strip_prefix("error ").and_then(|rest| rest.strip_suffix(": verification failed"));
        match (file, line.split_once(" lookup: ")) {
            (Some(file), _) => drop(found.insert(file.to_owned(), std::mem::take(&mut reason))),
            (None, Some((_, why))) => reason = why.to_owned(),
            (None, None) => {}
        }
    }
    found
}

/// OpenSSL reads several certificates from one file only as PEM, and a list beside them.
pub(crate) fn write_bundle(file: &Path, label: &str, contents: &[Vec<u8>]) {
    let mut bundle = String::new();
    for content in contents {
        bundle += &format!("-----BEGIN {label}-----\n");
        for line in Base64::encode_string(content).as_bytes().chunks(64) {
            bundle += str::from_utf8(line).unwrap();
            bundle.push('\n');
        }
        bundle += &format!("-----END {label}-----\n");
    }
    fs::write(file, bundle).unwrap();
}
