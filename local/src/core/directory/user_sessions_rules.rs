//! The rules of a pool about what `user_sessions` holds.

use serde_json::{Value, json};

use super::UserPool;
use super::user_sessions::{SsoSession, TokenSession};
use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::{ServiceError, not_found};
use crate::core::world::random::Random;

impl UserPool {
    /// Begins the session of an app, if the pool tracks sessions. "When a user reaches this limit, the next successful authentication
    /// automatically evicts that user's least recently used token session" (`UserPoolTokenSessionConfigType`).
    pub(crate) fn track_tokens(
        &mut self,
        username: &str,
        sso: Option<String>,
        random: &mut Random,
        now_ms: u64,
    ) -> Option<TokenSession> {
        if !self.session_tracking.enabled {
            return None;
        }
        let mut active: Vec<(u64, String)> = self
            .token_sessions(username, now_ms)
            .map(|(event, session)| (session.active_ms, event.to_owned()))
            .collect();
        active.sort();
        let surplus = (active.len() + 1).saturating_sub(self.session_tracking.most_per_user);
        for (_, event) in active.into_iter().take(surplus) {
            self.grants.revoke(&event);
        }
        let sso = sso.filter(|id| self.has_sso(id, now_ms));
        if let Some(session) = sso.as_ref().and_then(|id| self.sso_sessions.get_mut(id)) {
            session.active_ms = now_ms;
        }
        Some(TokenSession { id: new_id("tkn", random), created_ms: now_ms, active_ms: now_ms, sso })
    }

    /// Notes that an app has refreshed its tokens.
    pub(crate) fn touch_tokens(&mut self, event_id: &str, rotated: bool, now_ms: u64) {
        let Some(session) = self.grants.session_mut(event_id) else { return };
        session.touch(now_ms);
        let sso = session.sso.clone().filter(|_| rotated);
        if let Some(session) = sso.and_then(|id| self.sso_sessions.get_mut(&id)) {
            session.active_ms = now_ms;
        }
    }

    /// Begins the session of a browser: its id, if the pool tracks sessions.
    pub(crate) fn track_sso(
        &mut self,
        username: &str,
        client_id: &str,
        random: &mut Random,
        now_ms: u64,
    ) -> Option<String> {
        if !self.session_tracking.enabled {
            return None;
        }
        let id = new_id("sso", random);
        let expires_ms = now_ms.saturating_add(self.session_tracking.longest_reuse_ms());
        let (username, client_id) = (username.to_owned(), client_id.to_owned());
        let session = SsoSession { username, client_id, created_ms: now_ms, active_ms: now_ms, expires_ms };
        self.sso_sessions.put(id.clone(), session, expires_ms, now_ms);
        Some(id)
    }

    /// Whether the session of a browser is neither over nor revoked.
    pub(crate) fn has_sso(&self, id: &str, now_ms: u64) -> bool {
        self.sso_sessions.get(id).is_some_and(|session| now_ms < session.expires_ms)
    }

    /// Ends the session of a browser.
    pub(crate) fn end_sso(&mut self, id: &str) {
        self.sso_sessions.remove(id);
    }

    /// Drops the browsers' sessions of a user who is deleted.
    pub(super) fn forget_sso(&mut self, username: &str) {
        self.sso_sessions.retain(|session| session.username != username);
    }

