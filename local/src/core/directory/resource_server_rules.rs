//! The rules of a pool about what `resource_server` holds.

use super::UserPool;
use super::resource_server::ResourceServer;
use crate::core::wire::error::{ServiceError, invalid, not_found};

impl UserPool {
    /// Whether a resource server has the scope, which is written `identifier/name`.
    pub(crate) fn has_custom_scope(&self, scope: &str) -> bool {
        self.resource_servers.iter().any(|server| {
            let name = scope.strip_prefix(&server.identifier).and_then(|rest| rest.strip_prefix('/'));
            name.is_some_and(|name| server.scopes.iter().any(|scope| scope.scope_name == name))
        })
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn resource_server(&mut self, identifier: &str) -> Result<&mut ResourceServer, ServiceError> {
        let found = self.resource_servers.iter_mut().find(|server| server.identifier == identifier);
        found.ok_or_else(|| not_found(format!("Resource server {identifier} does not exist.")))
    }

    /// # Errors
    /// `InvalidParameterException` when there is one of that identifier.
    pub(crate) fn add_resource_server(&mut self, server: ResourceServer) -> Result<(), ServiceError> {
        if self.resource_servers.iter().any(|other| other.identifier == server.identifier) {
            return Err(invalid(format!("{} already exists in user pool {}.", server.identifier, self.id)));
        }
        self.resource_servers.push(server);
        Ok(())
    }
}
