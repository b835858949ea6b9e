//! The passkeys of a user.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::core::webauthn::NewCredential;
use crate::core::wire::date::epoch_seconds;

/// So many passkeys a user may have (Developer Guide, "Quotas in Amazon Cognito": "Passkeys per user").
pub(super) const MOST: usize = 20;

/// A registered passkey.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Passkey {
    pub(super) credential: NewCredential,
    pub(super) rp_id: String,
    number: u64,
    created_ms: u64,
}

/// What a user has of passkeys.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Passkeys {
    /// In the order in which they were registered.
    list: Vec<Passkey>,
    pub(super) registrations: Registrations,
    /// Whether a passkey counts as two factors (`WebAuthnMfaSettingsType`).
    pub(crate) multi_factor: bool,
}

impl Passkeys {
    pub(super) fn add(&mut self, credential: NewCredential, rp_id: &str, created_ms: u64) {
        let number = self.list.last().map_or(1, |last| last.number + 1);
        self.list.push(Passkey { credential, rp_id: rp_id.to_owned(), number, created_ms });
    }

    pub(super) fn is_full(&self) -> bool {
        self.list.len() >= MOST
    }

    /// Removes a passkey: whether there was one of that id.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let before = self.list.len();
        self.list.retain(|passkey| passkey.credential.id != id);
        self.list.len() < before
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.list.iter().any(|passkey| passkey.credential.id == id)
    }

    /// Those of a relying party, which are the only ones that browsers can use with it.
    pub(super) fn of<'a>(&'a self, rp_id: &'a str) -> impl Iterator<Item = &'a Passkey> {
        self.list.iter().filter(move |passkey| passkey.rp_id == rp_id)
    }

    pub(super) fn find_mut(&mut self, id: &str, rp_id: &str) -> Option<&mut Passkey> {
        self.list.iter_mut().find(|passkey| passkey.credential.id == id && passkey.rp_id == rp_id)
    }

    /// Those with a higher number.
    pub(crate) fn after(&self, number: u64) -> impl Iterator<Item = &Passkey> {
        self.list.iter().filter(move |passkey| passkey.number > number)
    }
}

impl Passkey {
    pub(crate) fn id(&self) -> &str {
        &self.credential.id
    }

    /// Higher than those of the user's earlier passkeys.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// `WebAuthnCredentialDescription`.
    pub(crate) fn description(&self) -> Value {
        let credential = &self.credential;
        let attachment = credential.attachment.as_deref();
        let name = match attachment {
            Some("platform") => "Platform passkey",
            Some("cross-platform") => "Roaming passkey",
            _ => "Passkey",
        };
        let mut shown = json!({
            "CredentialId": credential.id,
            "FriendlyCredentialName": name,
            "RelyingPartyId": self.rp_id,
            "AuthenticatorTransports": credential.transports,
            "CreatedAt": epoch_seconds(self.created_ms),
        });
        if let Some(attachment) = attachment {
            shown["AuthenticatorAttachment"] = json!(attachment);
        }
        shown
    }
}

/// Registrations that were begun.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Registrations(Vec<Begun>);

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Begun {
    challenge: String,
    client_id: String,
    expires_ms: u64,
}

/// How long a page may take. `StartWebAuthnRegistration` tells the browser the same time.
pub(super) const REGISTRATION_MS: u64 = 60_000;
/// So many may be under way for one user; then the oldest is forgotten.
const MOST_BEGUN: usize = 20;

impl Registrations {
    pub(super) fn begin(&mut self, challenge: String, client_id: &str, now_ms: u64) {
        self.0.retain(|begun| now_ms < begun.expires_ms);
        if self.0.len() >= MOST_BEGUN {
            self.0.remove(0);
        }
        let expires_ms = now_ms.saturating_add(REGISTRATION_MS);
        self.0.push(Begun { challenge, client_id: client_id.to_owned(), expires_ms });
    }

    /// The client that began the registration with a challenge, which can't be used again.
    pub(super) fn take(&mut self, challenge: &str, now_ms: u64) -> Option<String> {
        self.0.retain(|begun| now_ms < begun.expires_ms);
        let index = self.0.iter().position(|begun| begun.challenge == challenge)?;
        Some(self.0.remove(index).client_id)
    }
}
