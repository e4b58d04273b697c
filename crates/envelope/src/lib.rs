//! Signature containers: bytes to sign, assembly, parsing, verification report.
