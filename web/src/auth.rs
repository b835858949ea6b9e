//! [`Auth`]: the entry point for apps.

use std::fmt;
use std::rc::Rc;

use poolpass::Config;
use poolpass::error::Error;
use poolpass::event::{Event, User};
use poolpass::json::Value;
use poolpass::jwt::{Claims, TokenUse};
use poolpass::platform::Platform;
use poolpass::secret::Secret;
use web_sys::AbortSignal;

use crate::cleared::Watcher;
use crate::listeners::{Listener, Origin};
use crate::operation::Operation;
use crate::platform::{BrowserPlatform, Client, StorageKind};
use crate::response_url;
use poolpass::session::Session;

/// The users of one app client, in this browser. Clones share everything.
///
/// [`Auth::user`] sends no request. Methods that have options return a request, which `.await` sends.
///
/// ```no_run
/// use poolpass_web::prelude::*;
///
/// # async fn example() -> Result<(), Error> {
/// let auth = Auth::builder(UserPool::new("eu-west-1_AbCdEf123", "1h57kf5cpq17m0eml12example")).open()?;
/// match auth.sign_in("ada", "Correct-Horse7!").await? {
///     SignIn::Done { user, .. } => show(&user.username),
///     SignIn::ConfirmSignUp => show("Enter the code that we sent you."),
///     SignIn::ResetPassword => show("Choose a new password."),
///     SignIn::Challenge(Challenge::SmsMfa(sms)) => match sms.respond(code().await).await? {
///         SignIn::Done { user, .. } => show(&user.username),
///         _ => show("This app can't do this step."),
///     },
///     SignIn::Challenge(_) => show("This app can't do this step."),
/// }
/// # Ok(()) }
/// # fn show(_: &str) {}
/// # async fn code() -> &'static str { "123456" }
/// ```
#[derive(Clone)]
pub struct Auth {
    pub(crate) client: Client,
    pub(crate) platform: BrowserPlatform,
    pub(crate) page: Rc<Page>,
}

/// What belongs to this page and not to one operation.
pub(crate) struct Page {
    /// The response of a sign-in page that this page was opened with.
    pub(crate) response_url: Option<String>,
    _watcher: Option<Watcher>,
}

impl Auth {
    pub(crate) fn new(config: Config, platform: BrowserPlatform) -> Self {
        let client = Client::new(config, platform.clone());
        let response_url = response_url::take(&client.state_prefixes());
        let watcher = (platform.storage_kind() == StorageKind::Local).then(|| Watcher::start(client.clone())).flatten();
        Self { client, platform, page: Rc::new(Page { response_url, _watcher: watcher }) }
    }

    /// The same `Auth` for operations that end with the error `aborted` when the signal fires.
    pub fn with_signal(&self, signal: &AbortSignal) -> Self {
        let platform = self.platform.with_signal(signal);
        Self { client: self.client.on(platform.clone()), platform, page: Rc::clone(&self.page) }
    }

    /// The kit's own client, for what has no method here.
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// The storage in use, which is [`StorageKind::Memory`] where the browser blocks the configured one.
    pub fn storage(&self) -> StorageKind {
        self.platform.storage_kind()
    }

    /// Listens for events, those of other tabs included. Listeners are called after the operation that caused the event.
    pub fn on_event(&self, listener: impl Fn(Event) + 'static) -> Listener {
        self.on_event_from(move |event, _| listener(event))
    }

    /// Listens for events. The listener also gets the origin of each: this tab or another one.
    pub fn on_event_from(&self, listener: impl Fn(Event, Origin) + 'static) -> Listener {
        self.platform.on_event_from(listener)
    }

