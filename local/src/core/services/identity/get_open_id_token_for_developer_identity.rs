//! `GetOpenIdTokenForDeveloperIdentity`: an app's own back end vouches for a user.

use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::logins::LoginsMap;
use super::open_id_token::{issue, web_identity};
use super::{Context, logins};
use crate::core::identity_pools::{IdentityPool, Login};
use crate::core::wire::error::{ServiceError, invalid};

const DEFAULT_SECONDS: u64 = 900;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    identity_pool_id: String,
    identity_id: Option<String>,
    logins: LoginsMap,
    token_duration: Option<u64>,
    #[serde(default)]
    principal_tags: BTreeMap<String, String>,
}

pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = context.pools.get(&input.identity_pool_id)?;
    let name = pool.developer_provider()?.to_owned();
    let mut others = input.logins;
    let user = others.remove(&name).ok_or_else(|| invalid(format!("Logins need the developer provider {name}.")))?;
    let logins = proven(context, &input.identity_pool_id, name.clone(), user.clone(), &others)?;
    let new_id = format!("{}:{}", input.identity_pool_id.split(':').next().unwrap_or_default(), context.random.uuid());
    let pool = context.pools.get(&input.identity_pool_id)?;
    let id = match input.identity_id {
        // A back end needs no proof: it may give a user of its own to any identity.
        Some(id) => {
            check_free(pool, &id, &name, &user)?;
            pool.identities.adopt(&id, &logins, &name, context.now_ms)?;
            id
        }
        None => pool.identities.resolve(None, &logins, Some(&name), || new_id, context.now_ms)?,
    };
    let identity = web_identity(&pool.id, &id, &logins);
    let mut tags = pool.session_tags(&logins);
    tags.extend(input.principal_tags);
    let seconds = input.token_duration.unwrap_or(DEFAULT_SECONDS);
    Ok(json!({ "IdentityId": id, "Token": issue(context, &identity, &tags, seconds) }))
}

fn proven(
    context: &Context<'_>,
    pool_id: &str,
    name: String,
    user: String,
    others: &LoginsMap,
) -> Result<Vec<Login>, ServiceError> {
    let mut all = vec![Login::new(name, user, pool_id.into())];
    if let Some(pool) = context.pools.find(pool_id) {
        all.extend(logins::verify(context, pool, others)?);
    }
    Ok(all)
}

fn check_free(pool: &IdentityPool, id: &str, name: &str, user: &str) -> Result<(), ServiceError> {
    if pool.identities.holder(name, user).is_none_or(|holder| holder == id) {
        return Ok(());
    }
    let text = "The developer user identifier is already registered with another identity.";
    Err(ServiceError::new("DeveloperUserAlreadyRegisteredException", text))
}
