//! `CreateResourceServer`.

use serde_json::{Value, json};

use super::Context;
use crate::core::directory::Pools;
use crate::core::directory::ResourceServer;
use crate::core::wire::error::ServiceError;

pub(super) fn run(pools: &mut Pools, _: &mut Context<'_>, server: ResourceServer) -> Result<Value, ServiceError> {
    let pool = pools.get(&server.user_pool_id)?;
    let reply = json!({ "ResourceServer": server });
    pool.add_resource_server(server)?;
    Ok(reply)
}
