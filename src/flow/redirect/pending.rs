//! The record of a flow while the user is away. It is stored under the flow's `state`, in this tab's storage and, for
//! webviews that lose that, in the origin's.

use super::address::is_place;
use crate::error::{Error, ErrorKind, FlowFault, StorageFailure};
use crate::json::{Value, Writer};
use crate::oauth::discovery::Endpoints;
use crate::platform::{FlowScope, FlowStorage, Platform, Storage};
use crate::secret::Secret;

/// How long a flow lives. The code behind it lives for five minutes.
const LIFE_MS: i64 = 600_000;
const VERSION: i64 = 1;
const SCOPES: [FlowScope; 2] = [FlowScope::Tab, FlowScope::Origin];

/// What a flow has to remember.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) created_at_ms: i64,
    pub(super) verifier: Secret<String>,
    pub(super) nonce: String,
    pub(super) redirect_uri: String,
    pub(super) max_age: Option<i64>,
    pub(super) provider: Option<(String, Endpoints)>,
    pub(super) kept: Kept,
}

/// What the app gets back, however the flow ends.
#[derive(Clone, Default)]
pub(super) struct Kept {
    pub(super) custom_state: Option<Value>,
    pub(super) return_to: Option<String>,
}

/// How far a flow is. The texts are stored.
const AWAY: &str = "away";
const FINISHING: &str = "finishing";
const USED: &str = "used";

/// The stored flows of one app.
pub(super) struct FlowStore<'a, P> {
    pub(super) platform: &'a P,
    pub(super) namespace: &'a str,
}

impl<P: Platform> FlowStore<'_, P> {
    /// Stores a flow. One in a popup returns to this page, so only this tab needs it.
    ///
    /// # Errors
    /// `storage_write` if nothing could be stored.
    pub(super) async fn save(&self, state: &str, pending: &Pending, in_popup: bool) -> Result<(), Error> {
        let text = pending.to_stored();
        let scopes = if in_popup { &SCOPES[..1] } else { &SCOPES[..] };
        let mut is_stored = false;
        for scope in scopes {
            let storage = self.platform.flow_storage(*scope);
            is_stored |= storage.set(&self.key(state), text.expose_secret()).await.is_ok();
        }
        if is_stored { Ok(()) } else { Err(ErrorKind::Storage(StorageFailure::Write).into()) }
    }

    /// Takes a flow to finish it, once. A note of any tab counts. Call it under the flow's lock.
    pub(super) async fn take(&self, state: &str) -> Result<Pending, FlowFault> {
        let key = self.key(state);
        let mut found = None;
        for scope in SCOPES {
            let Some(json) = self.get(scope, &key).await else { continue };
            match json.str("phase") {
                Some(AWAY) => {}
                Some(FINISHING) => return Err(FlowFault::Interrupted),
                _ => {
                    // Perhaps another tab has used it. Then this tab's verifier is useless.
                    self.close(state, json.integer("createdAt").unwrap_or_default()).await;
                    return Err(FlowFault::Used);
                }
            }
            found = found.or(Some(json));
        }
        let pending = found.and_then(|json| Pending::from_json(&json)).ok_or(FlowFault::Unknown)?;
        self.set_phase(state, FINISHING, pending.created_at_ms, &pending.kept).await;
        Ok(pending)
    }

    /// Notes that a flow has ended.
    pub(super) async fn close(&self, state: &str, created_at_ms: i64) {
        self.set_phase(state, USED, created_at_ms, &Kept::default()).await;
    }

    /// A flow that this tab was finishing when its page was left. It is returned once.
    pub(super) async fn interrupted(&self) -> Option<Kept> {
        for key in self.keys(FlowScope::Tab) {
            let Some(json) = self.get(FlowScope::Tab, &key).await else { continue };
            let state = key.get(self.key("").len()..);
            let (Some(FINISHING), Some(state), Some(created_at)) =
                (json.str("phase"), state, json.integer("createdAt"))
            else {
                continue;
            };
            self.close(state, created_at).await;
            return Some(Kept::from_json(&json));
        }
        None
    }

    /// Removes the flows that have expired.
    pub(super) async fn remove_expired(&self) {
        for scope in SCOPES {
            for key in self.keys(scope) {
                let created_at = self.get(scope, &key).await.and_then(|json| json.integer("createdAt"));
                if created_at.is_none_or(|time| is_expired(time, self.platform.now_ms())) {
                    // Best effort: the next start tries again.
                    let _ = self.platform.flow_storage(scope).remove(&key).await;
                }
            }
        }
    }

    /// The key of a flow's record, and the name of its lock.
    pub(super) fn key(&self, state: &str) -> String {
        ["poolpass.v1.", self.namespace, ".flow.", state].concat()
    }

    /// The keys of the flows. Many browsers block one of the storages, which then has none.
    fn keys(&self, scope: FlowScope) -> Vec<String> {
        self.platform.flow_storage(scope).keys(&self.key("")).unwrap_or_default()
    }

    async fn get(&self, scope: FlowScope, key: &str) -> Option<Value> {
        Value::parse(self.platform.flow_storage(scope).get(key).await.ok()??.expose_secret())
    }

    /// Replaces the record in both storages. For the other tabs the flow is used from now on. Their note outlives the
    /// flow, since one of them may still have the verifier.
    async fn set_phase(&self, state: &str, phase: &str, created_at_ms: i64, kept: &Kept) {
        let key = self.key(state);
        let mut here = begin(phase, created_at_ms);
        kept.write(&mut here);
        for (scope, json) in [(FlowScope::Tab, here), (FlowScope::Origin, begin(USED, created_at_ms))] {
            let storage = self.platform.flow_storage(scope);
            if storage.set(&key, json.finish().expose_secret()).await.is_err() {
                let _ = storage.remove(&key).await;
            }
        }
    }
}

