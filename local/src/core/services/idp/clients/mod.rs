//! App clients.

mod add_user_pool_client_secret;
mod create_user_pool_client;
mod delete_user_pool_client;
mod delete_user_pool_client_secret;
mod describe_user_pool_client;
mod list_user_pool_client_secrets;
mod list_user_pool_clients;
mod update_user_pool_client;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AddUserPoolClientSecret" => run.in_pool(add_user_pool_client_secret::run),
        "CreateUserPoolClient" => run.in_pool(create_user_pool_client::run),
        "DeleteUserPoolClient" => run.in_pool(delete_user_pool_client::run),
        "DeleteUserPoolClientSecret" => run.in_pool(delete_user_pool_client_secret::run),
        "DescribeUserPoolClient" => run.in_pool(describe_user_pool_client::run),
        "ListUserPoolClientSecrets" => run.in_pool(list_user_pool_client_secrets::run),
        "ListUserPoolClients" => run.in_pool(list_user_pool_clients::run),
        "UpdateUserPoolClient" => run.in_pool(update_user_pool_client::run),
        _ => return None,
    })
}
