//! The native-messaging host: framing, policy, window, PC/SC, installation.
