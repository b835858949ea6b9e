//! `AdminSetUserSettings`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{MfaOption, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    #[serde(rename = "MFAOptions")]
    mfa_options: Vec<MfaOption>,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.set_mfa_options(&input.username, &input.mfa_options, context.now_ms)?;
    Ok(json!({}))
}
