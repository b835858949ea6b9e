//! Poolpass in a browser, for Rust apps: Amazon Cognito sign-in for Leptos, Yew, Dioxus and plain `web-sys`.
//!
//! [`Auth`] is the kit on the browser's storage, network, locks and cryptography. `docs/rust.md` in the repository is the
//! guide. What is below it, such as configuration, errors and claims, is the crate [`poolpass`].
//!
//! | feature | for |
//! |---|---|
//! | `serde` | configuration, claims and sessions as the app's own types: [`FromJson`], [`Auth::from_config`] |
//! | `serde-wasm-bindgen` | the same as JavaScript values: [`ToJs`], [`Auth::from_js`] |
//!
//! No feature is on by default. [`Auth::appsync`] gives the address and the headers of requests to AppSync; the app sends them.
#![cfg(target_arch = "wasm32")]

mod auth;
mod builder;
mod cleared;
mod json;
mod listeners;
mod message;
mod navigation;
mod operation;
mod platform;
mod popup_channel;
mod request;
mod response_url;
#[cfg(feature = "serde")]
mod serde_types;
mod settings;
mod storage;

pub use auth::Auth;
pub use builder::{AuthBuilder, Json, Typed};
pub use listeners::{Listener, Origin};
pub use operation::Operation;
pub use platform::{BrowserPlatform, Client, StorageKind, WebGuard, release_locks};
pub use request::{
    AppSyncRequest, ConfirmSignUpRequest, CredentialsRequest, FetchRequest, HandleRedirect, PasskeySignInRequest,
    PopupError, PopupRequest, PresignRequest, RedirectError, RedirectRequest, RedirectResult, ResendSignUpCodeRequest,
    SignInRequest, SignOutRequest, SignRequest, SignUp, SignUpRequest, SignedInUser,
};
#[cfg(feature = "serde")]
pub use serde_types::FromJson;
#[cfg(feature = "serde-wasm-bindgen")]
pub use serde_types::ToJs;
pub use settings::{Credential, IdentityPool, OAuth, OidcProvider, UserPool};
pub use storage::{AppStorage, AppStorageHandle, Storage, StorageError};

pub use poolpass;
pub use poolpass::Error;
pub use poolpass::access::AppSyncAccess;
pub use poolpass::appsync::Purpose;
pub use poolpass::client::account::{
    Account, AccountRequest, AuthFactors, MfaPreference, MfaSetting, TotpSetup, UserSession, UserSessions,
};
pub use poolpass::client::challenge::{
    Answer, Challenge, ChooseFirstFactor, ChooseSecondFactor, ChooseSetUp, CustomChallenge, NewPassword, Password,
    Refused, SentCode, SetUpEmail, SetUpTotp, SignIn, Step, TotpCode, UnknownChallenge, UsePasskey,
};
pub use poolpass::config::{AppSyncApi, AuthMode};
pub use poolpass::error::ErrorKind;
pub use poolpass::event::{Event, User};
pub use poolpass::flow::devices::UserDevice;
pub use poolpass::flow::passkeys::{Passkey, Passkeys};
pub use poolpass::flow::redirect::Page;
pub use poolpass::flow::sign_in::{AuthFlow, FirstFactor, RequireAuth, SecondFactor, SetUpFactor};
pub use poolpass::flow::sign_out::SignedOut;
pub use poolpass::flow::sign_up::CodeDelivery;
pub use poolpass::json::Value;
pub use poolpass::jwt::{Claims, TokenUse};
pub use poolpass::secret::Secret;
pub use poolpass::session::Session;

/// What most apps need.
pub mod prelude {
    pub use crate::Account as _;
    #[cfg(feature = "serde")]
    pub use crate::FromJson as _;
    #[cfg(feature = "serde-wasm-bindgen")]
    pub use crate::ToJs as _;
    pub use crate::{
        Auth, Challenge, Credential, Error, ErrorKind, Event, IdentityPool, Listener, OAuth, PopupError, RedirectError,
        Session, SignIn, SignedInUser, Storage, User, UserPool,
    };
}
