//! The domains of a user pool.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{PoolSettings, UserPool};
use crate::core::iam::ACCOUNT;
use crate::core::wire::date::compact;
use crate::core::wire::error::{ServiceError, invalid};

/// A domain, of which only the name is kept: the hosted UI of every pool is at the emulator's own address.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Domain {
    /// A prefix, or the whole name of a custom domain.
    pub(crate) name: String,
    pub(crate) managed_login_version: u8,
    pub(crate) custom: Option<CustomDomainConfig>,
    pub(crate) modified_ms: u64,
}

/// `CustomDomainConfigType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct CustomDomainConfig {
    certificate_arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    security_policy: Option<String>,
}

/// Words that no prefix may contain (Developer Guide, "Using the Amazon Cognito domain for managed login").
const RESERVED: [&str; 3] = ["aws", "amazon", "cognito"];

impl Domain {
    /// AWS's form of a distribution. It leads nowhere.
    pub(crate) const CLOUD_FRONT: &'static str = "d111111abcdef8.cloudfront.net";

    /// # Errors
    /// `InvalidParameterException` for a reserved prefix, and for a custom domain that is no name or has no fitting certificate.
    pub(crate) fn new(
        name: String,
        managed_login_version: u8,
        custom: Option<CustomDomainConfig>,
        now_ms: u64,
    ) -> Result<Self, ServiceError> {
        match &custom {
            None if name.contains('.') => {
                return Err(invalid(
                    "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and \
                     hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$",
                ));
            }
            None => {
                if let Some(word) = RESERVED.iter().find(|word| name.contains(**word)) {
                    return Err(invalid(format!("Domain cannot contain reserved word: {word}")));
                }
            }
            Some(_) if !name.contains('.') => return Err(invalid("Custom domain is not a valid subdomain.")),
            Some(_) => {}
        }
        let custom = custom.map(CustomDomainConfig::checked).transpose()?;
        Ok(Self { name, managed_login_version, custom, modified_ms: now_ms })
    }

    /// 1 is the hosted UI, 2 managed login.
    ///
    /// # Errors
    /// `InvalidParameterException` for others, `FeatureUnavailableInTierException` where the plan has no managed login.
    pub(crate) fn checked_version(version: i64, settings: &PoolSettings) -> Result<u8, ServiceError> {
        let version = u8::try_from(version).ok().filter(|version| [1, 2].contains(version));
        let version = version.ok_or_else(|| invalid("ManagedLoginVersion must be 1 or 2."))?;
        settings.check_managed_login(version).map(|()| version)
    }
}

impl CustomDomainConfig {
    /// "an Certificate Manager certificate in the us-east-1 Region" (`CustomDomainConfigType`).
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(crate) fn checked(self) -> Result<Self, ServiceError> {
        if self.certificate_arn.starts_with("arn:aws:acm:us-east-1:") {
            Ok(self)
        } else {
            Err(invalid(format!("Invalid certificate: {}. It must be in us-east-1.", self.certificate_arn)))
        }
    }
}

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
