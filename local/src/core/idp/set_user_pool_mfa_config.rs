//! `SetUserPoolMfaConfig`.

use serde_json::Value;

use super::Context;
use crate::core::error::ServiceError;
use crate::core::pool::MfaConfig;
use crate::core::pools::Pools;

pub(super) fn run(pools: &mut Pools, _: &mut Context<'_>, config: MfaConfig) -> Result<Value, ServiceError> {
    let settings = &mut pools.get(&config.user_pool_id)?.settings;
    settings.set_mfa(&config)?;
    Ok(settings.mfa_config())
}
