//! `DeleteUserAttributes`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::own::own;
use crate::core::directory::{Attribute, Writer};
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::{ServiceError, invalid_access_token};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_attribute_names: Vec<String>,
}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    own(&bearer)?;
    let client = bearer.pool.client(&bearer.client_id).ok_or_else(invalid_access_token)?.clone();
    let blank = input.user_attribute_names.into_iter().map(Attribute::blank).collect();
    bearer.pool.write_attributes(&bearer.username, Writer::Client(&client), blank, context.now_ms)?;
    Ok(json!({}))
}
