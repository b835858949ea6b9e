//! Rates of requests.

mod get_provisioned_limit;
mod update_provisioned_limit;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "GetProvisionedLimit" => run.with(get_provisioned_limit::run),
        "UpdateProvisionedLimit" => run.with(update_provisioned_limit::run),
        _ => return None,
    })
}
