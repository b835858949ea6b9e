//! `MergeDeveloperIdentities`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::wire::error::{ServiceError, not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    source_user_identifier: String,
    destination_user_identifier: String,
    developer_provider_name: String,
    identity_pool_id: String,
}

/// The identity of the destination stays.
pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let now_ms = context.now_ms;
    let pool = context.pools.get(&input.identity_pool_id)?;
    pool.check_developer_provider(&input.developer_provider_name)?;
    let holder = |user: &str| {
        let found = pool.identities.holder(&input.developer_provider_name, user).map(str::to_owned);
        found.ok_or_else(|| not_found(format!("The developer user identifier {user} is not registered.")))
    };
    let source = holder(&input.source_user_identifier)?;
    let destination = holder(&input.destination_user_identifier)?;
    if source != destination {
        pool.identities.merge(&source, &destination, &input.developer_provider_name, now_ms)?;
    }
    Ok(json!({ "IdentityId": destination }))
}
