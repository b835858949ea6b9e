//! Devices that are remembered, of the signed-in user and for administrators.

mod admin_forget_device;
mod admin_get_device;
mod admin_list_devices;
mod admin_update_device_status;
mod confirm_device;
mod forget_device;
mod get_device;
mod list_devices;
mod page;
mod update_device_status;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AdminForgetDevice" => run.in_pool(admin_forget_device::run),
        "AdminGetDevice" => run.in_pool(admin_get_device::run),
        "AdminListDevices" => run.in_pool(admin_list_devices::run),
        "AdminUpdateDeviceStatus" => run.in_pool(admin_update_device_status::run),
        "ConfirmDevice" => run.by_token(confirm_device::run),
        "ForgetDevice" => run.by_token(forget_device::run),
        "GetDevice" => run.by_token(get_device::run),
        "ListDevices" => run.by_token(list_devices::run),
        "UpdateDeviceStatus" => run.by_token(update_device_status::run),
        _ => return None,
    })
}
