//! `DescribeManagedLoginBranding`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, unsupported};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    managed_login_branding_id: String,
    #[serde(default)]
    return_merged_resources: bool,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let described = pool.describe_style(&input.managed_login_branding_id)?;
    check_merged(input.return_merged_resources)?;
    Ok(json!({ "ManagedLoginBranding": described }))
}

/// AWS's own looks, which would have to be merged in, are not known here.
pub(super) fn check_merged(wanted: bool) -> Result<(), ServiceError> {
    if wanted { Err(unsupported("ReturnMergedResources")) } else { Ok(()) }
}
