//! From settings to an [`Auth`].

use std::marker::PhantomData;

use poolpass::Config;
use poolpass::config;
use poolpass::error::{BadSetting, Error, ErrorKind, SettingProblem};
use poolpass::json::Value;
use poolpass::secret::Secret;
use web_sys::Url;

use crate::json::{object, string};
use crate::platform::{BrowserPlatform, SecretHash, scope};
use crate::{Auth, Credential, IdentityPool, OAuth, OidcProvider, Storage, UserPool};

/// Settings written in Rust: see [`Auth::builder`].
pub enum Typed {}

/// Settings read from JSON: see [`Auth::from_json`].
pub enum Json {}

/// Collects the settings of an [`Auth`].
#[must_use = "nothing happens until open()"]
pub struct AuthBuilder<Source = Typed> {
    base: Value,
    user_pool: Option<UserPool>,
    oauth: Option<OAuth>,
    identity_pool: Option<IdentityPool>,
    origins: Vec<Value>,
    oidc_providers: Vec<(String, Value)>,
    storage: Option<Storage>,
    endpoint: Option<String>,
    secret_hash: Option<SecretHash>,
    source: PhantomData<Source>,
}

impl Auth {
    /// Settings of an app with a user pool.
    pub fn builder(user_pool: UserPool) -> AuthBuilder {
        AuthBuilder { user_pool: Some(user_pool), ..AuthBuilder::of(object([])) }
    }

    /// Settings of an app without a user pool: its users are guests or sign in at other providers.
    pub fn builder_without_user_pool(identity_pool: IdentityPool) -> AuthBuilder {
        AuthBuilder { identity_pool: Some(identity_pool), ..AuthBuilder::of(object([])) }
    }

    /// Settings as JSON: the npm package's configuration, an `amplify_outputs.json`, an Amplify v6 `{Auth: {Cognito}}`
    /// object, or an `aws-exports` object.
    ///
    /// # Errors
    /// `bad_config` if the text is not JSON. [`AuthBuilder::open`] checks the settings.
    pub fn from_json(json: &str) -> Result<AuthBuilder<Json>, Error> {
        match Value::parse(json) {
            Some(settings) => Ok(AuthBuilder::of(settings)),
            None => Err(bad("the configuration", SettingProblem::NotJson)),
        }
    }
}

impl AuthBuilder<Typed> {
    /// Adds the hosted UI.
    pub fn oauth(mut self, oauth: OAuth) -> Self {
        self.oauth = Some(oauth);
        self
    }

    /// Adds an identity pool.
    pub fn identity_pool(mut self, identity_pool: IdentityPool) -> Self {
        self.identity_pool = Some(identity_pool);
        self
    }
}

impl<Source> AuthBuilder<Source> {
    fn of(base: Value) -> Self {
        Self {
            base,
            user_pool: None,
            oauth: None,
            identity_pool: None,
            origins: vec![],
            oidc_providers: vec![],
            storage: None,
            endpoint: None,
            secret_hash: None,
            source: PhantomData,
        }
    }

    /// Where sessions are stored; `localStorage` unless given.
    pub fn storage(mut self, storage: Storage) -> Self {
        self.storage = Some(storage);
        self
    }

    /// The credential for [`Auth::fetch`] to an origin, such as `https://api.example.com`.
    pub fn origin(mut self, origin: &str, credential: Credential) -> Self {
        self.origins.push(credential.rule(origin));
        self
    }

    /// Adds another OpenID Connect provider.
    pub fn oidc_provider(mut self, provider: OidcProvider) -> Self {
        self.oidc_providers.push((provider.name.clone(), provider.value()));
        self
    }

    /// The address of `poolpass-local`, such as `http://localhost:9400`. Leave it out for AWS.
    pub fn endpoint(mut self, url: &str) -> Self {
        self.endpoint = Some(url.to_owned());
        self
    }

    /// The function that asks the app's server for the `SECRET_HASH` of a user name, where the app client has a secret. So the
    /// secret is not in the app.
    ///
    /// The user name is the one that the request carries: as the user typed it or, once Cognito has named the user, the internal
    /// one. The function has 15 seconds. What it returns as error is the detail of an error with code `callback`.
    ///
    /// ```no_run
    /// use poolpass_web::{AuthBuilder, prelude::*};
    ///
    /// # fn example(builder: AuthBuilder) -> AuthBuilder {
    /// builder.client_secret_hash(|username| async move {
    ///     my_server::secret_hash(&username).await.map(Into::into)
    /// })
    /// # }
    /// # mod my_server { pub async fn secret_hash(_: &str) -> Result<String, String> { Err(String::new()) } }
    /// ```
    pub fn client_secret_hash<F>(mut self, ask: impl Fn(String) -> F + 'static) -> Self
    where
        F: Future<Output = Result<Secret<String>, String>> + 'static,
    {
        self.secret_hash = Some(SecretHash::new(ask));
        self
    }

    /// Checks the settings, takes the response of a sign-in page out of this page's URL, and opens the storage. Nothing is
    /// sent.
    ///
    /// # Errors
    /// `bad_config` for the first setting that is wrong; it names the setting.
    pub fn open(self) -> Result<Auth, Error> {
        let page_origin = scope::window().and_then(|window| window.location().origin().ok());
        // That of a file is "null".
        let page_origin = page_origin.filter(|origin| origin.starts_with("http")).unwrap_or_default();
        let user_pool = self.user_pool.map(|pool| pool.value(self.oauth.as_ref(), &page_origin));
        let has_oidc = !self.oidc_providers.is_empty();
        let settings = self
            .base
            .with_some("userPool", user_pool)
            .with_some("identityPool", self.identity_pool.map(|pool| pool.value()))
            .with_some("origins", (!self.origins.is_empty()).then_some(Value::Array(self.origins)))
            .with_some("oidcProviders", has_oidc.then_some(Value::Object(self.oidc_providers)))
            .with_some("storage", self.storage.as_ref().and_then(|storage| string(storage.setting())))
            .with_some("endpoint", self.endpoint.as_deref().and_then(string));
        let mut config = Config::read(&settings)?;
        if self.secret_hash.is_some() {
            config.ask_for_secret_hashes();
        }
        check_origins(&settings)?;
        let storage = match self.storage {
            Some(storage) => storage,
            None => from_word(config.storage())?,
        };
        let platform = BrowserPlatform::open_with(&config, &storage, self.secret_hash);
        Ok(Auth::new(config, platform))
    }
}

/// The storage that JSON names.
fn from_word(word: config::Storage) -> Result<Storage, Error> {
    match word {
        config::Storage::Local => Ok(Storage::Local),
        config::Storage::Session => Ok(Storage::Session),
        config::Storage::Memory => Ok(Storage::Memory),
        config::Storage::Custom => Err(bad("storage", SettingProblem::StorageNotGiven)),
    }
}

/// The kit has no parser of URLs, and allows some hosts that no browser accepts.
fn check_origins(settings: &Value) -> Result<(), Error> {
    let rules = settings.get("origins").and_then(Value::elements).unwrap_or_default();
    let origin = |rule: &Value| rule.get("origin").and_then(Value::as_str).is_some_and(|url| Url::new(url).is_ok());
    if rules.iter().all(origin) { Ok(()) } else { Err(bad("origins", SettingProblem::NotAccepted)) }
}

pub(crate) fn bad(key: &str, problem: SettingProblem) -> Error {
    ErrorKind::Config(BadSetting { key: key.to_owned(), problem }).into()
}
