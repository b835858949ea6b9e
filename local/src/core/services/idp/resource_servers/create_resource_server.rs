//! `CreateResourceServer`.

use serde_json::{Value, json};

use crate::core::directory::{ResourceServer, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, server: ResourceServer) -> Result<Value, ServiceError> {
    let reply = json!({ "ResourceServer": server });
    pool.add_resource_server(server)?;
    Ok(reply)
}
