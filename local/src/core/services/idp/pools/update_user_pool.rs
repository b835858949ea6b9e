//! `UpdateUserPool`.

use serde_json::{Value, json};
use std::sync::Arc;

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, given: Value) -> Result<Value, ServiceError> {
    pool.check_no_import()?;
    pool.settings = Arc::new(pool.settings.updated(given)?);
    pool.modified_ms = context.now_ms;
    Ok(json!({}))
}
