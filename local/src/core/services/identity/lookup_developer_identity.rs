//! `LookupDeveloperIdentity`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::identity_pools::{conflict, identity_not_found};
use crate::core::wire::error::{ServiceError, invalid, not_found};
use crate::core::wire::page::page;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    identity_pool_id: String,
    identity_id: Option<String>,
    developer_user_identifier: Option<String>,
    max_results: Option<usize>,
    next_token: Option<String>,
}

const LARGEST_PAGE: usize = 60;

/// "If you supply only one of these values, the other value will be searched in the database … If you supply both,
/// DeveloperUserIdentifier will be matched against IdentityID."
pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = context.pools.get(&input.identity_pool_id)?;
    let name = pool.developer_provider()?;
    let holder = input.developer_user_identifier.as_deref().map(|user| pool.identities.holder(name, user));
    let id = match (input.identity_id, holder) {
        (None, None) => return Err(invalid("Either IdentityId or DeveloperUserIdentifier must be given.")),
        (None, Some(holder)) => {
            holder.ok_or_else(|| not_found("The developer user identifier is not registered."))?.to_owned()
        }
        (Some(id), Some(holder)) if holder != Some(id.as_str()) => {
            return Err(conflict("The developer user identifier is not registered with this identity."));
        }
        (Some(id), _) => id,
    };
    let identity = pool.identities.get(&id).ok_or_else(|| identity_not_found(&id))?;
    let users: Vec<&str> = match &input.developer_user_identifier {
        Some(user) => vec![user],
        None => identity.subjects(name),
    };
    let most = input.max_results.unwrap_or(LARGEST_PAGE);
    let users = users.into_iter().map(|user| (user, json!(user)));
    let mut reply = page(users, most, input.next_token.as_deref())?.reply("DeveloperUserIdentifierList");
    reply["IdentityId"] = json!(id);
    Ok(reply)
}
