//! Authorization codes: single-use, short-lived, bound to the request that they answer.

use serde::{Deserialize, Serialize};

use super::expiring::Expiring;
use super::{OAuthGrant, Proof};
use crate::core::world::rows::Changes;

/// "You can use each authorization code only once … valid for five minutes" (Developer Guide, "Authorize endpoint").
const LIFE_MS: u64 = 5 * 60 * 1000;
/// How long a used code is remembered, to revoke what it gave if it comes again.
const MEMORY_MS: u64 = 60 * 60 * 1000;

/// What a code stands for.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct AuthorizationCode {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    /// `code_challenge` of method S256.
    pub(crate) challenge: Option<String>,
    pub(crate) username: String,
    pub(crate) grant: OAuthGrant,
    pub(crate) nonce: Option<String>,
    /// Seconds since 1970.
    pub(crate) auth_time: u64,
    /// The SSO session of the browser, where the pool tracks sessions.
    pub(crate) sso: Option<String>,
    /// What was proven.
    pub(crate) proof: Proof,
    /// The claim `acr`, where a level was asked for.
    pub(crate) acr: Option<String>,
}

#[derive(Clone, Deserialize, Serialize)]
struct Entry {
    code: AuthorizationCode,
    expires_ms: u64,
    state: State,
}

#[derive(Clone, Deserialize, Serialize)]
enum State {
    Fresh,
    /// Used, and the event id of the tokens if it gave any.
    Used(Option<String>),
}

/// Why a code is not accepted.
#[derive(Debug, PartialEq)]
pub(crate) enum CodeError {
    /// Expired, unknown or another client's.
    Invalid,
    /// It was used before; the tokens that it gave have this event id.
    Used(Option<String>),
}

/// All codes of one pool.
#[derive(Clone, Default)]
pub(crate) struct AuthorizationCodes(Expiring<Entry>);

impl AuthorizationCodes {
    pub(crate) fn add(&mut self, text: String, code: AuthorizationCode, now_ms: u64) {
        let expires_ms = now_ms.saturating_add(LIFE_MS);
        let entry = Entry { code, expires_ms, state: State::Fresh };
        self.0.put(text, entry, expires_ms.saturating_add(MEMORY_MS), now_ms);
    }

    /// Takes a code: whatever comes of it, it can't be used again.
    ///
    /// # Errors
    /// See [`CodeError`].
    pub(crate) fn take(&mut self, text: &str, client_id: &str, now_ms: u64) -> Result<AuthorizationCode, CodeError> {
        let entry = self.0.get_mut(text).filter(|entry| entry.code.client_id == client_id);
        let entry = entry.ok_or(CodeError::Invalid)?;
        match std::mem::replace(&mut entry.state, State::Used(None)) {
            State::Used(event_id) => {
                entry.state = State::Used(event_id.clone());
                Err(CodeError::Used(event_id))
            }
            State::Fresh if now_ms >= entry.expires_ms => Err(CodeError::Invalid),
            State::Fresh => Ok(entry.code.clone()),
        }
    }

    /// Drops the codes of a user who is deleted.
    pub(super) fn forget_user(&mut self, username: &str) {
        self.0.retain(|entry| entry.code.username != username);
    }

    /// Remembers which tokens a code gave.
    pub(crate) fn gave(&mut self, text: &str, event_id: &str) {
        if let Some(entry) = self.0.get_mut(text) {
            entry.state = State::Used(Some(event_id.to_owned()));
        }
    }

    /// What has changed.
    pub(super) fn changes(before: Option<&Self>, now: Option<&Self>, path: &[&str], changes: &mut Changes) {
        Expiring::changes(before.map(|all| &all.0), now.map(|all| &all.0), path, changes);
    }

    /// Puts a row back.
    pub(super) fn restore(&mut self, handle: &str, row: &str) -> Result<(), serde_json::Error> {
        self.0.restore(handle, row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> AuthorizationCodes {
        let code = AuthorizationCode {
            client_id: "web".into(),
            sso: None,
            proof: Proof::default(),
            acr: None,
            redirect_uri: "https://example.com/".into(),
            challenge: None,
            username: "alice".into(),
            grant: OAuthGrant { scopes: Vec::new(), resource: None },
            nonce: None,
            auth_time: 0,
        };
        let mut codes = AuthorizationCodes::default();
        codes.add("code".into(), code, 0);
        codes
    }

    #[test]
    fn a_code_is_good_once_for_five_minutes_and_one_client() {
        let refusal = |codes: &mut AuthorizationCodes, client, now| codes.take("code", client, now).err();
        assert_eq!(refusal(&mut codes(), "web", LIFE_MS - 1), None);
        assert_eq!(refusal(&mut codes(), "web", LIFE_MS), Some(CodeError::Invalid));
        let mut codes = codes();
        assert_eq!(refusal(&mut codes, "other", 0), Some(CodeError::Invalid), "and that does not use it up");
        assert_eq!(refusal(&mut codes, "web", 0), None);
        assert_eq!(refusal(&mut codes, "web", 0), Some(CodeError::Used(None)));
        codes.gave("code", "event");
        let used = Some(CodeError::Used(Some("event".into())));
        assert_eq!(refusal(&mut codes, "web", 0), used);
        assert_eq!(refusal(&mut codes, "web", LIFE_MS + 1), used);
    }
}
