//! `ListWebAuthnCredentials`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::Passkey;
use crate::core::services::idp::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    next_token: Option<String>,
    max_results: Option<usize>,
}

const LARGEST_PAGE: usize = 20;

pub(super) fn run(bearer: Bearer<'_>, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let after = input.next_token.map_or(Ok(0), |token| read_token(&token))?;
    let limit = input.max_results.filter(|limit| *limit > 0).unwrap_or(LARGEST_PAGE);
    let (page, next) = bearer.pool.passkey_owner(&bearer.username)?.passkeys.page(after, limit);
    let mut reply = json!({ "Credentials": page.iter().map(Passkey::description).collect::<Vec<_>>() });
    if let Some(next) = next {
        reply["NextToken"] = json!(URL_SAFE_NO_PAD.encode(next.to_be_bytes()));
    }
    Ok(reply)
}

fn read_token(token: &str) -> Result<u64, ServiceError> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.map(u64::from_be_bytes).ok_or_else(|| invalid("Invalid pagination token"))
}
