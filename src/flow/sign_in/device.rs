//! The device in a sign-in: requests name it where it is remembered, and it proves itself in place of the user's second factor.

use std::rc::Rc;

use super::advance::Attempt;
use super::warm_up::take_key;
use crate::error::{Error, Reason, ServiceError};
use crate::idp::auth::{AuthReply, Challenge};
use crate::platform::Platform;
use crate::session::Device;
use crate::srp;

/// What a sign-in knows of the device.
#[derive(Default)]
pub(super) struct DeviceState {
    /// The device that requests name.
    pub(super) device: Option<Rc<Device>>,
    /// Whether the service has named the user. Before, the device is that of the user whom the same login meant last time.
    pub(super) is_named: bool,
    /// The key that the service has rejected.
    rejected: Option<String>,
}

impl<P: Platform> Attempt<'_, P> {
    /// Takes the user name that the service uses, and the device of that user.
    pub(super) async fn name_user(&mut self, user: &str) {
        if self.devices.is_named && self.username == user {
            return;
        }
        user.clone_into(&mut self.username);
        self.devices.is_named = true;
        self.devices.device = self.core.device_of(self.platform, user).await.map(Rc::new);
        if self.devices.device.as_ref().is_some_and(|device| Some(&device.key) == self.devices.rejected.as_ref()) {
            self.reject_device().await;
        }
    }

    /// Takes the device of the user whom the service has not named yet.
    pub(super) async fn guess_device(&mut self) {
        self.devices.device = self.core.device_of_login(self.platform, self.login_id).await.map(Rc::new);
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
        self.devices.rejected = Some(device.key.clone());
    }

    /// Answers `DEVICE_SRP_AUTH` and then `DEVICE_PASSWORD_VERIFIER`. If the service rejects the device, that is forgotten.
    pub(super) async fn prove_device(&mut self, challenge: &Challenge, device: &Device) -> Result<AuthReply, Error> {
        let result = self.exchange_proof(challenge, device).await;
        if let Err(error) = &result
            && matches!(
                error.service().and_then(ServiceError::reason),
                Some(Reason::DeviceUnknown | Reason::WrongPassword)
            )
        {
            self.reject_device().await;
        }
        result
    }

    async fn exchange_proof(&mut self, challenge: &Challenge, device: &Device) -> Result<AuthReply, Error> {
        let key = take_key(self.sign_ins, self.platform)?;
        let reply = self.respond_once(challenge, &[("SRP_A", &key.public_hex())]).await?;
        let AuthReply::Challenge(verifier) = &reply else { return Ok(reply) };
        let identity = srp::Identity { group: &device.group, user: &device.key };
        let answers = self.proof(verifier, &key, &identity, &device.password)?;
        self.respond_once(verifier, &answers.each_ref().map(|(name, value)| (*name, value.as_str()))).await
    }
}

/// Whether the service does not know the device that a request named.
pub(super) fn is_about_the_device(error: &Error) -> bool {
    error.service().and_then(ServiceError::reason) == Some(Reason::DeviceUnknown)
}
