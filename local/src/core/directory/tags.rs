//! The tags of a user pool.

use std::collections::BTreeMap;

use super::{PoolSettings, Pools, UserPool};
use crate::core::iam::ACCOUNT;
use crate::core::wire::error::{ServiceError, invalid, pool_not_found};

/// AWS's limit (AWS General Reference, "Tagging your AWS resources").
const MOST_TAGS: usize = 50;

impl PoolSettings {
    pub(crate) fn tags(&self) -> &BTreeMap<String, String> {
        &self.user_pool_tags
    }

    /// # Errors
    /// `InvalidParameterException` for more tags than a resource can have.
    pub(crate) fn add_tags(&mut self, tags: BTreeMap<String, String>) -> Result<(), ServiceError> {
        let mut all = self.user_pool_tags.clone();
        all.extend(tags);
        if all.len() > MOST_TAGS {
            return Err(invalid(format!("A user pool can't have more than {MOST_TAGS} tags.")));
        }
        self.user_pool_tags = all;
        Ok(())
    }

    pub(crate) fn remove_tags(&mut self, keys: &[String]) {
        self.user_pool_tags.retain(|key, _| !keys.contains(key));
    }

    /// # Errors
    /// `UserPoolTaggingException` for tags that a pool can't have.
    pub(super) fn check_tags(&self) -> Result<(), ServiceError> {
        let reserved = |key: &&String| key.to_ascii_lowercase().starts_with("aws:");
        match self.user_pool_tags.keys().find(reserved) {
            Some(key) => {
                Err(ServiceError::new("UserPoolTaggingException", format!("Tags can't begin with aws: ({key})")))
            }
            None if self.user_pool_tags.len() > MOST_TAGS => {
                let text = format!("A user pool can't have more than {MOST_TAGS} tags.");
                Err(ServiceError::new("UserPoolTaggingException", text))
            }
            None => Ok(()),
        }
    }
}

impl UserPool {
    pub(crate) fn arn(&self) -> String {
        format!("arn:aws:cognito-idp:{}:{ACCOUNT}:userpool/{}", self.region(), self.id)
    }
}

impl Pools {
    /// The pool of an ARN, in the region that a call is for.
    ///
    /// # Errors
    /// `InvalidParameterException` for the ARN of something else, `ResourceNotFoundException`.
    pub(crate) fn of_arn(&mut self, arn: &str, region: &str) -> Result<&mut UserPool, ServiceError> {
        let id = pool_id(arn).ok_or_else(|| invalid(format!("{arn} is not the ARN of a user pool.")))?;
        let pool = self.get(id)?;
        if pool.arn() == arn && pool.region() == region { Ok(pool) } else { Err(pool_not_found(id)) }
    }
}

/// The id in the ARN of a pool.
pub(crate) fn pool_id(arn: &str) -> Option<&str> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", _, "cognito-idp", _, _, resource] = parts[..] else { return None };
    resource.strip_prefix("userpool/").filter(|id| id.contains('_'))
}
