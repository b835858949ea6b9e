//! The crypto kernel: hashes from RustCrypto, and the one group that Cognito's SRP uses.

pub mod product;
pub mod sha256;

pub use poolpass_group as group;
