//! A session, and its record in the storage: written whole, under one key.

use std::rc::Rc;

use super::fingerprint;
use super::lifetime::Lifetime;
use crate::config::UserPool;
use crate::error::{Error, ResponseProblem};
use crate::event::{SignInDetails, User};
use crate::idp::auth::TokenSet;
use crate::json::{Value, Writer};
use crate::jwt::Claims;
use crate::secret::Secret;

/// Version of the stored form.
const VERSION: i64 = 1;
/// Tokens are refreshed this long before they expire, so that a request with them arrives in time.
const REFRESH_MARGIN_MS: i64 = 60_000;

/// A session: the user's tokens and their claims.
#[derive(Clone)]
pub struct Session {
    pool: Rc<UserPool>,
    session_id: String,
    access: Secret<String>,
    id: Option<Secret<String>>,
    refresh: Option<Secret<String>>,
    sign_in: Option<SignInDetails>,
    hosted: bool,
    access_claims: Claims,
    id_claims: Option<Claims>,
    issued_at_ms: i64,
    lifetime: Lifetime,
}

/// The result of reading a stored text.
pub(super) enum Stored {
    Session(Rc<Session>),
    /// A later version of this kit wrote it. It is left alone.
    Newer,
    Corrupt,
}

impl Session {
    /// A session of tokens that have just arrived, by the local clock.
    ///
    /// # Errors
    /// `invalid_response` if they don't belong to this user pool and app client.
    pub(crate) fn new(
        tokens: TokenSet,
        sign_in: Option<SignInDetails>,
        now_ms: i64,
        pool: &Rc<UserPool>,
    ) -> Result<Self, Error> {
        let session = Self::assemble(tokens, sign_in, now_ms, pool)
            .ok_or_else(|| Error::invalid_response(ResponseProblem::NotJwt))?;
        if session.is_of_its_pool() { Ok(session) } else { Err(Error::invalid_response(ResponseProblem::OtherClient)) }
    }

    /// A session of tokens from a sign-in through the hosted UI.
    ///
    /// # Errors
    /// As [`Session::new`].
    pub(crate) fn from_redirect(tokens: TokenSet, now_ms: i64, pool: &Rc<UserPool>) -> Result<Self, Error> {
        Ok(Self { hosted: true, ..Self::new(tokens, None, now_ms, pool)? })
    }

    /// The same session with an ID.
    pub(super) fn with_id(self, id: &str) -> Self {
        Self { session_id: id.to_owned(), ..self }
    }

    /// The user pool that the session is of.
    pub(crate) fn pool(&self) -> &UserPool {
        &self.pool
    }

    /// The session's ID, which is part of its key in the storage. Not secret, and Cognito doesn't know it.
    pub(crate) fn id(&self) -> &str {
        &self.session_id
    }

    /// Whether the tokens belong to this user pool, this app client and a single user.
    fn is_of_its_pool(&self) -> bool {
        let (pool_id, client_id) = (self.pool.id(), self.pool.client_id());
        let access = self.access_claims.json();
        let issuer_is_pool = access.str("iss").and_then(|issuer| issuer.rsplit('/').next()) == Some(pool_id);
        let for_us = access.str("client_id") == Some(client_id) && access.str("token_use") == Some("access");
        let id_for_us = self.id_claims.as_ref().is_none_or(|id| {
            id.json().str("aud") == Some(client_id)
                && id.json().str("token_use") == Some("id")
                && id.subject() == self.access_claims.subject()
        });
        issuer_is_pool && for_us && id_for_us
    }

    /// This session after a refresh. The refresh token stays the same unless there is a new one.
    ///
    /// # Errors
    /// As [`Session::new`]; `invalid_response` if the new tokens belong to another user.
    pub(crate) fn renewed(&self, mut tokens: TokenSet, now_ms: i64) -> Result<Self, Error> {
        if tokens.refresh.is_none() {
            tokens.refresh.clone_from(&self.refresh);
        }
        let renewed = Self {
            session_id: self.session_id.clone(),
            hosted: self.hosted,
            ..Self::new(tokens, self.sign_in.clone(), now_ms, &self.pool)?
        };
        if renewed.user_id() == self.user_id() {
            Ok(renewed)
        } else {
            Err(Error::invalid_response(ResponseProblem::OtherUser))
        }
    }

    fn assemble(
        tokens: TokenSet,
        sign_in: Option<SignInDetails>,
        received_at_ms: i64,
        pool: &Rc<UserPool>,
    ) -> Option<Self> {
        let access_claims = Claims::read(tokens.access.expose_secret())?;
        let id_claims = match &tokens.id {
            Some(token) => Some(Claims::read(token.expose_secret())?),
            None => None,
        };
        access_claims.subject()?;
        let id_expiry = match &id_claims {
            Some(claims) => claims.expires_at_ms()?,
            None => i64::MAX,
        };
        let issued_at_ms = access_claims.issued_at_ms()?;
        let duration_ms = access_claims.expires_at_ms()?.min(id_expiry).saturating_sub(issued_at_ms);
        Some(Self {
            pool: Rc::clone(pool),
            session_id: String::new(),
            issued_at_ms,
            lifetime: Lifetime { received_at_ms, duration_ms },
            access: tokens.access,
            id: tokens.id,
            refresh: tokens.refresh,
            sign_in,
            hosted: false,
            access_claims,
            id_claims,
        })
    }

