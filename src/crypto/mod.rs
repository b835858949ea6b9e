//! The crypto kernel: hashes from RustCrypto, and the one group that Cognito's SRP uses.

pub mod group;
pub mod sha256;
