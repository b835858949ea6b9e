//! How the hosted UI and managed login are to look.

mod create_managed_login_branding;
mod css;
mod delete_managed_login_branding;
mod describe_managed_login_branding;
mod describe_managed_login_branding_by_client;
mod get_ui_customization;
mod set_ui_customization;
mod update_managed_login_branding;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "CreateManagedLoginBranding" => run.in_pool(create_managed_login_branding::run),
        "DeleteManagedLoginBranding" => run.in_pool(delete_managed_login_branding::run),
        "DescribeManagedLoginBranding" => run.in_pool(describe_managed_login_branding::run),
        "DescribeManagedLoginBrandingByClient" => run.in_pool(describe_managed_login_branding_by_client::run),
        "GetUICustomization" => run.in_pool(get_ui_customization::run),
        "SetUICustomization" => run.in_pool(set_ui_customization::run),
        "UpdateManagedLoginBranding" => run.with(update_managed_login_branding::run),
        _ => return None,
    })
}
