//! `GetUserAuthFactors`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {}

pub(super) fn run(bearer: Bearer<'_>, _: &mut Context<'_>, _: Input) -> Result<Value, ServiceError> {
    bearer.user()?;
    describe(bearer.pool, &bearer.username)
}

/// The reply, which is the same for administrators.
pub(super) fn describe(pool: &UserPool, username: &str) -> Result<Value, ServiceError> {
    let user = pool.find(username).ok_or_else(user_not_found)?;
    let mut reply = user.mfa.shown();
    reply.remove("MFAOptions");
    reply.insert("Username".into(), json!(user.username));
    let factors = pool.configured_factors(user);
    if !factors.is_empty() {
        reply.insert("ConfiguredUserAuthFactors".into(), json!(factors));
    }
    Ok(reply.into())
}
