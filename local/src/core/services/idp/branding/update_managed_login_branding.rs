//! `UpdateManagedLoginBranding`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Look, Pools};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, missing_parameter};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: Option<String>,
    managed_login_branding_id: Option<String>,
    #[serde(default)]
    use_cognito_provided_values: bool,
    settings: Option<Value>,
    assets: Option<Vec<Value>>,
}

/// The model says of neither id that it is required, but there is no style without.
pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool_id = input.user_pool_id.ok_or_else(|| missing_parameter("UserPoolId"))?;
    let id = input.managed_login_branding_id.ok_or_else(|| missing_parameter("ManagedLoginBrandingId"))?;
    let pool = pools.get(&pool_id)?;
    let style = pool.branding.style(&id)?;
    style.change(Look::new(input.use_cognito_provided_values, input.settings, input.assets)?, context.now_ms);
    Ok(json!({ "ManagedLoginBranding": pool.describe_style(&id)? }))
}
