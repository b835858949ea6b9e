//! `VerifyUserAttribute`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::own::own;
use crate::core::directory::address;
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    attribute_name: String,
    code: String,
}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    own(&bearer)?;
    let attribute = address(&input.attribute_name)?;
    bearer.pool.verify_attribute(&bearer.username, attribute, &input.code, context.now_ms)?;
    Ok(json!({}))
}
