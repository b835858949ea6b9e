//! Poolpass: a browser auth kit for Amazon Cognito.
//!
//! Small, fast on a slow phone; it never hangs and never signs users out by accident. JavaScript apps use
//! the npm package `poolpass`; Rust wasm apps use [`Client`] with `default-features = false`.
//!
//! The crate reads top to bottom: a module uses only those below it.
//!
//! | module | what it is for |
//! |---|---|
//! | `npm` | feature `npm`: the exports of the npm package, conversions and nothing else |
//! | [`client`] | the facade, one method a user action |
//! | [`flow`] | what a user does: sign up, sign in, here or at a sign-in page, sign out |
//! | [`session`] | tokens over time: the stored record, the refresh, the events |
//! | `call` | one call of a service, repeated by what it does |
//! | `web`, [`memory`] | the two platforms: the browser, and one in memory that can be ordered to fail |
//! | [`platform`] | the one door to I/O, clock and randomness, as a trait |
//! | [`idp`], [`oauth`] | Cognito user pools and OAuth servers as values: requests built, replies read |
//! | [`config`] | every setting checked once |
//! | [`srp`], [`jwt`], [`pkce`] | pure pieces of protocol |
//! | [`crypto`] | hashes and the SRP group |
//! | [`encode`], [`json`] | small pure encoders |
//! | [`secret`], [`error`] | what every layer uses |

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
