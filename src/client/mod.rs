//! The facade: one method a user action. Each file has those of a topic.

pub mod account;
mod aws;
pub mod challenge;
mod devices;
mod passkeys;
mod redirect;
mod session;
mod sign_in;
mod sign_up;

use std::rc::Rc;

use crate::access::ClockOffsets;
use crate::config::Config;
use crate::error::Error;
use crate::flow::operation;
use crate::flow::redirect::{RedirectResults, register};
use crate::flow::sign_in::SignIns;
use crate::idp::Operation;
use crate::json::Value;
use crate::platform::Platform;
use crate::session::Core;

/// The client of one app client of a user pool.
///
/// Clones and [`Client::on`] share one session. Futures are not `Send`.
///
/// ```no_run
/// use poolpass::{Client, Config, flow::sign_in::SignIn, memory::World};
///
/// # async fn example() -> Result<(), poolpass::Error> {
/// let config: Config =
///     r#"{"userPool": {"userPoolId": "eu-west-1_AbCdEf123", "userPoolClientId": "1h57kf5cpq17m0eml12example"}}"#.parse()?;
/// let client = Client::new(config, World::new().tab());
/// client.sign_in(&SignIn { username: "ada".into(), password: "Correct-Horse7!".into(), ..SignIn::default() }).await?;
/// let session = client.fetch_auth_session(false).await?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Client<P> {
    core: Core,
    redirects: Rc<RedirectResults>,
    sign_ins: Rc<SignIns>,
    clocks: Rc<ClockOffsets>,
    platform: P,
}

impl<P: Platform> Client<P> {
    /// A client of a checked configuration. Nothing is sent or read yet.
    pub fn new(config: Config, platform: P) -> Self {
        let core = Core::new(config);
        register(&core.config);
        Self { core, redirects: Rc::default(), sign_ins: Rc::default(), clocks: Rc::default(), platform }
    }

    /// The same client for one operation on another view of the platform, such as one with an
    /// `AbortSignal`.
    #[must_use]
    pub fn on(&self, platform: P) -> Self {
        let (core, redirects) = (self.core.clone(), Rc::clone(&self.redirects));
        Self { core, redirects, sign_ins: Rc::clone(&self.sign_ins), clocks: Rc::clone(&self.clocks), platform }
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.core.config
    }

    /// Performs an operation of the table, with input and output as in the JavaScript API.
    ///
    /// # Errors
    /// `bad_input` before any request; `service`; network errors; `signed_out` if the operation needs a session.
    pub async fn perform(&self, operation: &Operation, input: &Value) -> Result<Value, Error> {
        operation::perform(&self.core, &self.platform, operation, input).await
    }
}
