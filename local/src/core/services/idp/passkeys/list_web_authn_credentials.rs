//! `ListWebAuthnCredentials`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::services::idp::page::{page, place};
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    next_token: Option<String>,
    max_results: Option<usize>,
}

const LARGEST_PAGE: usize = 20;

pub(super) fn run(bearer: Bearer<'_>, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let limit = input.max_results.filter(|limit| *limit > 0).unwrap_or(LARGEST_PAGE);
    let user = bearer.pool.passkey_owner(&bearer.username)?;
    let list = format!("passkeys of {}", user.sub);
    let after = place(&list, input.next_token.as_deref())?.unwrap_or(0);
    let rest = user.passkeys.after(after).map(|passkey| (passkey.number(), passkey.description()));
    let page = page(&list, limit, rest);
    let mut reply = json!({ "Credentials": page.entries });
    if let Some(token) = page.token {
        reply["NextToken"] = json!(token);
    }
    Ok(reply)
}
