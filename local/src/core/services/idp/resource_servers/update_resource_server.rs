//! `UpdateResourceServer`.

use serde_json::{Value, json};

use crate::core::directory::{ResourceServer, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// Puts another name and other scopes in place of the old ones.
pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, server: ResourceServer) -> Result<Value, ServiceError> {
    let known = pool.resource_server(&server.identifier)?;
    *known = server;
    Ok(json!({ "ResourceServer": known }))
}
