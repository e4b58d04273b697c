//! What the fuzzer runs, and what is replayed on the committed corpora as ordinary tests.
//!
//! A target takes any bytes, and panics when a rule is broken. `cargo xtask fuzz` runs them under libFuzzer.

mod certificates;
mod envelopes;
mod files;
mod operations;
mod parsers;
mod simulator;
mod trees;

/// Takes any bytes.
pub type Target = fn(&[u8]);

/// Every target with its name, which is also that of its corpus in `fuzz/corpus`.
pub const TARGETS: [(&str, Target); 15] = [
    ("response", parsers::response),
    ("tlv", parsers::tlv),
    ("certificate", parsers::certificate),
    ("attributes", parsers::attributes),
    ("virtual-card", simulator::commands),
    ("operations", operations::sequence),
    ("x509", certificates::x509),
    ("crl", certificates::crl),
    ("ocsp", certificates::ocsp),
    ("other-name", certificates::other_name),
    ("envelope", envelopes::envelope),
    ("cms", envelopes::cms),
    ("jws", envelopes::jws),
    ("pdf", files::pdf),
    ("egov", files::egov),
];

/// Runs the target of that name. Panics when there is none: a fuzzer would otherwise run nothing for ever.
pub fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    assert!(target.is_some(), "no target {name}");
    if let Some((_, target)) = target {
        target(data);
    }
}
