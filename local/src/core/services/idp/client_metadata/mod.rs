//! Client ID metadata documents: who may describe app clients at addresses of their own.

mod create_cimd_policy;
mod delete_cimd_policy;
mod describe_cimd_policy;
mod list_cimd_policies;
mod list_client_metadata_urls;
mod update_cimd_policy;
mod update_client_metadata_url_state;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "CreateCIMDPolicy" => run.in_pool(create_cimd_policy::run),
        "DeleteCIMDPolicy" => run.in_pool(delete_cimd_policy::run),
        "DescribeCIMDPolicy" => run.in_pool(describe_cimd_policy::run),
        "ListCIMDPolicies" => run.in_pool(list_cimd_policies::run),
        "ListClientMetadataURLs" => run.in_pool(list_client_metadata_urls::run),
        "UpdateCIMDPolicy" => run.in_pool(update_cimd_policy::run),
        "UpdateClientMetadataURLState" => run.in_pool(update_client_metadata_url_state::run),
        _ => return None,
    })
}
