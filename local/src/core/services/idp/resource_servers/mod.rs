//! Resource servers and their scopes.

mod create_resource_server;
mod delete_resource_server;
mod describe_resource_server;
mod list_resource_servers;
mod update_resource_server;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "CreateResourceServer" => run.in_pool(create_resource_server::run),
        "DeleteResourceServer" => run.in_pool(delete_resource_server::run),
        "DescribeResourceServer" => run.in_pool(describe_resource_server::run),
        "ListResourceServers" => run.in_pool(list_resource_servers::run),
        "UpdateResourceServer" => run.in_pool(update_resource_server::run),
        _ => return None,
    })
}
