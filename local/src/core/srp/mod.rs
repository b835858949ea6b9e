//! SRP as Cognito does it, the server's side. Plain num-bigint: slow and obvious beats fast here.

mod group;
pub(crate) mod kept;
mod server;

pub(crate) use group::hex;
pub(crate) use server::{Challenge, Claim, Verifier, parse_public_value, random_public_value};

#[cfg(test)]
mod vectors;
