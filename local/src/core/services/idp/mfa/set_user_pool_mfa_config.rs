//! `SetUserPoolMfaConfig`.

use serde_json::Value;
use std::sync::Arc;

use crate::core::directory::{MfaConfig, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, config: MfaConfig) -> Result<Value, ServiceError> {
    let settings = Arc::make_mut(&mut pool.settings);
    settings.set_mfa(config)?;
    Ok(settings.mfa_config())
}
