//! The domains of a user pool.

use serde::{Deserialize, Serialize};

use super::PoolSettings;
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
    pub(super) certificate_arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) security_policy: Option<String>,
}

/// Words that no prefix may contain (Developer Guide, "Using the Amazon Cognito domain for managed login").
pub(super) const RESERVED: [&str; 3] = ["aws", "amazon", "cognito"];

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
