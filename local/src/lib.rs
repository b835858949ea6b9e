//! A local Amazon Cognito for development and tests.
//!
//! [`core`] answers requests without any I/O: time is injected, randomness is seeded. [`server`] puts it behind an HTTP port.
//! Nothing here shares code with the crate `poolpass`, so that each checks the other.
//!
//! ```
//! use poolpass_local::core::{Config, Emulator, HttpRequest, ManualClock};
//!
//! let clock = ManualClock::new(1_762_419_903_000);
//! let emulator = Emulator::new(Config::default(), clock.clone(), Some(1));
//! let request = HttpRequest { method: "GET".into(), target: "/_poolpass/health".into(), ..HttpRequest::default() };
//! assert_eq!(emulator.handle(request).status, 200);
//! ```

pub mod core;
pub mod server;
