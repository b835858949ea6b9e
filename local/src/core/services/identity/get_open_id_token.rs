//! `GetOpenIdToken`: the basic flow.

use serde::Deserialize;
use serde_json::{Value, json};

use super::logins::LoginsMap;
use super::open_id_token::{issue, web_identity};
use super::{Context, proof};
use crate::core::wire::error::{ServiceError, invalid};

/// The life of these tokens, in seconds.
const SECONDS: u64 = 600;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    identity_id: String,
    #[serde(default)]
    logins: LoginsMap,
}

pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    if !context.pools.of_identity(&input.identity_id)?.settings.allow_classic_flow {
        return Err(invalid("Basic (classic) flow is not enabled, please use enhanced flow."));
    }
    let (id, logins) = proof::prove(context, &input.identity_id, &input.logins)?;
    let pool = context.pools.of_identity(&id)?;
    let (identity, tags) = (web_identity(&pool.id, &id, &logins), pool.session_tags(&logins));
    Ok(json!({ "IdentityId": id, "Token": issue(context, &identity, &tags, SECONDS) }))
}
