//! `SetUserPoolMfaConfig`.

use serde_json::Value;

use super::Context;
use crate::core::directory::MfaConfig;
use crate::core::directory::Pools;
use crate::core::wire::error::ServiceError;

pub(super) fn run(pools: &mut Pools, _: &mut Context<'_>, config: MfaConfig) -> Result<Value, ServiceError> {
    let settings = &mut pools.get(&config.user_pool_id)?.settings;
    settings.set_mfa(&config)?;
    Ok(settings.mfa_config())
}
