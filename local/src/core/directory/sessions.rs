//! Sign-ins under way: what a `Session` or a `SECRET_BLOCK` stands for.

use num_bigint::BigUint;
use std::collections::HashMap;

use crate::core::srp::Challenge;
use crate::core::wire::error::{ServiceError, not_authorized};

/// A step that waits for an answer.
pub(crate) struct AuthSession {
    pub(crate) client_id: String,
    /// The internal user name; for a simulated challenge the one that was made up.
    pub(crate) username: String,
    pub(crate) expires_ms: u64,
    pub(crate) step: Step,
}

/// What the answer must be.
pub(crate) enum Step {
    NewPassword,
    /// The challenge is `None` for a user who does not exist.
    PasswordVerifier {
        challenge: Option<Challenge>,
        client_public: BigUint,
    },
    TotpCode,
    /// The app is set up: only `MFA_SETUP` is left to be answered.
    TotpIsSetUp,
    TotpSetUp,
}

/// All steps under way in one pool. Each is answered once.
#[derive(Default)]
pub(crate) struct Sessions(HashMap<String, Entry>);

struct Entry {
    client_id: String,
    session: Option<AuthSession>,
    expires_ms: u64,
}

/// How long an answered or expired step is still told from one that never was.
const MEMORY_MS: u64 = 60 * 60 * 1000;

impl Sessions {
    pub(crate) fn put(&mut self, handle: String, session: AuthSession, now_ms: u64) {
        self.0.retain(|_, entry| now_ms < entry.expires_ms.saturating_add(MEMORY_MS));
        let entry =
            Entry { client_id: session.client_id.clone(), expires_ms: session.expires_ms, session: Some(session) };
        self.0.insert(handle, entry);
    }

    /// Looks at a step.
    ///
    /// # Errors
    /// `NotAuthorizedException`: unknown, expired, already answered, or another client's.
    pub(crate) fn get(&self, handle: &str, client_id: &str, now_ms: u64) -> Result<&AuthSession, ServiceError> {
        let entry = self.0.get(handle).ok_or_else(|| not_authorized("Invalid session for the user."))?;
        let Some(session) = &entry.session else {
            return Err(not_authorized("Invalid session for the user, session can only be used once."));
        };
        if now_ms >= session.expires_ms {
            return Err(not_authorized("Invalid session for the user, session is expired."));
        }
        if session.client_id != client_id {
            return Err(not_authorized("Invalid session for the user."));
        }
        Ok(session)
    }

    /// The client that a step belongs to, whether it still waits or not.
    pub(crate) fn client_of(&self, handle: &str) -> Option<&str> {
        self.0.get(handle).map(|entry| entry.client_id.as_str())
    }

    /// Takes a step: it cannot be answered again.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub(crate) fn take(&mut self, handle: &str, client_id: &str, now_ms: u64) -> Result<AuthSession, ServiceError> {
        self.get(handle, client_id, now_ms)?;
        let taken = self.0.get_mut(handle).and_then(|entry| entry.session.take());
        taken.ok_or_else(|| not_authorized("Invalid session for the user."))
    }
}
