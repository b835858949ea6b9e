//! `GetSigningCertificate`: the certificate of a pool as a SAML service provider. Requests are not signed here.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;
use crate::core::world::tokens::certificate;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, _: Input) -> Result<Value, ServiceError> {
    Ok(json!({ "Certificate": certificate(context.keys, &pool.id, pool.created_ms) }))
}