    /// The server's time, derived from the local clock: the tokens' age counts from their arrival.
    pub(crate) const fn server_now_ms(&self, now_ms: i64) -> i64 {
        self.issued_at_ms.saturating_add(now_ms.saturating_sub(self.lifetime.received_at_ms))
    }

    /// Whether the tokens can be used without a refresh.
    pub(crate) const fn is_fresh(&self, now_ms: i64) -> bool {
        self.lifetime.has_left(now_ms, REFRESH_MARGIN_MS)
    }

    /// Whether the tokens have not expired.
    pub(crate) const fn is_valid(&self, now_ms: i64) -> bool {
        self.lifetime.has_left(now_ms, 0)
    }

    /// When the tokens expire by the local clock, in milliseconds since 1970.
    pub(crate) const fn expires_here_at_ms(&self) -> i64 {
        self.lifetime.expires_at_ms()
    }

    /// The access token.
    pub const fn access_token(&self) -> &Secret<String> {
        &self.access
    }

    /// The ID token.
    pub const fn id_token(&self) -> Option<&Secret<String>> {
        self.id.as_ref()
    }

    /// The refresh token.
    pub(crate) const fn refresh_token(&self) -> Option<&Secret<String>> {
        self.refresh.as_ref()
    }

    /// Whether both sessions have the same refresh token.
    pub(super) fn same_refresh_token(&self, other: &Self) -> bool {
        self.refresh.as_ref().map(Secret::expose_secret) == other.refresh.as_ref().map(Secret::expose_secret)
    }

    /// Whether both sessions have the same access token.
    pub(super) fn same_access_token(&self, other: &Self) -> bool {
        self.access.expose_secret() == other.access.expose_secret()
    }

    /// Names these tokens without revealing them.
    pub(crate) fn fingerprint(&self) -> i64 {
        fingerprint(self.access.expose_secret())
    }

    /// Claims of the access token.
    pub const fn access_claims(&self) -> &Claims {
        &self.access_claims
    }

    /// Claims of the ID token.
    pub const fn id_claims(&self) -> Option<&Claims> {
        self.id_claims.as_ref()
    }

    /// `sub`: the user's immutable id.
    pub fn user_id(&self) -> &str {
        self.access_claims.subject().unwrap_or_default()
    }

    /// The user name.
    pub fn username(&self) -> &str {
        self.access_claims.username().unwrap_or_default()
    }

    /// `device_key`: the device that the user signed in on, where the pool remembers devices.
    pub fn device_key(&self) -> Option<&str> {
        self.access_claims.json().str("device_key")
    }

    /// The user's groups when the tokens were issued (`cognito:groups`).
    pub fn groups(&self) -> Vec<&str> {
        self.access_claims.groups()
    }

    /// How the user signed in.
    pub const fn sign_in_details(&self) -> Option<&SignInDetails> {
        self.sign_in.as_ref()
    }

    /// Whether the user signed in through the hosted UI, which has its own session.
    pub(crate) const fn is_hosted(&self) -> bool {
        self.hosted
    }

    /// The user.
    pub fn user(&self) -> User {
        User {
            username: self.username().to_owned(),
            user_id: self.user_id().to_owned(),
            sign_in_details: self.sign_in.clone(),
        }
    }

    /// The text of the record.
    pub(super) fn to_stored(&self) -> Secret<String> {
        let mut json = Writer::object();
        json.integer("v", VERSION);
        json.secret("accessToken", &self.access);
        json.secret_if("idToken", self.id.as_ref());
        json.secret_if("refreshToken", self.refresh.as_ref());
        json.integer("receivedAt", self.lifetime.received_at_ms);
        // For the npm package, which answers with a fresh session before the wasm is loaded (www/poolpass/stored.js).
        let (from_ms, until_ms) = self.lifetime.span_ms(REFRESH_MARGIN_MS);
        json.integer("freshFrom", from_ms);
        json.integer("freshUntil", until_ms);
        if self.hosted {
            json.bool("hosted", true);
        }
        if let Some(details) = &self.sign_in {
            json.open("signInDetails");
            json.str("loginId", &details.login_id);
            json.str("authFlowType", &details.auth_flow);
            json.close();
        }
        json.finish()
    }

    /// Reads the text of a record.
    pub(super) fn from_stored(text: &str, id: &str, pool: &Rc<UserPool>) -> Stored {
        let Some(json) = Value::parse(text) else { return Stored::Corrupt };
        match json.integer("v") {
            Some(VERSION) => {}
            Some(version) if version > VERSION => return Stored::Newer,
            _ => return Stored::Corrupt,
        }
        let read = || {
            let tokens = TokenSet {
                access: json.secret("accessToken")?,
                id: json.secret("idToken"),
                refresh: json.secret("refreshToken"),
                device: None,
            };
            let sign_in = json.get("signInDetails").and_then(sign_in_details);
            let hosted = json.get("hosted").and_then(Value::as_bool).unwrap_or_default();
            let session = Self { hosted, ..Self::assemble(tokens, sign_in, json.integer("receivedAt")?, pool)? };
            session.is_of_its_pool().then(|| session.with_id(id))
        };
        read().map_or(Stored::Corrupt, |session| Stored::Session(Rc::new(session)))
    }
}

fn sign_in_details(json: &Value) -> Option<SignInDetails> {
    Some(SignInDetails { login_id: json.string("loginId")?, auth_flow: json.string("authFlowType")? })
}
