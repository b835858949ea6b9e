//! `SetUserSettings`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::MfaOption;
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(rename = "MFAOptions")]
    mfa_options: Vec<MfaOption>,
}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    bearer.user()?;
    bearer.pool.set_mfa_options(&bearer.username, &input.mfa_options, context.now_ms)?;
    Ok(json!({}))
}
