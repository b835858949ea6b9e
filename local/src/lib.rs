//! A local Amazon Cognito for development and tests.
//!
//! [`core`] answers requests without any I/O: time is injected, randomness is seeded. [`server`] puts it behind an HTTP port.
//! Nothing here shares code with the crate `poolpass`, so that each checks the other.

pub mod core;
pub mod server;
