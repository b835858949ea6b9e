//! From a code to a person: token request, ID token and user info.

use serde_json::{Map, Value};

use super::endpoints::OAuth;
use super::profile::Profile;
use super::refusal::Refusal;
use super::{apple_secret, authorize, fetch, id_token};
use crate::core::directory::providers::{IdentityProvider, ProviderKind};
use crate::core::wire::form::Form;
use crate::core::world::outbound::OutboundRequest;
use crate::core::world::outside::Outside;
use crate::core::world::tokens::verify_jws;

/// One answer of a provider, to be made into a person.
pub(crate) struct Exchange<'a> {
    pub(crate) outside: &'a mut Outside,
    pub(crate) provider: &'a IdentityProvider,
    pub(crate) endpoints: &'a OAuth,
    pub(crate) base: &'a str,
    pub(crate) nonce: &'a str,
    pub(crate) verifier: &'a str,
    pub(crate) now_ms: u64,
}

impl Exchange<'_> {
    /// # Errors
    /// [`Refusal`], in Cognito's words.
    pub(crate) fn profile(&mut self, code: &str) -> Result<Profile, Refusal> {
        let tokens = self.tokens(code)?;
        let text = |name: &str| tokens.get(name).and_then(Value::as_str);
        let access_token = text("access_token").ok_or_else(|| self.token_error("200"))?;
        let mut claims = Map::new();
        let mut said = Map::from_iter([("tokenResponse".to_owned(), Profile::texts(&tokens))]);
        let endpoints = self.endpoints;
        if let Some(issuer) = &endpoints.issuer {
            let id_token = text("id_token").ok_or_else(|| Refusal::invalid_request("The IdP sent no ID token"))?;
            claims = self.verified(issuer, id_token, access_token)?;
            said.insert("idToken".into(), Profile::texts(&claims));
        }
        if let Some(url) = &endpoints.user_info {
            let more = self.user_info(url, access_token)?;
            if claims.get("sub").is_some_and(|subject| more.get("sub") != Some(subject)) {
                return Err(Refusal::invalid_request("The sub of the user info is not that of the ID token"));
            }
            said.insert("userInfo".into(), Profile::texts(&more));
            claims.extend(more);
        }
        let subject = self.provider.kind().subject().and_then(|name| claims.get(name)?.as_str());
        let subject = subject.filter(|subject| is_subject(subject));
        let subject =
            subject.ok_or_else(|| Refusal::invalid_request("username attribute mapping required"))?.to_owned();
        for name in ["access_token", "id_token"] {
            claims.extend(text(name).map(|token| (name.to_owned(), Value::from(token))));
        }
        Ok(Profile { subject, claims, said, issuer: None })
    }

    fn tokens(&mut self, code: &str) -> Result<Map<String, Value>, Refusal> {
        let kind = self.provider.kind();
        let callback = authorize::callback(self.base);
        let client_id = self.provider.detail("client_id").unwrap_or_default();
        let secret = match kind {
            ProviderKind::SignInWithApple => {
                self.outside.keep("client secret", || apple_secret::make(self.provider, self.now_ms))
            }
            _ => self.provider.detail("client_secret").map(str::to_owned),
        };
        let mut pairs = vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", callback.as_str())];
        if authorize::has_pkce(kind) {
            pairs.push(("code_verifier", self.verifier));
        }
        let headers = vec![
            ("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()),
            ("Accept".to_owned(), "application/json".to_owned()),
        ];
        // Cognito shows the secret in the body alone ("Using OIDC identity providers with a user pool").
        pairs.push(("client_id", client_id));
        if let Some(secret) = &secret {
            pairs.push(("client_secret", secret));
        }
        let url = self.endpoints.token.clone();
        let request = OutboundRequest { method: "POST", url, headers, body: Form::from_iter(pairs).encode().into() };
        let reply = self.outside.ask(request)?.map_err(|error| Refusal::no_reply("token endpoint", error))?;
        match serde_json::from_slice(&reply.body) {
            Ok(Value::Object(tokens)) if reply.status == 200 => Ok(tokens),
            Ok(body) if kind == ProviderKind::Google => {
                let code = body.get("error").and_then(Value::as_str).unwrap_or("error getting token");
                Err(Refusal::invalid_request(format!("Google Error - {} {code}", reply.status)))
            }
            _ => Err(self.token_error(&reply.status.to_string())),
        }
    }

    fn token_error(&self, status: &str) -> Refusal {
        Refusal::invalid_request(format!("{} Error - {status} error getting token", self.provider.name()))
    }

    fn verified(&mut self, issuer: &str, id_token: &str, access_token: &str) -> Result<Map<String, Value>, Refusal> {
        let jwks = self.endpoints.jwks.as_deref().unwrap_or_default();
        let jwks = fetch::json(self.outside, jwks, "jwks uri")?;
        let claims = verify_jws(id_token, &jwks).map_err(Refusal::invalid_request)?;
        let client_id = self.provider.detail("client_id").unwrap_or_default();
        let expected =
            id_token::Expected { issuer, client_id, nonce: self.nonce, access_token, now_s: self.now_ms / 1000 };
        id_token::check(&claims, &expected).map_err(Refusal::invalid_request)?;
        Ok(claims)
    }

    fn user_info(&mut self, url: &str, access_token: &str) -> Result<Map<String, Value>, Refusal> {
        let method = match self.provider.detail("attributes_request_method") {
            Some("POST") => "POST",
            _ => "GET",
        };
        let headers = vec![
            ("Authorization".to_owned(), format!("Bearer {access_token}")),
            ("Accept".to_owned(), "application/json".to_owned()),
        ];
        let request = OutboundRequest { method, url: url.into(), headers, body: Vec::new() };
        let what = "user info endpoint";
        let reply = self.outside.ask(request)?.map_err(|error| Refusal::no_reply(what, error))?;
        match serde_json::from_slice(&reply.body) {
            Ok(Value::Object(claims)) if reply.status == 200 => Ok(claims),
            _ => Err(Refusal::invalid_request(format!(
                "Error in retrieving user attributes: {} from the {what}",
                reply.status
            ))),
        }
    }
}

/// Subjects become part of user names.
fn is_subject(subject: &str) -> bool {
    let length = subject.chars().count();
    (1..=94).contains(&length) && !subject.chars().any(|c| c.is_whitespace() || c.is_control())
}
