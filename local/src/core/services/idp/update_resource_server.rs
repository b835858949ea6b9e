//! `UpdateResourceServer`.

use serde_json::{Value, json};

use super::Context;
use crate::core::directory::Pools;
use crate::core::directory::ResourceServer;
use crate::core::wire::error::ServiceError;

/// Puts another name and other scopes in place of the old ones.
pub(super) fn run(pools: &mut Pools, _: &mut Context<'_>, server: ResourceServer) -> Result<Value, ServiceError> {
    let known = pools.get(&server.user_pool_id)?.resource_server(&server.identifier)?;
    *known = server;
    Ok(json!({ "ResourceServer": known }))
}
