//! `CreateIdentityPool`.

use serde_json::Value;

use super::Context;
use crate::core::identity_pools::{IdentityPool, Settings};
use crate::core::wire::error::ServiceError;

pub(super) fn run(context: &mut Context<'_>, settings: Settings) -> Result<Value, ServiceError> {
    let settings = settings.checked()?;
    let id = format!("{}:{}", context.region, context.random.uuid());
    let pool = IdentityPool::new(id, settings);
    let described = pool.describe();
    context.pools.add(pool);
    Ok(described)
}