/// Whether a flow has expired, also if the clock has been set back since it began.
fn is_expired(created_at_ms: i64, now_ms: i64) -> bool {
    !(0..LIFE_MS).contains(&now_ms.saturating_sub(created_at_ms))
}

fn begin(phase: &str, created_at_ms: i64) -> Writer {
    let mut json = Writer::object();
    json.integer("v", VERSION);
    json.str("phase", phase);
    json.integer("createdAt", created_at_ms);
    json
}

impl Pending {
    /// Whether the flow has outlived its time.
    pub(super) fn is_expired(&self, now_ms: i64) -> bool {
        is_expired(self.created_at_ms, now_ms)
    }

    fn to_stored(&self) -> Secret<String> {
        let mut json = begin(AWAY, self.created_at_ms);
        json.secret("verifier", &self.verifier);
        json.str("nonce", &self.nonce);
        json.str("redirectUri", &self.redirect_uri);
        if let Some(seconds) = self.max_age {
            json.integer("maxAge", seconds);
        }
        if let Some((name, endpoints)) = &self.provider {
            json.str("provider", name);
            json.str("token", &endpoints.token);
            json.str("jwks", &endpoints.jwks);
            json.bool("namesIssuer", endpoints.names_issuer);
        }
        self.kept.write(&mut json);
        json.finish()
    }

    fn from_json(json: &Value) -> Option<Self> {
        let provider = match json.string("provider") {
            Some(name) => {
                let (token, jwks) = (json.string("token")?, json.string("jwks")?);
                let names_issuer = json.get("namesIssuer").and_then(Value::as_bool) == Some(true);
                Some((name, Endpoints { authorize: String::new(), token, jwks, names_issuer }))
            }
            None => None,
        };
        Some(Self {
            created_at_ms: json.integer("createdAt")?,
            verifier: json.secret("verifier")?,
            nonce: json.string("nonce")?,
            redirect_uri: json.string("redirectUri")?,
            max_age: json.integer("maxAge"),
            provider,
            kept: Kept::from_json(json),
        })
    }
}

impl Kept {
    fn write(&self, json: &mut Writer) {
        json.str_if("returnTo", self.return_to.as_deref());
        if let Some(state) = &self.custom_state {
            json.value("customState", state);
        }
    }

    fn from_json(json: &Value) -> Self {
        // Other scripts of the origin can write into the storage.
        let return_to = json.string("returnTo").filter(|place| is_place(place));
        Self { custom_state: json.get("customState").cloned(), return_to }
    }
}
