//! What the device that a sign-in names means for what the user must do.

use super::{Attempt, Device, DeviceName, NextStep, User, UserPool};
use crate::core::wire::error::{ServiceError, device_not_found};

impl UserPool {
    /// Notes the device that a request names by `DEVICE_KEY`.
    ///
    /// # Errors
    /// `ResourceNotFoundException` when the user has no such device.
    pub(crate) fn name_device(&self, attempt: &mut Attempt, key: Option<&str>) -> Result<(), ServiceError> {
        let Some(key) = key.filter(|key| !key.is_empty()) else { return Ok(()) };
        let device = self.find(&attempt.username).and_then(|user| self.device_of(user, Some(key)));
        attempt.device_key = Some(device.ok_or_else(device_not_found)?.name.key.clone());
        Ok(())
    }

    /// The device that a sign-in ends with, and whether it is new: the one that was named, otherwise a name for another one.
    /// `None` in pools that do not track devices.
    pub(crate) fn device_at_sign_in(
        &self,
        attempt: &Attempt,
        new: impl FnOnce(&str) -> DeviceName,
    ) -> Option<(DeviceName, bool)> {
        self.settings.device_configuration?;
        let user = self.find(&attempt.username)?;
        match self.device_of(user, attempt.device_key.as_deref()) {
            Some(device) => Some((device.name.clone(), false)),
            None => Some((new(self.region()), true)),
        }
    }

    /// Puts the device's proof into what a user must do. A remembered device proves itself at every sign-in that names it: in place of
    /// a code if the pool says so ("Remembered devices can override MFA"), otherwise after it. Setting up MFA is never left out.
    pub(super) fn with_device(&self, attempt: &Attempt, user: &User, step: NextStep) -> NextStep {
        let device = self.device_of(user, attempt.device_key.as_deref()).filter(|device| device.verifier().is_some());
        let (Some(how), Some(_)) = (self.settings.device_configuration, device) else { return step };
        // A level that was asked for is reached by its own factors only.
        let replaces = how.challenge_required_on_new_device && step.asks_for_code() && attempt.target.is_none();
        match step {
            NextStep::Nothing if !attempt.device_proven => NextStep::DeviceSrp,
            _ if replaces && attempt.device_proven => NextStep::Nothing,
            _ if replaces => NextStep::DeviceSrp,
            step => step,
        }
    }

    fn device_of<'a>(&self, user: &'a User, key: Option<&str>) -> Option<&'a Device> {
        self.settings.device_configuration?;
        user.devices.get(key?).ok()
    }
}

impl NextStep {
    /// Whether it is a second factor that the user has.
    fn asks_for_code(&self) -> bool {
        matches!(self, Self::Mfa(_) | Self::SelectMfa(_))
    }
}
