//! What the feature plan of a pool includes (Developer Guide, "User pool feature plans").

use super::PoolSettings;
use crate::core::wire::error::ServiceError;

pub(super) const LITE: &str = "LITE";

impl PoolSettings {
    /// Refuses settings that the plan does not include. The sentence was reported with "Threat Protection"
    /// (hashicorp/terraform-provider-aws#40734) and "Passwordless Sign-In" (aws-amplify/amplify-backend#2805).
    ///
    /// # Errors
    /// `FeatureUnavailableInTierException`.
    pub(super) fn check_tier(&self) -> Result<(), ServiceError> {
        let tier = self.tier();
        let wanted = [
            (self.sign_in_policy().has_other_factors() && tier == LITE, "Passwordless Sign-In"),
            (self.has_threat_protection() && tier != "PLUS", "Threat Protection"),
            (self.password_policy().history_size() > 0 && tier == LITE, "Password History"),
        ];
        let excluded: Vec<&str> =
            wanted.into_iter().filter(|(is_excluded, _)| *is_excluded).map(|(_, name)| name).collect();
        if excluded.is_empty() {
            return Ok(());
        }
        let names = excluded.join(", ");
        Err(unavailable(format!(
            "The following features need to be disabled for the {tier} pricing tier configured: {names}"
        )))
    }

    pub(crate) fn is_lite(&self) -> bool {
        self.tier() == LITE
    }

    /// Refuses to track sessions where the plan does not include it (SetUserPoolSessionConfiguration).
    ///
    /// # Errors
    /// `FeatureUnavailableInTierException`.
    pub(crate) fn check_session_tracking(&self) -> Result<(), ServiceError> {
        match self.tier() {
            LITE => Err(unavailable("Session tracking is not available for the LITE pricing tier configured".into())),
            _ => Ok(()),
        }
    }

    /// Refuses client ID metadata documents where the plan does not include them.
    ///
    /// # Errors
    /// `FeatureUnavailableInTierException`.
    pub(crate) fn check_metadata_documents(&self) -> Result<(), ServiceError> {
        match self.tier() {
            LITE => Err(unavailable(
                "Client ID metadata documents are not available for the LITE pricing tier configured".into(),
            )),
            _ => Ok(()),
        }
    }

    /// Refuses the logs of threat protection where the plan does not include it (`LogConfigurationType$EventSource`).
    ///
    /// # Errors
    /// `FeatureUnavailableInTierException`.
    pub(super) fn check_user_activity_logs(&self) -> Result<(), ServiceError> {
        match self.tier() {
            "PLUS" => Ok(()),
            tier => Err(unavailable(format!(
                "The following features need to be disabled for the {tier} pricing tier configured: Threat Protection"
            ))),
        }
    }

    /// Refuses the newer branding of a domain where the plan does not include it (`CreateUserPoolDomain`, "ManagedLoginVersion").
    ///
    /// # Errors
    /// `FeatureUnavailableInTierException`.
    pub(crate) fn check_managed_login(&self, version: u8) -> Result<(), ServiceError> {
        if version > 1 && self.tier() == LITE {
            return Err(unavailable("Managed login is not available for the LITE pricing tier configured".into()));
        }
        Ok(())
    }
}

fn unavailable(text: String) -> ServiceError {
    ServiceError::new("FeatureUnavailableInTierException", text)
}
