//! `ListIdentities`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::wire::error::ServiceError;
use crate::core::wire::page::page;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    identity_pool_id: String,
    max_results: usize,
    next_token: Option<String>,
    #[serde(default)]
    hide_disabled: bool,
}

pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = context.pools.get(&input.identity_pool_id)?;
    let shown = pool.identities.iter().filter(|(_, identity)| !(input.hide_disabled && identity.is_disabled()));
    let described = shown.map(|(id, identity)| (id, identity.describe(id)));
    let mut reply = page(described, input.max_results, input.next_token.as_deref())?.reply("Identities");
    reply["IdentityPoolId"] = json!(pool.id);
    Ok(reply)
}
