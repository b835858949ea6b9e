//! Who may ask a stand-in: the identity providers of the user pools, and public apps of this machine.

use super::call::{Call, PUBLIC_CLIENT};
use crate::core::directory::providers::{IdentityProvider, ProviderKind, STAND_IN_OIDC_ISSUER};
use crate::core::world::outbound;

impl Call<'_> {
    /// The provider of a user pool that has this client id here.
    pub(super) fn relying_party(&self, client_id: &str) -> Option<&IdentityProvider> {
        let all = self.shared.pools.iter().flat_map(|pool| &pool.providers);
        all.into_iter().find(|provider| {
            let is_played =
                provider.kind() != ProviderKind::Oidc || provider.detail("oidc_issuer") == Some(STAND_IN_OIDC_ISSUER);
            provider.kind() == self.kind.provider() && is_played && provider.detail("client_id") == Some(client_id)
        })
    }

    /// Whether a client exists and may have its answer there.
    ///
    /// # Errors
    /// A text for people.
    pub(super) fn check_client(&self, client_id: &str, redirect_uri: &str) -> Result<(), String> {
        if client_id == PUBLIC_CLIENT {
            let local = redirect_uri.starts_with("http://") && outbound::is_allowed(redirect_uri);
            return if local {
                Ok(())
            } else {
                Err(format!("{PUBLIC_CLIENT} may only go back to http on this machine."))
            };
        }
        if self.relying_party(client_id).is_none() {
            let title = self.kind.title();
            return Err(format!("No user pool here has {title} with the client_id {client_id}."));
        }
        let expected = format!("{}/oauth2/idpresponse", self.request.base());
        if redirect_uri == expected { Ok(()) } else { Err(format!("The redirect_uri must be {expected}.")) }
    }
}
