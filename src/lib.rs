//! Poolpass: a browser auth kit for Amazon Cognito.
//!
//! This crate is the kit itself: it does no I/O and names no browser. JavaScript apps use the npm package `poolpass`. Rust
//! apps use `poolpass-web`, which is [`Client`] in a browser; their tests use the in-memory platform ([`memory`]).
//!
//! The modules are layers, and each uses only those below it. `docs/architecture.md` in the repository lists them from
//! top to bottom.

pub mod access;
pub mod appsync;
pub mod aws_json;
pub mod client;
pub mod config;
pub mod crypto;
pub mod encode;
pub mod error;
pub mod event;
pub mod flow;
pub mod identity;
pub mod idp;
pub mod json;
pub mod jwt;
pub mod memory;
pub mod oauth;
pub mod pkce;
pub mod platform;
mod retry;
pub mod secret;
pub mod session;
pub mod sigv4;
pub mod srp;
pub mod sts;

pub use client::Client;
pub use config::Config;
pub use error::Error;
