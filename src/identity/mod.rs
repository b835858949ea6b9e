//! Cognito identity pools (`cognito-identity`): one module an operation, `request` builds, `read` parses a reply that
//! [`crate::aws_json::accept`] has taken. No I/O.
//!
//! Source: "Amazon Cognito federated identities API Reference".

pub mod get_credentials_for_identity;
pub mod get_id;
pub mod get_open_id_token;
pub mod unlink_identity;

use crate::json::Writer;
use crate::secret::Secret;

/// What the names of the operations stand behind in `X-Amz-Target`.
const TARGET: &str = "AWSCognitoIdentityService.";

/// Who the user is, provider by provider: the provider's name in the identity pool and its token.
pub type Logins = Vec<(String, Secret<String>)>;

fn write_logins(body: &mut Writer, logins: &Logins) {
    if !logins.is_empty() {
        body.open("Logins");
        for (provider, token) in logins {
            body.secret(provider, token);
        }
        body.close();
    }
}
