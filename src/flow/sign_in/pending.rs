//! The step of a sign-in that the user is asked for. It is kept for its tab until it expires, so that a reload does not lose it.
//! It never holds a password or a secret of SRP.

use std::fmt;
use std::rc::Rc;

use super::{AuthFlow, SignIns};
use crate::config::Storage as Kind;
use crate::error::Error;
use crate::idp::auth::Challenge;
use crate::json::{Value, Writer};
use crate::platform::{FlowScope, Platform, Storage};
use crate::secret::Secret;
use crate::session::Core;

/// A step lives no longer. The app client's `AuthSessionValidity` is 3 to 15 minutes.
const LIFE_MS: i64 = 900_000;
const VERSION: i64 = 1;

/// A step that the user is asked for.
#[derive(Clone)]
pub struct PendingSignIn {
    json: Value,
    challenge: Challenge,
}

/// What a sign-in has to remember beside the challenge.
pub(super) struct Facts<'a> {
    pub(super) login_id: &'a str,
    pub(super) username: &'a str,
    /// Whether the user name is the one that the service uses.
    pub(super) is_named: bool,
    pub(super) flow: AuthFlow,
    /// What the user has chosen, where the service does not know it yet.
    pub(super) choice: Option<&'a str>,
    /// The secret of the authenticator app that is being set up.
    pub(super) totp_secret: Option<&'a str>,
}

impl PendingSignIn {
    pub(super) fn new(challenge: &Challenge, facts: &Facts<'_>, namespace: &str, now_ms: i64) -> Option<Self> {
        let mut json = Writer::object();
        json.integer("v", VERSION);
        json.str("client", namespace);
        json.integer("since", now_ms);
        json.str("loginId", facts.login_id);
        json.str("username", facts.username);
        json.bool("named", facts.is_named);
        json.str("flow", facts.flow.as_str());
        json.str_if("choice", facts.choice);
        json.str_if("totpSecret", facts.totp_secret);
        json.value("challenge", challenge.json());
        Self::parse(json.finish().expose_secret(), namespace, now_ms)
    }

    /// Reads the text. `None` if it is malformed, of another app client, or too old.
    fn parse(text: &str, namespace: &str, now_ms: i64) -> Option<Self> {
        let json = Value::parse(text)?;
        let challenge = Challenge::new(json.get("challenge")?.clone());
        let step = Self { json, challenge };
        let is_ours = step.json.integer("v") == Some(VERSION) && step.text("client") == namespace;
        (is_ours && step.is_alive(now_ms)).then_some(step)
    }

    /// Whether the user is asked for the same in both.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.choice() == other.choice()
            && self.challenge.json().to_json().expose_secret() == other.challenge.json().to_json().expose_secret()
    }

    /// Whether it has not expired. A clock that was set back makes it expire too.
    fn is_alive(&self, now_ms: i64) -> bool {
        let since_ms = self.json.integer("since").unwrap_or_default();
        (0..LIFE_MS).contains(&now_ms.saturating_sub(since_ms))
    }

    fn text(&self, member: &str) -> &str {
        self.json.str(member).unwrap_or_default()
    }

    /// The challenge, as Cognito sent it.
    pub const fn challenge(&self) -> &Challenge {
        &self.challenge
    }

    /// What the user has chosen since: the first factor `PASSWORD` or `PASSWORD_SRP`, or the second factor that is set up.
    pub fn choice(&self) -> Option<&str> {
        self.json.str("choice")
    }

    /// The secret of the authenticator app that is being set up, in base32.
    pub fn totp_secret(&self) -> Option<&Secret<String>> {
        match self.json.get("totpSecret") {
            Some(Value::String(secret)) => Some(secret),
            _ => None,
        }
    }

    /// What the user typed as the user name.
    pub fn login_id(&self) -> &str {
        self.text("loginId")
    }

    /// The user name that answers carry.
    pub(super) fn username(&self) -> &str {
        self.text("username")
    }

    /// Whether the user name is the one that the service uses.
    pub(super) fn is_named(&self) -> bool {
        self.json.get("named").and_then(Value::as_bool) == Some(true)
    }

    /// The flow.
    pub fn flow(&self) -> AuthFlow {
        AuthFlow::from_stored(self.text("flow")).unwrap_or_default()
    }

    /// All that is kept. It lets whoever has it continue the sign-in.
    pub const fn json(&self) -> &Value {
        &self.json
    }

    /// The text for the storage, or for another page or tab.
    pub fn serialize(&self) -> Secret<String> {
        self.json.to_json()
    }
}

impl fmt::Debug for PendingSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.challenge.name())
    }
}

impl SignIns {
    /// The step that this tab's user is asked for.
    ///
    /// # Errors
    /// `storage_read`
    pub(crate) async fn step<P: Platform>(
        &self,
        core: &Core,
        platform: &P,
    ) -> Result<Option<Rc<PendingSignIn>>, Error> {
        let unsaved = self.unsaved.borrow().clone();
        if core.config.storage() == Kind::Memory || unsaved.is_some() {
            return Ok(unsaved.filter(|step| step.is_alive(platform.now_ms())));
        }
        let Some(text) = platform.flow_storage(FlowScope::Tab).get(&key(core)).await? else { return Ok(None) };
        let loaded = platform.load_deferred().await?;
        Ok(loaded.run(async { read(core, platform, text.expose_secret()) }).await)
    }

    /// Takes a step that another page or tab has serialized as this tab's. `None` if it is not of this app client, or too old.
    pub(crate) async fn adopt<P: Platform>(&self, core: &Core, platform: &P, text: &str) -> Option<Rc<PendingSignIn>> {
        let step = read(core, platform, text)?;
        self.begin();
        self.keep(core, platform, &step).await;
        Some(step)
    }

    /// Keeps a step. Where it can't be stored, a reload loses it.
    pub(super) async fn keep<P: Platform>(&self, core: &Core, platform: &P, step: &Rc<PendingSignIn>) {
        let is_stored = core.config.storage() != Kind::Memory && set(core, platform, &step.serialize()).await.is_ok();
        self.unsaved.replace((!is_stored).then(|| Rc::clone(step)));
    }

    /// Forgets the step. If it stays stored, it expires, and Cognito takes its session once.
    pub(crate) fn forget<P: Platform>(&self, core: &Core, platform: &P) -> impl Future<Output = Result<(), Error>> {
        self.unsaved.take();
        platform.flow_storage(FlowScope::Tab).remove(&key(core))
    }
}

fn set<P: Platform>(core: &Core, platform: &P, text: &Secret<String>) -> impl Future<Output = Result<(), Error>> {
    platform.flow_storage(FlowScope::Tab).set(&key(core), text.expose_secret())
}

fn read<P: Platform>(core: &Core, platform: &P, text: &str) -> Option<Rc<PendingSignIn>> {
    PendingSignIn::parse(text, core.config.namespace(), platform.now_ms()).map(Rc::new)
}

fn key(core: &Core) -> String {
    ["poolpass.v1.", core.config.namespace(), ".signIn"].concat()
}
