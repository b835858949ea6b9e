//! `ListDevices`.

use serde_json::Value;

use super::page::{Page, page};
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::ServiceError;

pub(super) fn run(bearer: Bearer<'_>, _: &mut Context<'_>, input: Page) -> Result<Value, ServiceError> {
    bearer.check_status()?;
    page(bearer.pool, &bearer.username, &input)
}
