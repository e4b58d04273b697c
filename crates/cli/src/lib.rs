//! The command shomei: verify a signed application.
