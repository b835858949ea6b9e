//! `AdminSetUserPassword`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::error::{ServiceError, user_not_found};
use crate::core::pool::UserStatus;
use crate::core::pools::Pools;
use crate::core::srp::Verifier;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: String,
    username: String,
    password: String,
    #[serde(default)]
    permanent: bool,
}

pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = pools.get(&input.user_pool_id)?;
    let username = pool.find(&input.username).ok_or_else(user_not_found)?.username.clone();
    pool.settings.password_policy().check(&input.password)?;
    let verifier = Verifier::new(pool.name(), &username, &input.password, context.random.bytes());
    pool.forgive(&username);
    let user = pool.find_mut(&username).ok_or_else(user_not_found)?;
    let status = if input.permanent { UserStatus::Confirmed } else { UserStatus::ForceChangePassword };
    user.set_password(verifier, status, context.now_ms);
    Ok(json!({}))
}
