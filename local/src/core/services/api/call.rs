//! One request to an API.

use super::route::Route;
use super::settings::Api;
use crate::core::directory::Pools;
use crate::core::iam::{ACCOUNT, AccessKeys};
use crate::core::wire::http::HttpRequest;
use crate::core::world::tokens::KeyRing;

/// The stage that every API is deployed to, which only its ARNs show.
pub(super) const STAGE: &str = "local";

/// One request to an API.
pub(super) struct Call<'a> {
    pub(super) api: &'a Api,
    pub(super) route: &'a Route,
    pub(super) region: &'a str,
    pub(super) pools: &'a Pools,
    pub(super) keys: &'a KeyRing,
    pub(super) access_keys: &'a AccessKeys,
    pub(super) request: &'a HttpRequest,
    /// Decoded, below the API's address.
    pub(super) path: String,
    pub(super) now_ms: u64,
}

impl Call<'_> {
    /// What the right to call is asked for.
    pub(super) fn method_arn(&self) -> String {
        let (region, name, method, path) = (self.region, &self.api.name, &self.request.method, &self.path);
        format!("arn:aws:execute-api:{region}:{ACCOUNT}:{name}/{STAGE}/{method}{path}")
    }
}
