//! Events of a session, for the listeners in this tab and in the others. No event contains a token.

use std::fmt;

use crate::error::Error;
use crate::json::Value;

/// An event.
#[derive(Clone)]
#[non_exhaustive]
pub enum Event {
    /// A user signed in.
    SignedIn(User),
    /// The session has ended: the user signed out, Cognito ended it, or the storage was cleared. If the user did not sign
    /// out, the error says why.
    SignedOut(Option<Error>),
    /// There are new tokens.
    TokenRefresh,
    /// A refresh failed. The session continues unless [`Event::SignedOut`] follows.
    TokenRefreshFailure(Error),
    /// A stored session could not be read and was moved aside.
    SessionCorrupted,
    /// The session could not be stored. It stays in this tab's memory.
    SessionPersistFailed(Error),
    /// The user is signed in, but the device could not be confirmed or stored. It is not remembered, and where the service has not
    /// confirmed it, the session ends when its tokens expire.
    ConfirmDeviceFailure(Error),
    /// A sign-in by redirect has succeeded.
    SignInWithRedirect,
    /// A sign-in by redirect has failed.
    SignInWithRedirectFailure(Error),
    /// A sign-in by redirect has ended. The event has the app's `customState`.
    CustomOAuthState(Value),
}

impl Event {
    /// The event's name, from Amplify's Hub channel `auth` where it has one.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SignedIn(_) => "signedIn",
            Self::SignedOut(_) => "signedOut",
            Self::TokenRefresh => "tokenRefresh",
            Self::TokenRefreshFailure(_) => "tokenRefresh_failure",
            Self::SessionCorrupted => "sessionCorrupted",
            Self::SessionPersistFailed(_) => "sessionPersistFailed",
            Self::ConfirmDeviceFailure(_) => "confirmDevice_failure",
            Self::SignInWithRedirect => "signInWithRedirect",
            Self::SignInWithRedirectFailure(_) => "signInWithRedirect_failure",
            Self::CustomOAuthState(_) => "customOAuthState",
        }
    }

    /// The error of an event that has one.
    pub const fn error(&self) -> Option<&Error> {
        match self {
            Self::SignedOut(error) => error.as_ref(),
            Self::TokenRefreshFailure(error)
            | Self::SessionPersistFailed(error)
            | Self::ConfirmDeviceFailure(error)
            | Self::SignInWithRedirectFailure(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The user of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The user name.
    pub username: String,
    /// `sub`: the user's immutable ID.
    pub user_id: String,
    /// How the user signed in, if not at a sign-in page.
    pub sign_in_details: Option<SignInDetails>,
}

/// How a user signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInDetails {
    /// The user name or alias that the user entered.
    pub login_id: String,
    /// Amplify's name of the flow, such as `USER_SRP_AUTH`.
    pub auth_flow: String,
}
