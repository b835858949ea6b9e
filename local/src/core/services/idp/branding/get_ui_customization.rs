//! `GetUICustomization`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{ALL, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: Option<String>,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let client_id = input.client_id.as_deref().unwrap_or(ALL);
    if client_id != ALL {
        pool.check_has_client(client_id)?;
    }
    Ok(json!({ "UICustomization": pool.ui_customization(client_id) }))
}
