//! What an app does with a session: requests with the right credential, signed where AWS wants that.

mod appsync;
mod authorize;
mod signing;
mod state;
mod target;

pub(crate) use appsync::appsync;
pub use appsync::{AppSyncAccess, AppSyncRequest};
pub(crate) use authorize::authorize;
pub use authorize::{Authorized, Outgoing};
pub use signing::{PresignRequest, SignRequest};
pub(crate) use signing::{correct_clock, presign, sign};
pub(crate) use state::SigningState;
