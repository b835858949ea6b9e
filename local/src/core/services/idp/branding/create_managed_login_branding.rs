//! `CreateManagedLoginBranding`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Look, Style, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: String,
    #[serde(default)]
    use_cognito_provided_values: bool,
    settings: Option<Value>,
    assets: Option<Vec<Value>>,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.check_has_client(&input.client_id)?;
    let look = Look::new(input.use_cognito_provided_values, input.settings, input.assets)?;
    if pool.branding.style_of(&input.client_id).is_some() {
        let text = format!("The app client {} already has a managed login branding style.", input.client_id);
        return Err(ServiceError::new("ManagedLoginBrandingExistsException", text));
    }
    let id = context.random.uuid();
    pool.branding.add_style(id.clone(), Style::new(input.client_id, look, context.now_ms));
    Ok(json!({ "ManagedLoginBranding": pool.describe_style(&id)? }))
}
