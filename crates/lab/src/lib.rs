//! The test world: virtual card and reader, certification authority, residents.
