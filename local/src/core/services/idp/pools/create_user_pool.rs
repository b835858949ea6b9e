//! `CreateUserPool`.

use serde_json::{Value, json};

use super::describe_user_pool;
use crate::core::directory::{PoolSettings, Pools, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

const NAME_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, settings: PoolSettings) -> Result<Value, ServiceError> {
    let id = format!("{}_{}", context.region, context.random.text(9, NAME_ALPHABET));
    let pool = UserPool::new(id, settings.checked()?, context.now_ms);
    let described = describe_user_pool::describe(&pool);
    pools.add(pool);
    Ok(json!({ "UserPool": described }))
}
