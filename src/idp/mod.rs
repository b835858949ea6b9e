//! Cognito user pools (`cognito-idp`): one module an operation, `request` builds, `read` parses
//! a reply that [`crate::aws_json::accept`] has taken. No I/O.
//!
//! Source: "Amazon Cognito user pools API Reference"; the wire is AWS JSON 1.1.

pub mod auth;
pub mod code_delivery;
pub mod confirm_sign_up;
pub mod get_tokens_from_refresh_token;
pub mod get_user;
pub mod global_sign_out;
pub mod initiate_auth;
pub mod resend_confirmation_code;
pub mod respond_to_auth_challenge;
pub mod revoke_token;
pub mod sign_up;

/// What the names of the operations stand behind in `X-Amz-Target`.
const TARGET: &str = "AWSCognitoIdentityProviderService.";
