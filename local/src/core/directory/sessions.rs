//! Sign-ins under way: what a `Session` or a `SECRET_BLOCK` stands for.

use num_bigint::BigUint;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::expiring::Expiring;
use super::{Attempt, Factor, MfaFactor, SentCode};
use crate::core::srp::Challenge;
use crate::core::wire::error::{ServiceError, not_authorized};
use crate::core::world::rows::Changes;

/// A step that waits for an answer.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct AuthSession {
    pub(crate) client_id: String,
    pub(crate) attempt: Attempt,
    pub(crate) expires_ms: u64,
    pub(crate) step: Step,
}

/// What the answer must be.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) enum Step {
    /// Signing in: the sign-up was confirmed by a code that counts as the first factor.
    Confirmed,
    /// The answer to a challenge of the pool's own functions, and what they remember about it.
    Custom {
        hidden: BTreeMap<String, String>,
        metadata: Option<String>,
    },
    /// The code that was sent as the first factor. It is `None` for a user who does not exist.
    FirstCode {
        factor: Factor,
        sent: Option<SentCode>,
    },
    /// A code of the second factor: the one that was sent, or one of the app.
    MfaCode {
        factor: MfaFactor,
        sent: Option<SentCode>,
    },
    MfaSetUp,
    /// The device must give its public value.
    DeviceSrp,
    /// The device must show that it has its password, under this `Session`.
    DevicePasswordVerifier {
        challenge: Challenge,
        #[serde(with = "crate::core::srp::kept")]
        client_public: BigUint,
        session: String,
    },
    NewPassword,
    /// Use a passkey; the challenge is in base64url.
    Passkey {
        challenge: String,
    },
    /// The challenge is `None` for a user who does not exist.
    PasswordVerifier {
        challenge: Option<Challenge>,
        #[serde(with = "crate::core::srp::kept")]
        client_public: BigUint,
        /// Where a `Session` stands for the step; elsewhere the block itself does.
        secret_block: Option<String>,
    },
    /// The name of a first factor.
    SelectChallenge,
    SelectMfa,
    /// Confirming the sign-up.
    SignUp,
    /// The app is set up: only `MFA_SETUP` is left to be answered.
    TotpIsSetUp,
}

/// All steps under way in one pool. Each is answered once.
#[derive(Clone, Default)]
pub(crate) struct Sessions(Expiring<Entry>);

#[derive(Clone, Deserialize, Serialize)]
struct Entry {
    client_id: String,
    session: Option<AuthSession>,
}

/// How long an answered or expired step is still told from one that never was.
const MEMORY_MS: u64 = 60 * 60 * 1000;

impl Sessions {
    pub(crate) fn put(&mut self, handle: String, session: AuthSession, now_ms: u64) {
        let until_ms = session.expires_ms.saturating_add(MEMORY_MS);
        let entry = Entry { client_id: session.client_id.clone(), session: Some(session) };
        self.0.put(handle, entry, until_ms, now_ms);
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

    /// Drops the sign-ins under way of a user who is deleted.
    pub(super) fn forget_user(&mut self, username: &str) {
        self.0.retain(|entry| entry.session.as_ref().is_none_or(|session| session.attempt.username != username));
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

    /// What has changed.
    pub(super) fn changes(before: Option<&Self>, now: Option<&Self>, path: &[&str], changes: &mut Changes) {
        Expiring::changes(before.map(|all| &all.0), now.map(|all| &all.0), path, changes);
    }

    /// Puts a row back.
    pub(super) fn restore(&mut self, handle: &str, row: &str) -> Result<(), serde_json::Error> {
        self.0.restore(handle, row)
    }
}
