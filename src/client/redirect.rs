//! Sign-in pages, external providers, and the userInfo endpoint.

use std::rc::Rc;

use super::Client;
use crate::error::Error;
use crate::flow::redirect::{self, AuthorizationRequest, RedirectResult, RedirectSignIn};
use crate::flow::user_info;
use crate::json::Value;
use crate::jwt::Claims;
use crate::platform::Platform;
use crate::secret::Secret;

impl<P: Platform> Client<P> {
    /// Starts a sign-in at a sign-in page: stores the flow, and returns the address of the page.
    ///
    /// # Errors
    /// `bad_input`, `bad_config`; `storage_write` if the flow could not be stored. For an external provider also network
    /// errors, and `token_invalid` if the discovery document has another issuer.
    pub async fn sign_in_with_redirect(&self, input: &RedirectSignIn) -> Result<AuthorizationRequest, Error> {
        redirect::start(&self.core, &self.platform, input).await
    }

    /// The prefixes of the `state` of this client's flows, by redirect and by popup. They identify its authorization
    /// responses.
    pub fn state_prefixes(&self) -> [String; 2] {
        redirect::state_prefixes(&self.core.config)
    }

    /// Finishes the sign-in whose authorization response the URL contains, once. The same URL always gives the same result.
    /// `None` if it contains none of ours. Remove the query from the page's URL first: see `poolpass_web::take_arrival`.
    ///
    /// Errors of the outcome: `oauth` with the server's error, such as `access_denied`; `redirect_flow` if the flow is
    /// unknown, expired, used or was interrupted; `token_invalid`; network errors.
    pub async fn handle_redirect(&self, url: &str) -> Option<Rc<RedirectResult>> {
        redirect::handle(&self.core, &self.redirects, &self.platform, url).await
    }

    /// The ID token of one of [`Config::oidc_providers`], as long as it is good, with its claims.
    ///
    /// # Errors
    /// `bad_config` if there is no such provider; `storage_read`.
    pub async fn provider_token(&self, provider: &str) -> Result<Option<(Secret<String>, Claims)>, Error> {
        self.core.provider_token(&self.platform, provider).await
    }

    /// The user's claims by the userInfo endpoint, which needs a session with the scope `openid`.
    ///
    /// # Errors
    /// `signed_out`; `oauth`, such as `insufficient_scope`; `token_invalid` if the response is about another user; network
    /// errors.
    pub async fn user_info(&self) -> Result<Value, Error> {
        user_info::user_info(&self.core, &self.platform).await
    }
}
