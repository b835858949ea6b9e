//! The record of a flow while the user is away: one text under its `state`, in this tab's drawer and, for webviews that
//! lose that, in the origin's.

use super::address::is_place;
use crate::error::{Error, ErrorKind, FlowFault, StorageFailure};
use crate::json::{Value, Writer};
use crate::oauth::discovery::Endpoints;
use crate::platform::{Drawer, Platform};
use crate::secret::Secret;

/// How long a flow lives. The code behind it lives for five minutes.
const LIFE_MS: i64 = 600_000;
const VERSION: i64 = 1;
const DRAWERS: [Drawer; 2] = [Drawer::Tab, Drawer::Origin];

/// What a flow has to remember.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) created_at_ms: i64,
    pub(super) verifier: Secret<String>,
    pub(super) nonce: String,
    pub(super) redirect_uri: String,
    pub(super) max_age: Option<i64>,
    pub(super) foreign: Option<(String, Endpoints)>,
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

/// The drawers' keys of one app's flows.
pub(super) struct Shelf<'a, P> {
    pub(super) platform: &'a P,
    pub(super) namespace: &'a str,
}

impl<P: Platform> Shelf<'_, P> {
    /// Keeps a flow that comes back to another page, or in a window of its own to this one.
    pub(super) fn keep(&self, state: &str, pending: &Pending, in_popup: bool) -> Result<(), Error> {
        let text = pending.to_stored();
        let text = text.expose_secret();
        let mut drawers = if in_popup { &DRAWERS[..1] } else { &DRAWERS[..] }.iter();
        // Both: any() would stop at the first.
        let put = drawers.by_ref().filter(|drawer| self.platform.put(**drawer, &self.key(state), text)).count();
        if put == 0 { Err(ErrorKind::Storage(StorageFailure::Write).into()) } else { Ok(()) }
    }

    /// Takes a flow to finish it, once: a note of any tab in either drawer counts. Call it under the flow's lock.
    pub(super) fn take(&self, state: &str) -> Result<Pending, FlowFault> {
        let key = self.key(state);
        let mut found = None;
        for drawer in DRAWERS {
            let Some(json) = self.read(drawer, &key) else { continue };
            match json.text("phase") {
                Some(AWAY) => {}
                Some(FINISHING) => return Err(FlowFault::Interrupted),
                _ => {
                    // Perhaps another tab has used it: then this one's verifier is of no use any more.
                    self.close(state, json.integer("createdAt").unwrap_or_default());
                    return Err(FlowFault::Used);
                }
            }
            found = found.or(Some(json));
        }
        let pending = found.and_then(|json| Pending::from_json(&json)).ok_or(FlowFault::Unknown)?;
        self.set_phase(state, FINISHING, pending.created_at_ms, &pending.kept);
        Ok(pending)
    }

    /// Notes that a flow is over.
    pub(super) fn close(&self, state: &str, created_at_ms: i64) {
        self.set_phase(state, USED, created_at_ms, &Kept::default());
    }

    /// A flow that this tab was finishing when its page was left. It is told once.
    pub(super) fn interrupted(&self) -> Option<Kept> {
        self.platform.keys(Drawer::Tab, &self.key("")).into_iter().find_map(|key| {
            let json = self.read(Drawer::Tab, &key)?;
            if json.text("phase") != Some(FINISHING) {
                return None;
            }
            self.close(key.get(self.key("").len()..)?, json.integer("createdAt")?);
            Some(Kept::from_json(&json))
        })
    }

    /// Throws away what is over or was never finished.
    pub(super) fn sweep(&self) {
        for drawer in DRAWERS {
            for key in self.platform.keys(drawer, &self.key("")) {
                let created_at = self.read(drawer, &key).and_then(|json| json.integer("createdAt"));
                if created_at.is_none_or(|time| is_expired(time, self.platform.now_ms())) {
                    self.platform.discard(drawer, &key);
                }
            }
        }
    }

    /// The key of a flow's record, and the name of its lock.
    pub(super) fn key(&self, state: &str) -> String {
        ["poolpass.v1.", self.namespace, ".flow.", state].concat()
    }

    fn read(&self, drawer: Drawer, key: &str) -> Option<Value> {
        Value::parse(self.platform.peek(drawer, key)?.expose_secret())
    }

    /// Replaces the record in both drawers. To the other tabs the flow is used from now on: their note outlives the flow,
    /// since one of them may still have the verifier.
    fn set_phase(&self, state: &str, phase: &str, created_at_ms: i64, kept: &Kept) {
        let key = self.key(state);
        let mut here = begin(phase, created_at_ms);
        kept.write(&mut here);
        for (drawer, json) in [(Drawer::Tab, here), (Drawer::Origin, begin(USED, created_at_ms))] {
            if !self.platform.put(drawer, &key, json.finish().expose_secret()) {
                self.platform.discard(drawer, &key);
            }
        }
    }
}

/// A clock that went back says nothing of a flow's age; one that jumped on ends it.
fn is_expired(created_at_ms: i64, now_ms: i64) -> bool {
    !(0..LIFE_MS).contains(&now_ms.saturating_sub(created_at_ms))
}

fn begin(phase: &str, created_at_ms: i64) -> Writer {
    let mut json = Writer::object();
    json.integer("v", VERSION);
    json.text("phase", phase);
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
        json.text("nonce", &self.nonce);
        json.text("redirectUri", &self.redirect_uri);
        if let Some(seconds) = self.max_age {
            json.integer("maxAge", seconds);
        }
        if let Some((name, endpoints)) = &self.foreign {
            json.text("provider", name);
            json.text("token", &endpoints.token);
            json.text("jwks", &endpoints.jwks);
            json.truth("namesIssuer", endpoints.names_issuer);
        }
        self.kept.write(&mut json);
        json.finish()
    }

    fn from_json(json: &Value) -> Option<Self> {
        let foreign = match json.string("provider") {
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
            foreign,
            kept: Kept::from_json(json),
        })
    }
}

impl Kept {
    fn write(&self, json: &mut Writer) {
        json.text_if("returnTo", self.return_to.as_deref());
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
