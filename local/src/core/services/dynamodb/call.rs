//! One call, and what its caller may do.

use super::error::not_found;
use super::table::{Key, Table};
use super::tables::Tables;
use crate::core::iam;
use crate::core::iam::{AccessKeys, Caller};
use crate::core::wire::error::ServiceError;

/// What operations work with.
pub(crate) struct Context<'a> {
    pub(crate) region: &'a str,
    pub(crate) tables: &'a mut Tables,
    pub(crate) access_keys: &'a AccessKeys,
    pub(crate) now_ms: u64,
}

/// A call whose signature was right.
pub(super) struct Call<'a> {
    pub(super) tables: &'a mut Tables,
    pub(super) caller: Caller,
    pub(super) operation: &'a str,
}

/// What a policy can look at (DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control").
#[derive(Default)]
pub(super) struct Touched<'a> {
    /// Values of the hash key.
    pub(super) leading_keys: Vec<String>,
    /// Names of attributes at the top.
    pub(super) attributes: Vec<&'a str>,
    pub(super) select: Option<&'a str>,
}

impl<'a> Touched<'a> {
    pub(super) fn key(key: &Key) -> Self {
        Self { leading_keys: key.hash.policy_text().into_iter().collect(), ..Self::default() }
    }

    #[must_use]
    pub(super) fn with(mut self, attributes: impl IntoIterator<Item = &'a str>) -> Self {
        self.attributes.extend(attributes);
        self
    }
}

impl Call<'_> {
    /// The table that a request names. Whether it is there is told only to those who may use it.
    ///
    /// # Errors
    /// `ResourceNotFoundException` or `AccessDeniedException`.
    pub(super) fn table(&self, name: &str) -> Result<&Table, ServiceError> {
        if let Some(table) = self.tables.find(name) {
            return Ok(table);
        }
        self.allow(name, Touched::default())?;
        Err(not_found("Requested resource not found"))
    }

    /// # Errors
    /// `AccessDeniedException`.
    pub(super) fn allow(&self, table: &str, touched: Touched<'_>) -> Result<(), ServiceError> {
        let context = iam::Context::default()
            .with("dynamodb:LeadingKeys", touched.leading_keys)
            .with("dynamodb:Attributes", touched.attributes)
            .with("dynamodb:Select", touched.select);
        self.allow_on(&self.tables.arn(table), &context)
    }

    /// # Errors
    /// `AccessDeniedException`.
    pub(super) fn allow_on(&self, resource: &str, context: &iam::Context) -> Result<(), ServiceError> {
        let allowed = self.caller.authorize(&format!("dynamodb:{}", self.operation), resource, context);
        allowed.map_err(|denied| ServiceError::new("AccessDeniedException", denied.0))
    }
}
