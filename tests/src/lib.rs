//! End-to-end tests over several parts.
