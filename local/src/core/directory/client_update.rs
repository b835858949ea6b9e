//! Changing an app client.

use std::sync::Arc;

use super::{AppClient, ClientSettings, UserPool};
use crate::core::wire::error::{ServiceError, client_not_found};

impl UserPool {
    /// Puts other settings in place of those that a client has. "If you don't provide a value for an attribute, Amazon Cognito sets it
    /// to its default value" (`UpdateUserPoolClient`), but a client keeps its name and its secrets.
    ///
    /// # Errors
    /// The errors of `UpdateUserPoolClient`.
    pub(crate) fn update_client(
        &mut self,
        client_id: &str,
        settings: ClientSettings,
        now_ms: u64,
    ) -> Result<Arc<AppClient>, ServiceError> {
        let known = self.client(client_id).ok_or_else(|| client_not_found(client_id))?;
        let mut settings = settings.checked_for(!known.is_public())?;
        if settings.client_name.is_empty() {
            settings.client_name.clone_from(&known.settings.client_name);
        }
        self.check_client(&settings)?;
        self.change_client(client_id, |client| {
            (client.settings, client.modified_ms) = (settings, now_ms);
            Ok(())
        })?;
        self.client(client_id).cloned().ok_or_else(|| client_not_found(client_id))
    }

    /// Changes a client. Who holds it goes on with what it was.
    ///
    /// # Errors
    /// `ResourceNotFoundException`, and what the change says; nothing has changed then.
    pub(crate) fn change_client<T>(
        &mut self,
        client_id: &str,
        change: impl FnOnce(&mut AppClient) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let slot = self.clients.iter_mut().find(|client| client.id == client_id);
        let slot = slot.ok_or_else(|| client_not_found(client_id))?;
        let mut client = AppClient::clone(slot);
        let outcome = change(&mut client)?;
        *slot = Arc::new(client);
        Ok(outcome)
    }
}
