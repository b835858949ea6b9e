//! `SetUserPoolMfaConfig`.

use serde_json::Value;

use crate::core::directory::{MfaConfig, UserPool};
use crate::core::services::idp::Context;
use crate::core::wire::error::ServiceError;

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, config: MfaConfig) -> Result<Value, ServiceError> {
    let settings = &mut pool.settings;
    settings.set_mfa(&config)?;
    Ok(settings.mfa_config())
}
