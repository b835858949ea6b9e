//! One request to a stand-in.

use crate::core::service::Shared;
use crate::core::stand_ins::Kind;
use crate::core::wire::form::Form;
use crate::core::wire::http::HttpRequest;
use crate::core::world::random::Random;
use crate::core::world::tokens::{Forgery, KeyRing};

/// The client id of apps that talk to a stand-in themselves, without a user pool: public, PKCE required, any address of this machine.
pub(super) const PUBLIC_CLIENT: &str = "poolpass-public";

/// One request to a stand-in.
pub(super) struct Call<'a> {
    pub(super) kind: Kind,
    pub(super) shared: &'a mut Shared,
    pub(super) random: &'a mut Random,
    pub(super) keys: &'a KeyRing,
    pub(super) request: &'a HttpRequest,
    /// The address of this stand-in.
    pub(super) issuer: String,
    pub(super) now_ms: u64,
    /// How ID tokens, assertions and user info are to be wrong.
    pub(super) forgery: Option<Forgery>,
}

impl Call<'_> {
    /// The parameters: the body of a POST, else the query.
    pub(super) fn parameters(&self) -> Form {
        match self.request.method.as_str() {
            "POST" => Form::parse(&String::from_utf8_lossy(&self.request.body)),
            _ => self.request.query_form(),
        }
    }
}
