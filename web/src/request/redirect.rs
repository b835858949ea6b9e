//! Signing in at a sign-in page: leaving for it, and coming back.

use std::fmt;
use std::rc::Rc;

use poolpass::error::Error;
use poolpass::flow::redirect::{self, Page, Provider, RedirectSignIn, RedirectUser};
use poolpass::json::Value;
use poolpass::secret::Secret;
use poolpass::session::Session;

use crate::platform::scope;
use crate::{Auth, Operation, navigation, response_url};

/// A sign-in at a sign-in page: see [`Auth::sign_in_with_redirect`].
#[must_use = "a request is sent by .await"]
pub struct RedirectRequest {
    auth: Auth,
    input: RedirectSignIn,
}

impl Auth {
    /// Leaves this page for the hosted UI's sign-in page. It comes back to the callback URL that fits the page, where
    /// [`AuthBuilder::open`](crate::AuthBuilder::open) takes the response out of the URL and [`Auth::handle_redirect`]
    /// signs in.
    ///
    /// # Errors
    /// `bad_input` or `bad_config`; `storage_write` if the flow could not be stored.
    pub fn sign_in_with_redirect(&self) -> RedirectRequest {
        RedirectRequest { auth: self.clone(), input: flow() }
    }

    /// Finishes the sign-in whose response this page was opened with: once, and with the same result for every call. Then it
    /// shows the page where the sign-in began again. `None` if the page was opened in another way.
    ///
    /// # Errors
    /// [`RedirectError`], such as `access_denied` if the user has cancelled.
    pub fn handle_redirect(&self) -> HandleRedirect {
        HandleRedirect { auth: self.clone(), url: None }
    }
}

/// A flow that begins at this page.
pub(super) fn flow() -> RedirectSignIn {
    RedirectSignIn { page_url: scope::page_url(), ..RedirectSignIn::default() }
}

/// The options that a redirect and a popup share.
macro_rules! flow_options {
    ($request:ty) => {
        impl $request {
            /// A provider of the user pool by its name, such as `Google`, `SignInWithApple`, or the name of a SAML or OpenID
            /// Connect provider.
            pub fn provider(mut self, name: &str) -> Self {
                self.input.provider = Some(Provider::Named(name.to_owned()));
                self
            }

            /// A provider of the user pool by an identifier, such as an e-mail domain.
            pub fn provider_identifier(mut self, identifier: &str) -> Self {
                self.input.provider = Some(Provider::Identifier(identifier.to_owned()));
                self
            }

            /// A provider of [`AuthBuilder::oidc_provider`](crate::AuthBuilder::oidc_provider), which is asked directly.
            pub fn oidc_provider(mut self, name: &str) -> Self {
                self.input.provider = Some(Provider::Oidc(name.to_owned()));
                self
            }

            /// The page of the hosted UI to begin with.
            pub fn page(mut self, page: Page) -> Self {
                self.input.page = page;
                self
            }

            /// Scopes in place of the configured ones.
            pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
                self.input.scopes = scopes.into_iter().map(Into::into).collect();
                self
            }

            /// One of the configured callback URLs, if not the one that fits this page.
            pub fn redirect_uri(mut self, url: &str) -> Self {
                self.input.redirect_uri = Some(url.to_owned());
                self
            }

            /// Anything of the app's that the result should contain. It stays in this browser.
            pub fn custom_state(mut self, state: Value) -> Self {
                self.input.custom_state = Some(state);
                self
            }

            /// The user must have authenticated within so many seconds.
            pub fn max_age(mut self, seconds: u32) -> Self {
                self.input.max_age = Some(seconds.into());
                self
            }

            /// A further parameter of the authorization request, such as `login_hint`, `prompt` or `lang`.
            pub fn parameter(mut self, name: &str, value: &str) -> Self {
                self.input.parameters.push((name.to_owned(), value.to_owned()));
                self
            }
        }
    };
}

pub(super) use flow_options;

flow_options!(RedirectRequest);

