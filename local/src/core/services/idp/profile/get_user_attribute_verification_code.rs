//! `GetUserAttributeVerificationCode`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::own::own;
use crate::core::directory::{Limit, address};
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::services::idp::delivery::send_attribute_code;
use crate::core::wire::error::{ServiceError, invalid, user_not_found};
use crate::core::world::inbox::MessageKind;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    attribute_name: String,
}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    own(&bearer)?;
    let attribute = address(&input.attribute_name)?;
    let (pool, username) = (bearer.pool, bearer.username);
    if pool.address_to_verify(&username, attribute).is_none() {
        return Err(invalid(format!("The user has no attribute {attribute}.")));
    }
    let user = pool.find_mut(&username).ok_or_else(user_not_found)?;
    user.calls.count(Limit::GetUserAttributeVerificationCode, context.now_ms)?;
    let sent = send_attribute_code(pool, &username, attribute, MessageKind::VerifyUserAttribute, context)?;
    Ok(json!({ "CodeDeliveryDetails": sent.map(|to| to.details()) }))
}
