//! Native tests of the crate.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../shared/srp_vectors.rs"]
mod srp_vectors;

mod config;
mod errors;
mod group;
mod json;
mod refresh;
mod replies;
mod sign_in;
mod srp;
mod stage;
