//! Messages between page, extension and host: types, error codes, version, limits.
