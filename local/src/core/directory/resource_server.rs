//! Resource servers: the names of an API and its scopes.

use serde::{Deserialize, Serialize};

/// `ResourceServerType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct ResourceServer {
    pub(crate) user_pool_id: String,
    pub(crate) identifier: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) scopes: Vec<Scope>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Scope {
    pub(super) scope_name: String,
    pub(super) scope_description: String,
}
