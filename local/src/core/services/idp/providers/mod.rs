//! Identity providers, and the users linked to them.

mod admin_disable_provider_for_user;
mod admin_link_provider_for_user;
pub(crate) mod create_identity_provider;
mod delete_identity_provider;
mod describe_identity_provider;
mod get_identity_provider_by_identifier;
mod list_identity_providers;
mod update_identity_provider;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AdminDisableProviderForUser" => run.in_pool(admin_disable_provider_for_user::run),
        "AdminLinkProviderForUser" => run.in_pool(admin_link_provider_for_user::run),
        "CreateIdentityProvider" => run.in_pool(create_identity_provider::run),
        "DeleteIdentityProvider" => run.in_pool(delete_identity_provider::run),
        "DescribeIdentityProvider" => run.in_pool(describe_identity_provider::run),
        "GetIdentityProviderByIdentifier" => run.in_pool(get_identity_provider_by_identifier::run),
        "ListIdentityProviders" => run.in_pool(list_identity_providers::run),
        "UpdateIdentityProvider" => run.in_pool(update_identity_provider::run),
        _ => return None,
    })
}
