//! `GetCSVHeader`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, _: Input) -> Result<Value, ServiceError> {
    Ok(json!({ "UserPoolId": pool.id, "CSVHeader": pool.settings.csv_header() }))
}
