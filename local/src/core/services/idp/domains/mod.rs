//! Domains of the hosted UI.

mod create_user_pool_domain;
mod delete_user_pool_domain;
mod describe_user_pool_domain;
mod update_user_pool_domain;

use serde_json::{Value, json};

use super::run::Run;
use crate::core::directory::Domain;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "CreateUserPoolDomain" => run.with(create_user_pool_domain::run),
        "DeleteUserPoolDomain" => run.in_pool(delete_user_pool_domain::run),
        "DescribeUserPoolDomain" => run.with(describe_user_pool_domain::run),
        "UpdateUserPoolDomain" => run.in_pool(update_user_pool_domain::run),
        _ => return None,
    })
}

/// The reply when a domain was made or changed.
fn reply(domain: &Domain) -> Value {
    let mut reply = json!({ "ManagedLoginVersion": domain.managed_login_version });
    if domain.custom.is_some() {
        reply["CloudFrontDomain"] = json!(Domain::CLOUD_FRONT);
    }
    reply
}
