//! `AdminDeleteUserAttributes`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Attribute, UserPool, Writer};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    user_attribute_names: Vec<String>,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let username = pool.find(&input.username).ok_or_else(user_not_found)?.username.clone();
    let blank = input.user_attribute_names.into_iter().map(Attribute::blank).collect();
    pool.write_attributes(&username, Writer::Admin, blank, context.now_ms)?;
    Ok(json!({}))
}
