//! `AdminUpdateUserAttributes`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Attribute, UserPool, Writer};
use crate::core::service::Context;
use crate::core::services::idp::profile::update_user_attributes::write;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    user_attributes: Vec<Attribute>,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let username = pool.find(&input.username).ok_or_else(user_not_found)?.username.clone();
    write(pool, &username, Writer::Admin, input.user_attributes, context)?;
    Ok(json!({}))
}
