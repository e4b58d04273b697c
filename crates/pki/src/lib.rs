//! Certificates of the JPKI profile: worlds, anchors, path, revocation. No IO; time is an argument.
