//! The rules of a pool about what `domain` holds.

use serde_json::{Value, json};

use super::UserPool;
use super::domain::Domain;
use crate::core::iam::ACCOUNT;
use crate::core::wire::date::compact;
use crate::core::wire::error::{ServiceError, invalid};

impl UserPool {
    /// The domain of that name.
    pub(crate) fn domain_mut(&mut self, name: &str) -> Option<&mut Domain> {
        [&mut self.domain, &mut self.custom_domain].into_iter().flatten().find(|domain| domain.name == name)
    }

    /// Refuses links to a hosted UI that the pool does not have.
    ///
    /// # Errors
    /// `InvalidParameterException`, in AWS's words (reported by users: anomalyco/guide#133).
    pub(crate) fn check_links(&self) -> Result<(), ServiceError> {
        let has_domain = self.domain.is_some() || self.custom_domain.is_some();
        if self.settings.confirms_with_link() && !has_domain {
            return Err(invalid(
                "Cannot perform specific action because there does not exist a valid use pool domain associated with the user pool",
            ));
        }
        Ok(())
    }

    /// `DomainDescriptionType`. Distribution and bucket have AWS's form and lead nowhere.
    pub(crate) fn describe_domain(&self, name: &str) -> Option<Value> {
        let mut domains = self.domain.iter().chain(&self.custom_domain);
        let domain = domains.find(|domain| domain.name == name)?;
        let mut described = json!({
            "UserPoolId": self.id,
            "AWSAccountId": ACCOUNT,
            "Domain": domain.name,
            "S3Bucket": "aws-cognito-prod-local-assets",
            "CloudFrontDistribution": Domain::CLOUD_FRONT,
            "Version": compact(domain.modified_ms),
            "Status": "ACTIVE",
            "ManagedLoginVersion": domain.managed_login_version,
        });
        if let Some(custom) = &domain.custom {
            described["CustomDomainConfig"] = json!(custom);
        }
        Some(described)
    }
}
