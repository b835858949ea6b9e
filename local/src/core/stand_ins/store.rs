//! What the stand-ins remember: codes, access tokens, and who has met Apple before.

use std::collections::{HashMap, HashSet};

use super::kind::Kind;
use super::people::Person;

const CODE_MS: u64 = 5 * 60 * 1000;
const TOKEN_MS: u64 = 60 * 60 * 1000;

/// How long access tokens live, in seconds.
pub(crate) const TOKEN_S: u64 = TOKEN_MS / 1000;

/// What a person agreed to.
#[derive(Clone)]
pub(crate) struct Consent {
    pub(crate) kind: Kind,
    pub(crate) person: &'static Person,
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scope: String,
    pub(crate) nonce: Option<String>,
    /// PKCE, S256.
    pub(crate) challenge: Option<String>,
    pub(crate) at_ms: u64,
}

/// The memory of all stand-ins.
#[derive(Clone, Default)]
pub(crate) struct StandIns {
    codes: HashMap<String, Consent>,
    tokens: HashMap<String, Consent>,
    /// Client and person, for Apple tells a name only once.
    met: HashSet<(String, &'static str)>,
}

impl StandIns {
    pub(crate) fn add_code(&mut self, code: String, consent: Consent) {
        let now_ms = consent.at_ms;
        self.codes.retain(|_, other| now_ms < other.at_ms.saturating_add(CODE_MS));
        self.codes.insert(code, consent);
    }

    /// Takes a code of a client: it can't be used twice.
    pub(crate) fn take_code(&mut self, kind: Kind, client_id: &str, code: &str, now_ms: u64) -> Option<Consent> {
        let consent = self.codes.get(code)?;
        if consent.kind != kind || consent.client_id != client_id {
            return None;
        }
        self.codes.remove(code).filter(|consent| now_ms < consent.at_ms.saturating_add(CODE_MS))
    }

    pub(crate) fn add_token(&mut self, token: String, consent: Consent, now_ms: u64) {
        self.tokens.retain(|_, other| now_ms < other.at_ms.saturating_add(TOKEN_MS));
        self.tokens.insert(token, Consent { at_ms: now_ms, ..consent });
    }

    pub(crate) fn by_token(&self, kind: Kind, token: &str, now_ms: u64) -> Option<&Consent> {
        let consent = self.tokens.get(token)?;
        (consent.kind == kind && now_ms < consent.at_ms.saturating_add(TOKEN_MS)).then_some(consent)
    }

    /// Whether a client meets a person for the first time.
    pub(crate) fn meet(&mut self, client_id: &str, person: &'static Person) -> bool {
        self.met.insert((client_id.to_owned(), person.key))
    }
}
