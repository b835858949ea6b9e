//! A request at the endpoints.

use crate::core::directory::Pools;
use crate::core::service::Context;
use crate::core::wire::form::Form;
use crate::core::wire::http::HttpRequest;
use crate::core::world::faults::Fault;

/// A request of an app.
pub(super) struct Call<'a> {
    pub(super) request: &'a HttpRequest,
    /// The body of a form post.
    pub(super) form: Form,
    pub(super) pools: &'a mut Pools,
    pub(super) context: Context<'a>,
    pub(super) fault: Option<&'a Fault>,
}
