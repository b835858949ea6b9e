//! The settings that an app writes. [`AuthBuilder::open`](crate::AuthBuilder::open) checks them all.

use poolpass::json::Value;
use poolpass::secret::Secret;

use crate::json::{object, string, strings};

/// A user pool and its app client.
#[derive(Clone, Debug)]
#[must_use]
pub struct UserPool {
    id: String,
    client_id: String,
    client_secret: Option<Secret<String>>,
    endpoint: Option<String>,
}

impl UserPool {
    /// The user pool's ID (`<region>_<name>`) and the app client's ID.
    pub fn new(id: &str, client_id: &str) -> Self {
        Self { id: id.to_owned(), client_id: client_id.to_owned(), client_secret: None, endpoint: None }
    }

    /// The app client's secret. Everybody who opens the app can read it: use a client without one, or
    /// [`AuthBuilder::client_secret_hash`](crate::AuthBuilder::client_secret_hash).
    pub fn client_secret(mut self, secret: impl Into<Secret<String>>) -> Self {
        self.client_secret = Some(secret.into());
        self
    }

    /// The address of a proxy of the user pool service.
    pub fn endpoint(mut self, url: &str) -> Self {
        self.endpoint = Some(url.to_owned());
        self
    }

    pub(crate) fn value(&self, oauth: Option<&OAuth>, page_origin: &str) -> Value {
        object([
            ("userPoolId", string(&self.id)),
            ("userPoolClientId", string(&self.client_id)),
            ("clientSecret", self.client_secret.as_ref().map(Value::from)),
            ("endpoint", self.endpoint.as_deref().map(Value::from)),
            ("oauth", oauth.map(|oauth| oauth.value(page_origin))),
        ])
    }
}

/// The hosted UI (managed login) of a user pool.
#[derive(Clone, Debug)]
#[must_use]
pub struct OAuth {
    domain: String,
    scopes: Vec<String>,
    redirect_sign_in: Vec<String>,
    redirect_sign_out: Vec<String>,
}

impl OAuth {
    /// The host of the user pool's domain, such as `auth.example.com`.
    pub fn new(domain: &str) -> Self {
        Self { domain: domain.to_owned(), scopes: vec![], redirect_sign_in: vec![], redirect_sign_out: vec![] }
    }

    /// The scopes to request, such as `openid` and `email`. Without any, Cognito gives those that the app client allows.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = collect(scopes);
        self
    }

    /// The callback URLs registered with the app client. The one that fits the page is used. Without any it is the root of
    /// this page's origin, such as `https://app.example.com/`.
    pub fn redirect_sign_in<S: Into<String>>(mut self, urls: impl IntoIterator<Item = S>) -> Self {
        self.redirect_sign_in = collect(urls);
        self
    }

    /// The sign-out URLs registered with the app client. Without any it is the root of this page's origin.
    pub fn redirect_sign_out<S: Into<String>>(mut self, urls: impl IntoIterator<Item = S>) -> Self {
        self.redirect_sign_out = collect(urls);
        self
    }

    fn value(&self, page_origin: &str) -> Value {
        let root = [[page_origin, "/"].concat()];
        let urls =
            |urls: &[String]| if urls.is_empty() && !page_origin.is_empty() { strings(&root) } else { strings(urls) };
        object([
            ("domain", string(&self.domain)),
            ("scopes", strings(&self.scopes)),
            ("redirectSignIn", urls(&self.redirect_sign_in)),
            ("redirectSignOut", urls(&self.redirect_sign_out)),
        ])
    }
}

/// An identity pool, which gives AWS credentials.
#[derive(Clone, Debug)]
#[must_use]
pub struct IdentityPool {
    id: String,
    is_guest_access_allowed: bool,
}

impl IdentityPool {
    /// The identity pool's ID (`<region>:<uuid>`).
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), is_guest_access_allowed: false }
    }

    /// Gives credentials to users who are not signed in too. The pool must allow it.
    pub fn allow_guest_access(mut self) -> Self {
        self.is_guest_access_allowed = true;
        self
    }

    pub(crate) fn value(&self) -> Value {
        object([
            ("identityPoolId", string(&self.id)),
            ("allowGuestAccess", Some(Value::Bool(self.is_guest_access_allowed))),
        ])
    }
}

/// Another OpenID Connect provider, for a sign-in without the user pool.
#[derive(Clone, Debug)]
#[must_use]
pub struct OidcProvider {
    pub(crate) name: String,
    issuer: String,
    client_id: String,
    scopes: Vec<String>,
    redirect_sign_in: Vec<String>,
}

impl OidcProvider {
    /// The app's name for the provider, its issuer, and the public client that is registered there.
    pub fn new(name: &str, issuer: &str, client_id: &str) -> Self {
        let (name, issuer, client_id) = (name.to_owned(), issuer.to_owned(), client_id.to_owned());
        Self { name, issuer, client_id, scopes: vec![], redirect_sign_in: vec![] }
    }

    /// The scopes to request besides `openid`.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = collect(scopes);
        self
    }

    /// The callback URLs registered with the provider.
    pub fn redirect_sign_in<S: Into<String>>(mut self, urls: impl IntoIterator<Item = S>) -> Self {
        self.redirect_sign_in = collect(urls);
        self
    }

    pub(crate) fn value(&self) -> Value {
        object([
            ("issuer", string(&self.issuer)),
            ("clientId", string(&self.client_id)),
            ("scopes", strings(&self.scopes)),
            ("redirectSignIn", strings(&self.redirect_sign_in)),
        ])
    }
}

/// The credential that [`Auth::fetch`](crate::Auth::fetch) adds to the requests to one origin.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credential {
    /// None.
    None,
    /// The access token, as a bearer token.
    AccessToken,
    /// The ID token, as a bearer token.
    IdToken,
    /// Signature Version 4 with the identity pool's credentials. Service and region come from AWS's host names.
    Iam,
    /// The same for another host, such as a custom domain of API Gateway.
    IamFor {
        /// The service's signing name, such as `execute-api`.
        service: String,
        /// The region.
        region: String,
    },
}

impl Credential {
    pub(crate) fn rule(&self, origin: &str) -> Value {
        let (auth, service, region) = match self {
            Self::None => ("none", None, None),
            Self::AccessToken => ("access", None, None),
            Self::IdToken => ("id", None, None),
            Self::Iam => ("iam", None, None),
            Self::IamFor { service, region } => ("iam", string(service), string(region)),
        };
        object([("origin", string(origin)), ("auth", string(auth)), ("service", service), ("region", region)])
    }
}

fn collect<S: Into<String>>(texts: impl IntoIterator<Item = S>) -> Vec<String> {
    texts.into_iter().map(Into::into).collect()
}
