//! `ListIdentityPools`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::wire::error::ServiceError;
use crate::core::wire::page::page;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    max_results: usize,
    next_token: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let own = context.pools.iter().filter(|pool| pool.region() == context.region);
    let described = own.map(|pool| {
        let name = &pool.settings.identity_pool_name;
        (pool.id.as_str(), json!({ "IdentityPoolId": pool.id, "IdentityPoolName": name }))
    });
    page(described, input.max_results, input.next_token.as_deref()).map(|page| page.reply("IdentityPools"))
}
