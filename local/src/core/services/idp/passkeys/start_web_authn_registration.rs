//! `StartWebAuthnRegistration`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, _: Input) -> Result<Value, ServiceError> {
    let challenge = context.random.base64url::<32>();
    let options = bearer.pool.start_passkey(&bearer.username, &bearer.client_id, challenge, context.now_ms)?;
    Ok(json!({ "CredentialCreationOptions": options }))
}