    /// The user who is signed in, without a request.
    ///
    /// # Errors
    /// `storage_read`.
    pub fn user(&self) -> Operation<Option<User>> {
        let client = self.client.clone();
        self.run(async move {
            match client.current_session().await {
                Ok(session) => Ok(Some(session.user())),
                Err(error) if error.code() == "signed_out" => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    /// The session with tokens that can be used now, refreshed if they are about to expire; `None` if nobody is signed in.
    ///
    /// # Errors
    /// Network errors; `service` errors that do not end the session; `lock_timeout`; `storage_read`.
    pub fn session(&self) -> Operation<Option<Rc<Session>>> {
        let client = self.client.clone();
        self.run(async move { client.fetch_auth_session(false).await })
    }

    /// The session with new tokens, even if those at hand are good, such as after a change of the user's groups.
    ///
    /// # Errors
    /// As [`Auth::session`].
    pub fn refresh_session(&self) -> Operation<Option<Rc<Session>>> {
        let client = self.client.clone();
        self.run(async move { client.fetch_auth_session(true).await })
    }

    /// The claims of the ID token, or of the access token if there is none; `None` if nobody is signed in.
    ///
    /// # Errors
    /// As [`Auth::session`].
    pub fn claims(&self) -> Operation<Option<Claims>> {
        let client = self.client.clone();
        self.run(async move {
            let session = client.fetch_auth_session(false).await?;
            Ok(session.map(|session| session.id_claims().unwrap_or_else(|| session.access_claims()).clone()))
        })
    }

    /// The groups that the user is in; none if nobody is signed in.
    ///
    /// # Errors
    /// As [`Auth::session`].
    pub fn groups(&self) -> Operation<Vec<String>> {
        let client = self.client.clone();
        self.run(async move {
            let session = client.fetch_auth_session(false).await?;
            let groups = session.iter().flat_map(|session| session.groups());
            Ok(groups.map(str::to_owned).collect())
        })
    }

    /// The user's attributes (`GetUser`), as names and values.
    ///
    /// # Errors
    /// `signed_out`; `service`; network errors.
    pub fn user_attributes(&self) -> Operation<Vec<(String, String)>> {
        let client = self.client.clone();
        self.run(async move { client.fetch_user_attributes().await })
    }

    /// The user's claims from the userInfo endpoint, which needs a session with the scope `openid`.
    ///
    /// # Errors
    /// `signed_out`; `oauth`, such as `insufficient_scope`; network errors.
    pub fn user_info(&self) -> Operation<Value> {
        let client = self.client.clone();
        self.run(async move { client.user_info().await })
    }

    /// The ID token of a provider of [`AuthBuilder::oidc_provider`](crate::AuthBuilder::oidc_provider) for as long as it is
    /// good, with its claims.
    ///
    /// # Errors
    /// `bad_config` if there is no such provider; `storage_read`.
    pub fn provider_token(&self, provider: &str) -> Operation<Option<(Secret<String>, Claims)>> {
        let (client, provider) = (self.client.clone(), provider.to_owned());
        self.run(async move { client.provider_token(&provider).await })
    }

    /// Verifies a token of this user pool and app client that came from elsewhere, and returns its claims.
    ///
    /// # Errors
    /// An error that names what is wrong with the token; network errors if the pool's keys cannot be fetched.
    pub fn verify_token(&self, token: impl Into<Secret<String>>, token_use: TokenUse) -> Operation<Claims> {
        let (client, token) = (self.client.clone(), token.into());
        self.run(async move { client.verify_token(&token, token_use).await })
    }

    /// Runs an operation, which ends when this `Auth`'s signal fires.
    pub(crate) fn run<T: 'static, E: From<Error> + 'static>(
        &self,
        work: impl Future<Output = Result<T, E>> + 'static,
    ) -> Operation<T, E> {
        Operation::new(self.platform.signal(), work)
    }

    /// Emits an event in this tab.
    pub(crate) fn notify(&self, event: &Event) {
        poolpass::platform::Channel::notify(&self.platform.detached(), event);
    }
}

/// Clones of one `Auth` with the same signal are equal, as contexts and properties of components have to be.
impl PartialEq for Auth {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.page, &other.page) && self.platform.signal() == other.platform.signal()
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Auth").field("app", &self.client.config().namespace()).finish_non_exhaustive()
    }
}
