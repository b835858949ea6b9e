//! Poolpass: a browser auth kit for Amazon Cognito.
//!
//! JavaScript apps use the npm package `poolpass`. Rust wasm apps use [`Client`] with `default-features = false`, on
//! the browser (`web`, on wasm32); their tests use the in-memory platform ([`memory`]).
//!
//! The modules are layers, and each uses only those below it. `docs/architecture.md` in the repository lists them from
//! top to bottom.

pub mod access;
pub mod appsync;
pub mod aws_json;
mod call;
pub mod client;
pub mod config;
pub mod crypto;
pub mod encode;
pub mod error;
pub mod flow;
pub mod identity;
pub mod idp;
pub mod json;
pub mod jwt;
pub mod memory;
#[cfg(all(target_arch = "wasm32", feature = "npm"))]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
mod npm;
pub mod oauth;
pub mod pkce;
pub mod platform;
pub mod secret;
pub mod session;
pub mod sigv4;
pub mod srp;
pub mod sts;
#[cfg(target_arch = "wasm32")]
pub mod web;

pub use client::Client;
pub use config::Config;
pub use error::Error;
