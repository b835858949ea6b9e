//! `DeleteIdentities`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    identity_ids_to_delete: Vec<String>,
}

pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let mut unknown = Vec::new();
    for id in &input.identity_ids_to_delete {
        let pool = context.pools.of_identity(id).ok().filter(|pool| pool.region() == context.region);
        let removed = pool.is_some_and(|pool| pool.identities.remove(id));
        if !removed {
            unknown.push(json!({ "IdentityId": id, "ErrorCode": "AccessDenied" }));
        }
    }
    Ok(json!({ "UnprocessedIdentityIds": unknown }))
}