    /// `SessionsListType`: the active sessions of a user, the latest first. Of the device nothing is known.
    pub(crate) fn sessions_of(&self, username: &str, current_event: Option<&str>, now_ms: u64) -> Vec<Value> {
        if !self.session_tracking.enabled {
            return Vec::new();
        }
        let tokens = self.token_sessions(username, now_ms).map(|(event, session)| {
            let client_id = self.grants.by_event(event).map(|grant| grant.client_id.as_str()).unwrap_or_default();
            let current = current_event == Some(event);
            let (created, active) = (session.created_ms, session.active_ms);
            let mut shown = described(&session.id, "TOKEN", client_id, created, active, current);
            if let Some(sso) = &session.sso {
                shown["OriginSessionId"] = json!(sso);
            }
            (session.created_ms, shown)
        });
        let browsers =
            self.sso_sessions.iter().filter(|(id, session)| session.username == username && self.has_sso(id, now_ms));
        let browsers = browsers.map(|(id, session)| {
            let shown = described(id, "SSO", &session.client_id, session.created_ms, session.active_ms, false);
            (session.created_ms, shown)
        });
        let mut all: Vec<(u64, Value)> = tokens.chain(browsers).collect();
        all.sort_by_key(|(created_ms, _)| std::cmp::Reverse(*created_ms));
        all.into_iter().map(|(_, shown)| shown).collect()
    }

    /// Ends a session of a user, and those that are directly linked to it.
    ///
    /// # Errors
    /// `ResourceNotFoundException` when the user has no such session.
    pub(crate) fn revoke_session(
        &mut self,
        username: &str,
        id: &str,
        linked: bool,
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        let missing = || not_found("Session does not exist.");
        if !self.session_tracking.enabled {
            return Err(missing());
        }
        let tokens = self.token_sessions(username, now_ms);
        let tokens: Vec<(String, TokenSession)> =
            tokens.map(|(event, session)| (event.to_owned(), session.clone())).collect();
        if let Some((event, session)) = tokens.iter().find(|(_, session)| session.id == id) {
            self.grants.revoke(event);
            if let Some(sso) = session.sso.as_ref().filter(|_| linked) {
                self.end_sso(sso);
            }
            return Ok(());
        }
        let is_theirs = self.sso_sessions.get(id).is_some_and(|session| session.username == username);
        if !is_theirs || !self.has_sso(id, now_ms) {
            return Err(missing());
        }
        self.end_sso(id);
        for (event, session) in tokens.iter().filter(|_| linked) {
            if session.sso.as_deref() == Some(id) {
                self.grants.revoke(event);
            }
        }
        Ok(())
    }

    /// Ends the SSO session that tokens came through, if there is one.
    pub(crate) fn revoke_linked_sso(&mut self, event_id: &str) {
        let session = self.grants.by_event(event_id).and_then(|grant| grant.session.as_ref());
        if let Some(sso) = session.filter(|_| self.session_tracking.enabled).and_then(|session| session.sso.clone()) {
            self.end_sso(&sso);
        }
    }

    /// The id of the session that tokens belong to.
    pub(crate) fn session_id(&self, event_id: &str) -> Option<&str> {
        self.grants.by_event(event_id)?.session.as_ref().map(|session| session.id.as_str())
    }

    /// The active token sessions of a user, with the event ids of their tokens.
    pub(super) fn token_sessions<'a>(
        &'a self,
        username: &'a str,
        now_ms: u64,
    ) -> impl Iterator<Item = (&'a str, &'a TokenSession)> {
        let active = self.grants.of_user(username).filter(move |grant| !grant.revoked && now_ms < grant.expires_ms);
        active.filter_map(|grant| Some((grant.event_id.as_str(), grant.session.as_ref()?)))
    }
}

/// `SessionDescriptionType`, as far as it is known: "The value can be unknown".
pub(super) fn described(
    id: &str,
    kind: &str,
    client_id: &str,
    created_ms: u64,
    active_ms: u64,
    current: bool,
) -> Value {
    json!({
        "SessionId": id,
        "SessionType": kind,
        "ClientId": client_id,
        "CreateDate": epoch_seconds(created_ms),
        "LastActiveDate": epoch_seconds(active_ms),
        "DeviceType": "unknown",
        "IsCurrentSession": current,
    })
}

pub(super) fn new_id(prefix: &str, random: &mut Random) -> String {
    format!("{prefix}{}", random.text(25, ID_ALPHABET))
}

pub(super) const ID_ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
