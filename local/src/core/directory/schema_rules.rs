//! The rules of a pool about what `schema` holds.

use super::PoolSettings;
use super::schema::GivenAttribute;
use crate::core::wire::error::ServiceError;

impl PoolSettings {
    /// `AddCustomAttributes`: adds to the schema. It can't change or remove an attribute.
    ///
    /// # Errors
    /// As [`complete`]; nothing has changed then.
    pub(crate) fn add_custom_attributes(&mut self, given: Vec<GivenAttribute>) -> Result<(), ServiceError> {
        let mut schema = self.schema.clone();
        for attribute in given {
            attribute.add_to(&mut schema)?;
        }
        self.schema = schema;
        Ok(())
    }
}