impl RedirectRequest {
    /// Path, query and fragment to show afterwards, if not those of this page.
    pub fn return_to(mut self, place: &str) -> Self {
        self.input.return_to = Some(place.to_owned());
        self
    }
}

impl IntoFuture for RedirectRequest {
    /// `Ok` while the browser leaves the page.
    type Output = Result<(), Error>;
    type IntoFuture = Operation<()>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, input } = self;
        auth.clone().run(async move {
            scope::window().ok_or_else(navigation::no_window)?;
            let started = auth.client.sign_in_with_redirect(&input).await?;
            navigation::leave(&auth, &started.url)
        })
    }
}

/// The end of a sign-in at a sign-in page: see [`Auth::handle_redirect`].
#[must_use = "a request is sent by .await"]
pub struct HandleRedirect {
    auth: Auth,
    url: Option<String>,
}

impl HandleRedirect {
    /// Another URL than this page's, such as the deep link that a webview was opened with.
    pub fn url(mut self, url: &str) -> Self {
        self.url = Some(url.to_owned());
        self
    }
}

impl IntoFuture for HandleRedirect {
    type Output = Result<Option<RedirectResult>, RedirectError>;
    type IntoFuture = Operation<Option<RedirectResult>, RedirectError>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, url } = self;
        auth.clone().run(async move {
            let is_this_page = url.is_none();
            let url = url.or_else(|| auth.page.response_url.clone()).unwrap_or_default();
            let Some(redirected) = auth.client.handle_redirect(&url).await else { return Ok(None) };
            let result = RedirectResult::of(&redirected)?;
            if is_this_page && let Some(place) = &result.return_to {
                response_url::restore(place);
            }
            Ok(Some(result))
        })
    }
}

/// A sign-in at a sign-in page that has succeeded.
#[derive(Clone)]
pub struct RedirectResult {
    /// Who is signed in.
    pub user: SignedInUser,
    /// The request's `custom_state`.
    pub custom_state: Option<Value>,
    /// Path, query and fragment of the page where the sign-in began.
    pub return_to: Option<String>,
}

/// Who is signed in.
#[derive(Clone)]
#[non_exhaustive]
pub enum SignedInUser {
    /// A user of the user pool, whose session has begun.
    UserPool(Rc<Session>),
    /// Somebody at a provider that was asked directly.
    Provider {
        /// The app's name for the provider.
        name: String,
        /// The provider's ID token, verified.
        id_token: Secret<String>,
    },
}

/// A sign-in at a sign-in page that has failed.
#[derive(Clone)]
pub struct RedirectError {
    /// The reason.
    pub error: Error,
    /// The request's `custom_state`, if the flow is known here.
    pub custom_state: Option<Value>,
    /// Path, query and fragment of the page where the sign-in began, if the flow is known here.
    pub return_to: Option<String>,
}

impl RedirectResult {
    pub(super) fn of(result: &redirect::RedirectResult) -> Result<Self, RedirectError> {
        let (custom_state, return_to) = (result.custom_state.clone(), result.return_to.clone());
        match &result.outcome {
            Ok(user) => Ok(Self { user: SignedInUser::of(user), custom_state, return_to }),
            Err(error) => Err(RedirectError { error: error.clone(), custom_state, return_to }),
        }
    }
}

impl SignedInUser {
    fn of(user: &RedirectUser) -> Self {
        match user {
            RedirectUser::UserPool(session) => Self::UserPool(Rc::clone(session)),
            RedirectUser::External { provider, id_token } => {
                Self::Provider { name: provider.clone(), id_token: id_token.clone() }
            }
        }
    }
}

impl From<Error> for RedirectError {
    fn from(error: Error) -> Self {
        Self { error, custom_state: None, return_to: None }
    }
}

impl From<RedirectError> for Error {
    fn from(failed: RedirectError) -> Self {
        failed.error
    }
}

// `custom_state` may be private to the app.
impl fmt::Debug for RedirectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl fmt::Display for RedirectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for RedirectError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}
