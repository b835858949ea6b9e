//! `ConfirmDevice`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::SecretVerifier;
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    device_key: String,
    device_name: Option<String>,
    device_secret_verifier_config: Option<SecretVerifier>,
}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    bearer.check_status()?;
    let Bearer { pool, username, event_id, .. } = bearer;
    let verifier = input.device_secret_verifier_config.map(|config| config.read()).transpose()?;
    // Users of the service see this text for a key that their sign-in did not give them.
    let given = pool.grants.by_event(&event_id).and_then(|grant| grant.device.clone());
    let asks = pool.settings.device_configuration.is_some_and(|how| how.device_only_remembered_on_user_prompt);
    let devices = pool.devices(&username)?;
    let device = given.filter(|device| device.key == input.device_key);
    let device = device.ok_or_else(|| invalid("Invalid device key given."))?;
    devices.confirm(device, input.device_name, verifier, !asks, context.now_ms)?;
    Ok(json!({ "UserConfirmationNecessary": asks }))
}
