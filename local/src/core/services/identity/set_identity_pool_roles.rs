//! `SetIdentityPoolRoles`: what is not said is taken back.

use serde_json::Value;

use super::Context;
use crate::core::identity_pools::Roles;
use crate::core::wire::error::ServiceError;

pub(super) fn run(context: &mut Context<'_>, roles: Roles) -> Result<Value, ServiceError> {
    let (known, base) = (&context.open_id_providers, &context.base);
    let pool = context.pools.get(&roles.identity_pool_id)?;
    pool.set_roles(roles, known, base)?;
    Ok(Value::Null)
}
