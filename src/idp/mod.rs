//! Cognito user pools (`cognito-idp`), without I/O. Most operations are rows of the table in [`operations`]. Those that begin,
//! renew or end a session are modules of their own, where `request` builds and `read` parses a reply that
//! [`crate::aws_json::accept`] has taken.
//!
//! Source: "Amazon Cognito user pools API Reference"; the wire is AWS JSON 1.1.

pub mod app_call;
pub mod auth;
pub mod challenge;
pub(crate) mod check;
pub mod confirm_device;
mod field;
pub mod get_tokens_from_refresh_token;
pub mod global_sign_out;
pub mod initiate_auth;
mod operation;
pub mod operations;
mod output;
pub mod respond_to_auth_challenge;
pub mod revoke_token;
pub mod software_token;

pub use app_call::AppCall;
pub use field::{Field, Kind};
pub use operation::{Caller, Credential, Effect, Operation};
pub use output::{Output, Words};

/// What the names of the operations stand behind in `X-Amz-Target`.
const TARGET: &str = "AWSCognitoIdentityProviderService.";
