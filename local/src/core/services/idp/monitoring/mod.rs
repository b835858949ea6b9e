//! Risks and logs.

mod describe_risk_configuration;
mod get_log_delivery_configuration;
mod set_log_delivery_configuration;
mod set_risk_configuration;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "DescribeRiskConfiguration" => run.in_pool(describe_risk_configuration::run),
        "GetLogDeliveryConfiguration" => run.in_pool(get_log_delivery_configuration::run),
        "SetLogDeliveryConfiguration" => run.in_pool(set_log_delivery_configuration::run),
        "SetRiskConfiguration" => run.in_pool(set_risk_configuration::run),
        _ => return None,
    })
}
