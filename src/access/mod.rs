//! What an app does with a session: requests with the right credential, signed where AWS wants that.

mod appsync;
mod authorize;
mod clock_offsets;
mod signing;

mod target;

pub(crate) use appsync::appsync;
pub use appsync::{AppSyncAccess, AppSyncRequest};
pub use authorize::{Authorized, Outgoing};
pub(crate) use authorize::{authorize, authorize_with_token};
pub(crate) use clock_offsets::ClockOffsets;
pub use signing::{PresignRequest, SignRequest};
pub(crate) use signing::{correct_clock, presign, sign};
