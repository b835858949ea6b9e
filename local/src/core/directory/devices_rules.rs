//! The rules of a pool about what `devices` holds.

use super::UserPool;
use super::devices::Devices;
use crate::core::wire::error::{ServiceError, invalid, user_not_found};

impl UserPool {
    /// The devices of a user of a pool that tracks devices.
    ///
    /// # Errors
    /// `UserNotFoundException`; `InvalidParameterException` where devices are not tracked: aws-amplify v5 reads that as "Device
    /// tracking has not been configured in this User Pool".
    pub(crate) fn devices(&mut self, username: &str) -> Result<&mut Devices, ServiceError> {
        if self.settings.device_configuration.is_none() {
            return Err(invalid("Device tracking is not configured for this user pool."));
        }
        Ok(&mut self.find_mut(username).ok_or_else(user_not_found)?.devices)
    }
}
