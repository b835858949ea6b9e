//! `UpdateIdentityPool`: what is not said is taken back.

use serde_json::Value;

use super::Context;
use crate::core::identity_pools::Settings;
use crate::core::wire::error::ServiceError;

pub(super) fn run(context: &mut Context<'_>, settings: Settings) -> Result<Value, ServiceError> {
    let settings = settings.checked()?;
    let pool = context.pools.get(&settings.identity_pool_id)?;
    pool.settings = settings;
    Ok(pool.describe())
}
