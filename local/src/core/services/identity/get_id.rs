//! `GetId`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::logins::LoginsMap;
use super::{Context, logins, proof, token_refusals};
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    identity_pool_id: String,
    #[serde(default)]
    logins: LoginsMap,
    /// Without effect: there is one account here.
    #[serde(rename = "AccountId")]
    _account_id: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    context.pools.get(&input.identity_pool_id)?;
    // The token of a developer provider tells its identity.
    if input.logins.contains_key(logins::COGNITO) {
        return Err(token_refusals::not_supported());
    }
    let logins = match context.pools.find(&input.identity_pool_id) {
        Some(pool) => logins::verify(context, pool, &input.logins)?,
        None => Vec::new(),
    };
    let pool = context.pools.get(&input.identity_pool_id)?;
    let new_id = format!("{}:{}", pool.region(), context.random.uuid());
    if logins.is_empty() {
        proof::check_guests(pool)?;
        pool.identities.add_guest(new_id.clone(), context.now_ms);
        return Ok(json!({ "IdentityId": new_id }));
    }
    let several = pool.settings.developer_provider_name.as_deref();
    let id = pool.identities.resolve(None, &logins, several, || new_id, context.now_ms)?;
    Ok(json!({ "IdentityId": id }))
}
