//! The device in a sign-in: requests name it where it is remembered, and it proves itself in place of the user's second factor.

use super::advance::{Attempt, Next, Sending};
use crate::error::{Error, Reason, ServiceError, SignInFault};
use crate::idp::auth::NewDevice;
use crate::idp::challenge::{DEVICE_PASSWORD_VERIFIER, DEVICE_SRP_AUTH};
use crate::platform::Platform;
use crate::session::{Device, Session};

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

    /// Whether the device that the next request names has to be looked up, and there may be one.
    pub(super) async fn may_have_device(&mut self) -> bool {
        if !std::mem::take(&mut self.devices.is_wanted) {
            return false;
        }
        self.devices.device = None;
        let user = if self.devices.is_named { &self.username } else { self.login_id };
        self.core.may_have_device(self.platform, user, self.devices.is_named).await
    }

    /// Finds the device that the next request names.
    pub(super) async fn find_device(&mut self) {
        self.devices.device = match self.devices.is_named {
            true => self.core.device_of(self.platform, &self.username).await,
            false => self.core.device_of_login(self.platform, self.login_id).await,
        };
        let key = self.devices.device.as_ref().map(|device| &device.key);
        if key.is_some() && key == self.devices.rejected.as_ref() {
            self.reject_device().await;
        }
    }

    /// What comes next after an error of a request that named the device. If the service has rejected it, it is forgotten.
    pub(super) async fn without_device(&mut self, sent: Sending, error: Error) -> Result<Next, Error> {
        let is_proof = matches!(&sent, Sending::Respond(challenge, _)
            if [DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER].contains(&challenge.name()));
        if !is_about_the_device(&error, is_proof) {
            return Err(error);
        }
        self.reject_device().await;
        if !is_proof {
            // The session of a request that was not read is still good.
            return Ok(Next::Send(sent));
        }
        // Without the device, the user is asked for the second factor.
        let input = self.again.take().ok_or(SignInFault::DeviceRejected)?;
        self.begin(input)
    }

    /// Confirms the device that the tokens came with, or notes whom the login means. Returns whether the user has to be asked first
    /// whether to remember the device.
    pub(super) async fn keep_device(&self, session: &Session, new: Option<NewDevice>) -> Result<bool, Error> {
        match new {
            Some(device) => self.core.confirm_device(self.platform, session, &device, self.login_id).await,
            None => {
                self.core.remember_login(self.platform, self.login_id, session.username()).await;
                Ok(false)
            }
        }
    }

    /// Stops naming a device that the service has rejected, and forgets it. As long as the user is not known, that may be another
    /// user's, so only the guess is forgotten.
    async fn reject_device(&mut self) {
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
fn is_about_the_device(error: &Error, is_proof: bool) -> bool {
    match error.service().and_then(ServiceError::reason) {
        Some(Reason::DeviceUnknown) => true,
        Some(Reason::WrongPassword) => is_proof,
        _ => false,
    }
}
