//! `UpdateUserAttributes`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::own::own;
use crate::core::directory::{Attribute, UserPool, Writer};
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::services::idp::delivery::send_attribute_code;
use crate::core::wire::error::{ServiceError, invalid_access_token};
use crate::core::world::inbox::MessageKind;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_attributes: Vec<Attribute>,
}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    own(&bearer)?;
    let client = bearer.pool.client(&bearer.client_id).ok_or_else(invalid_access_token)?.clone();
    let sent = write(bearer.pool, &bearer.username, Writer::Client(&client), input.user_attributes, context)?;
    Ok(json!({ "CodeDeliveryDetailsList": sent }))
}

/// Writes attributes, and sends codes to the addresses that have to be verified: where they went.
///
/// # Errors
/// As [`UserPool::write_attributes`] and [`send_attribute_code`].
pub(in crate::core::services::idp) fn write(
    pool: &mut UserPool,
    username: &str,
    writer: Writer<'_>,
    attributes: Vec<Attribute>,
    context: &mut Context<'_>,
) -> Result<Vec<Value>, ServiceError> {
    let unverified = pool.write_attributes(username, writer, attributes, context.now_ms)?;
    let mut sent = Vec::new();
    for attribute in unverified {
        let to = send_attribute_code(pool, username, attribute, MessageKind::UpdateUserAttribute, context)?;
        sent.extend(to.map(|to| to.details()));
    }
    Ok(sent)
}
