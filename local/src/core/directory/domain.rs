//! The domain of a user pool.

use serde_json::{Value, json};

use super::UserPool;
use crate::core::iam::ACCOUNT;
use crate::core::wire::date::compact;

/// A domain, of which only the prefix is kept: the hosted UI of every pool is at the emulator's own address.
#[derive(Clone)]
pub(crate) struct Domain {
    pub(crate) prefix: String,
    pub(crate) managed_login_version: u8,
    pub(crate) created_ms: u64,
}

impl UserPool {
    /// `DomainDescriptionType`. Distribution and bucket have AWS's form and lead nowhere.
    pub(crate) fn describe_domain(&self) -> Option<Value> {
        let domain = self.domain.as_ref()?;
        Some(json!({
            "UserPoolId": self.id,
            "AWSAccountId": ACCOUNT,
            "Domain": domain.prefix,
            "S3Bucket": "aws-cognito-prod-local-assets",
            "CloudFrontDistribution": "d111111abcdef8.cloudfront.net",
            "Version": compact(domain.created_ms),
            "Status": "ACTIVE",
            "ManagedLoginVersion": domain.managed_login_version,
        }))
    }
}
