//! Checking a token's claims (OpenID Connect Core section 3.1.3.7; AWS: "Verifying JSON web tokens").

use super::Claims;
use crate::crypto::sha256::sha256;
use crate::encode::base64;
use crate::error::{Error, TokenFault};
use crate::json::Value;
use crate::secret::Secret;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenUse {
    /// Cognito's access token: `client_id` is the app client.
    Access,
    /// Cognito's ID token: `aud` is the app client.
    Id,
    /// An external provider's ID token, which has no `token_use`.
    ExternalId,
}

/// What is expected of a token. `None` skips the check.
pub struct Expected<'a> {
    /// What the token is to be.
    pub token_use: TokenUse,
    /// `iss` is one of these.
    pub issuers: &'a [String],
    /// The client it is for.
    pub client_id: &'a str,
    /// The time, in milliseconds since 1970. If it is unknown, `iat` is used, and only a nonce proves that the token is new.
    pub now_ms: Option<i64>,
    /// How far clocks may be apart, in milliseconds.
    pub leeway_ms: i64,
    /// `iat` is not longer ago than this, in milliseconds.
    pub max_age_ms: Option<i64>,
    /// `nonce` is this.
    pub nonce: Option<&'a str>,
    /// `at_hash`, where there is one, is of this access token.
    pub access_token: Option<&'a Secret<String>>,
    /// The user has authenticated (`auth_time`) within so many seconds: `max_age` of the request.
    pub authenticated_within: Option<i64>,
}

/// A token that is good for longer than this has its times in milliseconds.
const TEN_YEARS_MS: i64 = 315_576_000_000;

impl Expected<'_> {
    /// Checks the claims of a token whose signature is verified.
    ///
    /// # Errors
    /// `token_invalid`, with the first thing that is wrong.
    pub fn check(&self, claims: &Claims) -> Result<(), Error> {
        match self.fault(claims) {
            Some(fault) => Err(fault.into()),
            None => Ok(()),
        }
    }

    fn fault(&self, claims: &Claims) -> Option<TokenFault> {
        let json = claims.json();
        if !self.issuers.iter().any(|issuer| json.str("iss") == Some(issuer)) {
            return Some(TokenFault::Issuer);
        }
        let is_of_use = match self.token_use {
            TokenUse::Access => json.str("token_use") == Some("access"),
            TokenUse::Id => json.str("token_use") == Some("id"),
            TokenUse::ExternalId => true,
        };
        if !is_of_use {
            return Some(TokenFault::Use);
        }
        if !self.is_for_us(json) {
            return Some(TokenFault::Audience);
        }
        if claims.subject().is_none_or(str::is_empty) {
            return Some(TokenFault::MissingClaim);
        }
        self.fault_of_times(claims).or_else(|| self.fault_of_flow(claims))
    }

    fn is_for_us(&self, json: &Value) -> bool {
        match (self.token_use, json.get("aud")) {
            (TokenUse::Access, _) => json.str("client_id") == Some(self.client_id),
            // With several audiences, `azp` names the client.
            (_, Some(Value::Array(audiences))) => {
                audiences.iter().any(|audience| audience.as_str() == Some(self.client_id))
                    && json.str("azp").map_or(audiences.len() == 1, |party| party == self.client_id)
            }
            (_, Some(audience)) => {
                audience.as_str() == Some(self.client_id) && json.str("azp").is_none_or(|party| party == self.client_id)
            }
            (_, None) => false,
        }
    }

    fn fault_of_times(&self, claims: &Claims) -> Option<TokenFault> {
        let Some(now) = self.now_ms.or(claims.issued_at_ms()) else { return Some(TokenFault::MissingClaim) };
        let Some(expires_at) = claims.expires_at_ms() else { return Some(TokenFault::MissingClaim) };
        if expires_at.saturating_add(self.leeway_ms) <= now {
            return Some(TokenFault::Expired);
        }
        if expires_at > now.saturating_add(TEN_YEARS_MS) {
            return Some(TokenFault::Malformed);
        }
        let latest = now.saturating_add(self.leeway_ms);
        if claims.json().get("nbf").is_some() && claims.millis("nbf").is_none_or(|start| start > latest) {
            return Some(TokenFault::NotYetValid);
        }
        let Some(issued_at) = claims.issued_at_ms() else { return Some(TokenFault::MissingClaim) };
        let too_old = self.max_age_ms.is_some_and(|age| issued_at.saturating_add(age) < now);
        (too_old || issued_at > latest).then_some(TokenFault::IssuedAt)
    }

    fn fault_of_flow(&self, claims: &Claims) -> Option<TokenFault> {
        let json = claims.json();
        if self.nonce.is_some() && json.str("nonce") != self.nonce {
            return Some(TokenFault::Nonce);
        }
        if let (Some(token), Some(hash)) = (self.access_token, json.get("at_hash")) {
            // The left half of the hash (OpenID Connect Core section 3.1.3.6).
            let digest = sha256(&[token.expose_secret().as_bytes()]);
            if hash.as_str() != Some(&base64::encode_url(&digest[..16])) {
                return Some(TokenFault::AtHash);
            }
        }
        if let Some(seconds) = self.authenticated_within {
            let now = self.now_ms.or(claims.issued_at_ms());
            let limit = seconds.saturating_mul(1000).saturating_add(self.leeway_ms);
            if claims.millis("auth_time").is_none_or(|since| now > Some(since.saturating_add(limit))) {
                return Some(TokenFault::AuthTime);
            }
        }
        None
    }
}
