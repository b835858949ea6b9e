//! The URL that begins a sign-in (RFC 6749 section 4.1.1; AWS: "Redirect and authorization endpoint").

use crate::encode::form::Form;
use crate::secret::Secret;

/// The parameters of the request. Empty values are not sent.
#[derive(Debug, Default)]
pub struct Authorize<'a> {
    /// The client.
    pub client_id: &'a str,
    /// Where to come back to; exactly as registered.
    pub redirect_uri: &'a str,
    /// Scopes.
    pub scopes: &'a [String],
    /// Ties the answer to this request.
    pub state: &'a str,
    /// Ties the ID token to this request.
    pub nonce: &'a str,
    /// Of the code verifier, by S256.
    pub code_challenge: &'a str,
    /// Parameters that are passed on as they are.
    pub more: Vec<(&'a str, &'a str)>,
}

/// Parameters that are ours to set.
const OWN: [&str; 8] = [
    "client_id",
    "code_challenge",
    "code_challenge_method",
    "nonce",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
];

/// Whether an app may set this parameter.
pub fn is_free(name: &str) -> bool {
    !name.is_empty() && !OWN.contains(&name)
}

impl Authorize<'_> {
    /// The URL at this address of an authorization server.
    pub fn url(&self, address: &str) -> Secret<String> {
        let mut form = Form::query_of(address);
        form.pair("response_type", "code");
        form.pair("client_id", self.client_id);
        form.pair("redirect_uri", self.redirect_uri);
        form.pair_if("scope", &self.scopes.join(" "));
        form.pair("state", self.state);
        form.pair_if("nonce", self.nonce);
        form.pair("code_challenge", self.code_challenge);
        form.pair("code_challenge_method", "S256");
        for (name, value) in &self.more {
            form.pair_if(name, value);
        }
        form.finish()
    }
}
