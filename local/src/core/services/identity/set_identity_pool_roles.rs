//! `SetIdentityPoolRoles`: what is not said is taken back.

use serde_json::Value;

use super::{Context, Roles};
use crate::core::wire::error::ServiceError;

pub(super) fn run(context: &mut Context<'_>, roles: Roles) -> Result<Value, ServiceError> {
    let (known, base) = (&context.config.open_id_providers, &context.base);
    let pool = context.pools.get(&roles.identity_pool_id)?;
    pool.set_roles(roles, known, base)?;
    Ok(Value::Null)
}
