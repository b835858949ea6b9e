//! Signing in at a sign-in page: Cognito's hosted UI (managed login), the providers behind it, or another OpenID Connect
//! provider. Authorization code with PKCE (RFC 6749, RFC 7636, RFC 9700).
//!
//! [`RedirectSignIn`] starts a flow, [`RedirectResult`] ends it. In between, each flow has a record of its own under its
//! `state`, and nothing waits for it.

mod address;
mod finish;
mod issuer;
mod pending;
mod results;
mod servers;
mod sign_out;
mod start;

use std::rc::Rc;

use crate::error::Error;
use crate::json::Value;
use crate::secret::Secret;
use crate::session::Session;

pub(crate) use address::sign_out_url;
pub(crate) use finish::{handle, state_prefixes};
pub(crate) use results::RedirectResults;
pub(crate) use servers::register;
pub(crate) use sign_out::sign_out;
pub use sign_out::{HostedUi, SignOut};
pub use start::AuthorizationRequest;
pub(crate) use start::start;

/// How to sign in at a sign-in page. Empty values are not sent.
#[derive(Clone, Default)]
pub struct RedirectSignIn {
    /// Which provider; the sign-in page lets choose if there is none.
    pub provider: Option<Provider>,
    /// The page to begin with.
    pub page: Page,
    /// Scopes, in place of the configuration's.
    pub scopes: Vec<String>,
    /// The callback URL, if not the one that fits the page.
    pub redirect_uri: Option<String>,
    /// Address of the page that is left: a callback URL of its origin is chosen.
    pub page_url: String,
    /// Path, query and fragment to show afterwards; that of `page_url` unless given. Empty for none.
    pub return_to: Option<String>,
    /// Anything of the app's. It stays in this browser and comes back with the result.
    pub custom_state: Option<Value>,
    /// `nonce`; random unless given.
    pub nonce: Option<String>,
    /// `max_age`: the user has to have authenticated within so many seconds.
    pub max_age: Option<i64>,
    /// Further parameters of the authorization request, such as `login_hint`, `prompt`, `lang` and `resource`.
    pub parameters: Vec<(String, String)>,
    /// How to come back.
    pub in_popup: bool,
}

/// Whom to sign in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provider {
    /// A provider of the user pool by its name (`identity_provider`), such as `Google`, `SignInWithApple` or `COGNITO`.
    Named(String),
    /// A provider of the user pool by an identifier (`idp_identifier`), such as an e-mail domain.
    Identifier(String),
    /// One of [`crate::Config::oidc_providers`], which is asked directly: no session of the user pool comes of it.
    Oidc(String),
}

/// Pages of the hosted UI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Page {
    /// The sign-in page, or the provider at once.
    #[default]
    SignIn,
    /// The sign-up page.
    SignUp,
    /// The page for a forgotten password.
    ForgotPassword,
    /// The page to add a passkey.
    Passkeys,
    /// Signs out of the hosted UI first.
    SignOut,
}

/// The result of a flow.
#[derive(Clone)]
pub struct RedirectResult {
    /// The user who signed in, or the error.
    pub outcome: Result<RedirectUser, Error>,
    /// The app's `custom_state`.
    pub custom_state: Option<Value>,
    /// Path, query and fragment of the page that was left.
    pub return_to: Option<String>,
}

/// The user who signed in by redirect.
#[derive(Clone)]
pub enum RedirectUser {
    /// A user of the user pool. The session has begun.
    UserPool(Rc<Session>),
    /// A user of an external provider.
    External {
        /// The provider's name in the configuration.
        provider: String,
        /// Its ID token, verified.
        id_token: Secret<String>,
    },
}
