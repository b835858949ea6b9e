//! `ListUserPools`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Pools, UserPool};
use crate::core::service::Context;
use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    max_results: usize,
    next_token: Option<String>,
}

/// The pools of the region that the call is signed for, by id.
pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let begin: usize = match input.next_token {
        None => 0,
        Some(token) => token.parse().map_err(|_| invalid("Invalid pagination token"))?,
    };
    let own: Vec<&UserPool> = pools.iter().filter(|pool| pool.region() == context.region).collect();
    let end = begin.saturating_add(input.max_results).min(own.len());
    let page = own.get(begin..end).ok_or_else(|| invalid("Invalid pagination token"))?;
    let mut reply = json!({ "UserPools": page.iter().map(|pool| describe(pool)).collect::<Vec<_>>() });
    if end < own.len() {
        reply["NextToken"] = json!(end.to_string());
    }
    Ok(reply)
}

/// `UserPoolDescriptionType`.
fn describe(pool: &UserPool) -> Value {
    json!({
        "Id": pool.id,
        "Name": pool.settings.pool_name,
        "LambdaConfig": {},
        "CreationDate": epoch_seconds(pool.created_ms),
        "LastModifiedDate": epoch_seconds(pool.created_ms),
    })
}
