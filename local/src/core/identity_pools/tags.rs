//! The tags of an identity pool.

use std::collections::BTreeMap;

use super::{IdentityPool, IdentityPools, pool_not_found};
use crate::core::iam::ACCOUNT;
use crate::core::wire::error::{ServiceError, invalid};

/// AWS's limit (AWS General Reference, "Tagging your AWS resources").
const MOST_TAGS: usize = 50;

impl IdentityPool {
    fn arn(&self) -> String {
        format!("arn:aws:cognito-identity:{}:{ACCOUNT}:identitypool/{}", self.region(), self.id)
    }

    pub(crate) fn tags(&self) -> &BTreeMap<String, String> {
        &self.settings.identity_pool_tags
    }

    /// # Errors
    /// `InvalidParameterException` for more tags than a resource can have.
    pub(crate) fn add_tags(&mut self, tags: BTreeMap<String, String>) -> Result<(), ServiceError> {
        let mut all = self.settings.identity_pool_tags.clone();
        all.extend(tags);
        if all.len() > MOST_TAGS {
            return Err(invalid(format!("An identity pool can't have more than {MOST_TAGS} tags.")));
        }
        self.settings.identity_pool_tags = all;
        Ok(())
    }

    pub(crate) fn remove_tags(&mut self, keys: &[String]) {
        self.settings.identity_pool_tags.retain(|key, _| !keys.contains(key));
    }
}

impl IdentityPools {
    /// The pool of an ARN, in the region that a call is for.
    ///
    /// # Errors
    /// `InvalidParameterException` for the ARN of something else, `ResourceNotFoundException`.
    pub(crate) fn of_arn(&mut self, arn: &str, region: &str) -> Result<&mut IdentityPool, ServiceError> {
        let id = pool_id(arn).ok_or_else(|| invalid(format!("{arn} is not the ARN of an identity pool.")))?;
        let pool = self.get(id)?;
        if pool.arn() == arn && pool.region() == region { Ok(pool) } else { Err(pool_not_found(id)) }
    }
}

/// The id in the ARN of a pool.
pub(crate) fn pool_id(arn: &str) -> Option<&str> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", _, "cognito-identity", _, _, resource] = parts[..] else { return None };
    resource.strip_prefix("identitypool/").filter(|id| id.contains(':'))
}
