//! The rules of a pool about what `add_ons` holds.

use super::add_ons::Mode;
use super::{PoolSettings, UserPool};
use crate::core::wire::error::ServiceError;

impl PoolSettings {
    /// Whether threat protection watches over the pool.
    pub(super) fn has_threat_protection(&self) -> bool {
        self.user_pool_add_ons.as_ref().is_some_and(|add_ons| add_ons.advanced_security_mode != Mode::Off)
    }
}

impl UserPool {
    /// # Errors
    /// `UserPoolAddOnNotEnabledException` where nothing is watched.
    pub(crate) fn check_threat_protection(&self) -> Result<(), ServiceError> {
        let text = "User pool add-ons are not enabled for the user pool.";
        let refusal = || ServiceError::new("UserPoolAddOnNotEnabledException", text);
        self.settings.has_threat_protection().then_some(()).ok_or_else(refusal)
    }
}
