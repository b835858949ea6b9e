//! The attributes that an app client reads and writes.

use super::schema::DEVELOPER;
use super::{AppClient, ClientSettings, UserPool};
use crate::core::wire::error::{ServiceError, invalid};

/// Attributes that no client writes, beside the developer-only ones.
const NEVER_WRITTEN: [&str; 3] = ["sub", "email_verified", "phone_number_verified"];

impl UserPool {
    /// Refuses attributes that are not in the schema, and lists of writable ones with an attribute that no client writes or without
    /// one that the pool requires.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(super) fn check_client_attributes(&self, settings: &ClientSettings) -> Result<(), ServiceError> {
        let schema = self.settings.schema();
        let is_known = |name: &String| schema.iter().any(|attribute| &attribute.name == name);
        if settings.read_attributes.iter().flatten().any(|name| !is_known(name)) {
            return Err(invalid("Invalid read attributes specified while creating a client"));
        }
        let Some(written) = &settings.write_attributes else { return Ok(()) };
        let required = schema.iter().filter(|attribute| attribute.required && attribute.name != "sub");
        let is_possible =
            |name: &String| is_known(name) && !NEVER_WRITTEN.contains(&name.as_str()) && !name.starts_with(DEVELOPER);
        if !written.iter().all(is_possible) || required.into_iter().any(|attribute| !written.contains(&attribute.name))
        {
            return Err(invalid("Invalid write attributes specified while creating a client"));
        }
        Ok(())
    }
}

impl AppClient {
    pub(crate) fn may_read(&self, attribute: &str) -> bool {
        self.settings.read_attributes.as_ref().is_none_or(|names| names.iter().any(|name| name == attribute))
    }

    pub(crate) fn may_write(&self, attribute: &str) -> bool {
        let listed = &self.settings.write_attributes;
        !NEVER_WRITTEN.contains(&attribute)
            && !attribute.starts_with(DEVELOPER)
            && listed.as_ref().is_none_or(|names| names.iter().any(|name| name == attribute))
    }
}
