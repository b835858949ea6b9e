//! `UpdateUserPoolClient`.

use serde_json::{Value, json};

use super::describe_user_pool_client::describe;
use crate::core::directory::{ClientSettings, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

pub(super) fn run(
    pool: &mut UserPool,
    context: &mut Context<'_>,
    settings: ClientSettings,
) -> Result<Value, ServiceError> {
    let client_id = settings.client_id.clone();
    let client = pool.update_client(&client_id, settings, context.now_ms)?;
    Ok(json!({ "UserPoolClient": describe(&client) }))
}
