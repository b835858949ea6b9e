//! The endpoints that apps fetch: `/oauth2/token`, `/oauth2/userInfo`, `/oauth2/revoke`.

mod authorization_code;
mod call;
mod client_authentication;
mod client_credentials;
mod error;
mod parameter;
pub(crate) mod pkce;
mod refresh_token;
mod revoke;
pub(crate) mod scopes;
mod service;
mod token;
mod user_info;

pub(crate) use error::ordered as ordered_error;
pub(crate) use service::OAuthEndpoints;
