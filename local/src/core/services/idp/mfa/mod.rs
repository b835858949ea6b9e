//! Second factors.

mod admin_delete_software_token;
mod admin_get_user_auth_factors;
mod admin_set_user_mfa_preference;
mod admin_set_user_settings;
mod associate_software_token;
mod get_user_auth_factors;
mod get_user_pool_mfa_config;
mod mfa_preference;
mod set_user_mfa_preference;
mod set_user_pool_mfa_config;
mod set_user_settings;
mod verify_software_token;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AdminDeleteSoftwareToken" => run.in_pool(admin_delete_software_token::run),
        "AdminGetUserAuthFactors" => run.in_pool(admin_get_user_auth_factors::run),
        "AdminSetUserMFAPreference" => run.in_pool(admin_set_user_mfa_preference::run),
        "AdminSetUserSettings" => run.in_pool(admin_set_user_settings::run),
        "AssociateSoftwareToken" => run.with(associate_software_token::run),
        "GetUserAuthFactors" => run.by_token(get_user_auth_factors::run),
        "GetUserPoolMfaConfig" => run.in_pool(get_user_pool_mfa_config::run),
        "SetUserMFAPreference" => run.by_token(set_user_mfa_preference::run),
        "SetUserPoolMfaConfig" => run.in_pool(set_user_pool_mfa_config::run),
        "SetUserSettings" => run.by_token(set_user_settings::run),
        "VerifySoftwareToken" => run.with(verify_software_token::run),
        _ => return None,
    })
}
