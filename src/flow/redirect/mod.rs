//! Signing in at a sign-in page: Cognito's hosted UI (managed login), the providers behind it, or another OpenID Connect
//! provider. Authorization code with PKCE (RFC 6749, RFC 7636, RFC 9700).
//!
//! Leaving is [`RedirectSignIn`], coming back is [`Redirected`]. In between lies a record of its own for each flow,
//! under its `state`; nothing waits for it.

mod address;
mod arrivals;
mod finish;
mod party;
mod pending;
mod servers;
mod start;

use std::rc::Rc;

use crate::error::Error;
use crate::json::Value;
use crate::secret::Secret;
use crate::session::Record;

pub(crate) use address::sign_out_url;
pub(crate) use arrivals::Arrivals;
pub(crate) use finish::{handle, marks};
pub(crate) use servers::register;
pub use start::Started;
pub(crate) use start::start;

/// A wish to sign in at a sign-in page. What is empty is left out.
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

/// What came of a flow.
#[derive(Clone)]
pub struct Redirected {
    /// Who is signed in, or why nobody is.
    pub outcome: Result<Arrival, Error>,
    /// What the app kept.
    pub custom_state: Option<Value>,
    /// Path, query and fragment of the page that was left.
    pub return_to: Option<String>,
}

/// Who is signed in.
#[derive(Clone)]
pub enum Arrival {
    /// A user of the user pool: the session has begun.
    User(Rc<Record>),
    /// Somebody at another provider, by its name in the configuration, with its ID token.
    Foreign {
        /// The provider.
        provider: String,
        /// Its ID token, verified.
        id_token: Secret<String>,
    },
}
