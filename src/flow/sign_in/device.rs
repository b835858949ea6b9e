//! The device in a sign-in: requests name it where it is remembered, and it proves itself in place of the user's second factor.

use super::advance::Attempt;
use crate::error::{Error, Reason, ServiceError};
use crate::platform::Platform;
use crate::session::Device;

/// What a sign-in knows of the device.
#[derive(Default)]
pub(super) struct DeviceState {
    /// The device that requests name.
    pub(super) device: Option<Device>,
    /// Whether the service has named the user. Before, the device is that of the user whom the same login meant last time.
    pub(super) is_named: bool,
    /// Whether the device has to be looked up before the next request.
    pub(super) is_wanted: bool,
    /// Whether it has begun to prove itself. It does so once: a service that asks again and again must not keep the kit busy.
    pub(super) has_proven: bool,
    /// The key that the service has rejected.
    pub(super) rejected: Option<String>,
}

impl<P: Platform> Attempt<'_, P> {
    /// Takes the user name that the service uses.
    pub(super) fn name_user(&mut self, user: &str) {
        if self.devices.is_named && self.username == user {
            return;
        }
        user.clone_into(&mut self.username);
        self.devices.is_named = true;
        self.devices.is_wanted = true;
    }

    /// Finds the device that the next request names.
    pub(super) async fn look_device_up(&mut self) {
        if !std::mem::take(&mut self.devices.is_wanted) {
            return;
        }
        self.devices.device = match self.devices.is_named {
            true => self.core.device_of(self.platform, &self.username).await,
            false => self.core.device_of_login(self.platform, self.login_id).await,
        };
        let key = self.devices.device.as_ref().map(|device| &device.key);
        if key.is_some() && key == self.devices.rejected.as_ref() {
            self.reject_device().await;
        }
    }

    /// Stops naming a device that the service has rejected, and forgets it. As long as the user is not known, that may be another
    /// user's, so only the guess is forgotten.
    pub(super) async fn reject_device(&mut self) {
        let Some(device) = self.devices.device.take() else { return };
        if self.devices.is_named {
            self.core.forget_device(self.platform, &self.username, &device.key).await;
        } else {
            self.core.forget_login(self.platform, self.login_id).await;
        }
        self.devices.rejected = Some(device.key);
    }
}

/// Whether the service rejects the device that a request named, or its proof.
pub(super) fn is_about_the_device(error: &Error, is_proof: bool) -> bool {
    match error.service().and_then(ServiceError::reason) {
        Some(Reason::DeviceUnknown) => true,
        Some(Reason::WrongPassword) => is_proof,
        _ => false,
    }
}
