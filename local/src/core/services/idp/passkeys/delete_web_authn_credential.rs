//! `DeleteWebAuthnCredential`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::{ServiceError, not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    credential_id: String,
}

pub(super) fn run(bearer: Bearer<'_>, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let user = bearer.pool.passkey_owner(&bearer.username)?;
    if user.passkeys.remove(&input.credential_id) {
        Ok(json!({}))
    } else {
        Err(not_found("The user has no passkey of this ID."))
    }
}
