//! `DescribeManagedLoginBrandingByClient`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe_managed_login_branding::check_merged;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: String,
    #[serde(default)]
    return_merged_resources: bool,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.check_has_client(&input.client_id)?;
    let id = pool.branding.style_of(&input.client_id);
    let id = id.ok_or_else(|| not_found(format!("The app client {} has no branding style.", input.client_id)))?;
    check_merged(input.return_merged_resources)?;
    Ok(json!({ "ManagedLoginBranding": pool.describe_style(id)? }))
}
