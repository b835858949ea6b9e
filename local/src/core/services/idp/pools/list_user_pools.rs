//! `ListUserPools`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Pools, UserPool};
use crate::core::service::Context;
use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::ServiceError;
use crate::core::wire::page::page;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    max_results: usize,
    next_token: Option<String>,
}

/// The pools of the region that the call is signed for, by id.
pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let own = pools.iter().filter(|pool| pool.region() == context.region);
    let described = own.map(|pool| (pool.id.as_str(), describe(pool)));
    page(described, input.max_results, input.next_token.as_deref()).map(|page| page.reply("UserPools"))
}

/// `UserPoolDescriptionType`.
fn describe(pool: &UserPool) -> Value {
    json!({
        "Id": pool.id,
        "Name": pool.settings.pool_name,
        "LambdaConfig": pool.settings.lambda_config,
        "CreationDate": epoch_seconds(pool.created_ms),
        "LastModifiedDate": epoch_seconds(pool.modified_ms),
    })
}
