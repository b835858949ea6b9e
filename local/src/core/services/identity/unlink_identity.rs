//! `UnlinkIdentity`.

use serde::Deserialize;
use serde_json::Value;

use super::logins::LoginsMap;
use super::{Context, proof};
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    identity_id: String,
    logins: LoginsMap,
    logins_to_remove: Vec<String>,
}

pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    proof::check(context, &input.identity_id, &input.logins)?;
    let now_ms = context.now_ms;
    let pool = context.pools.of_identity(&input.identity_id)?;
    let linked = pool.identities.get(&input.identity_id).map(|identity| identity.providers()).unwrap_or_default();
    if let Some(other) = input.logins_to_remove.iter().find(|name| !linked.contains(&name.as_str())) {
        return Err(invalid(format!("The identity has no login of {other} to remove.")));
    }
    pool.identities.unlink(&input.identity_id, &input.logins_to_remove, now_ms);
    Ok(Value::Null)
}
