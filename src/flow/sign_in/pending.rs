//! The step of a sign-in that the user is asked for. It is kept for its tab until it expires, so that a reload does not lose it.
//! It never holds a password or a secret of SRP.

use std::mem::discriminant;
use std::rc::Rc;

use super::{AuthFlow, SignIns};
use crate::config::Storage as Kind;
use crate::error::Error;
use crate::idp::auth::Challenge;
use crate::json::{Value, Writer};
use crate::platform::{FlowScope, Platform, Storage};
use crate::secret::Secret;
use crate::session::{Core, fingerprint};

/// A step lives no longer. The app client's `AuthSessionValidity` is 3 to 15 minutes.
const LIFE_MS: i64 = 900_000;
const VERSION: i64 = 1;

/// A step that the user is asked for.
#[derive(Clone, Debug)]
pub struct PendingSignIn {
    pub(super) challenge: Challenge,
    pub(super) setup: Option<Setup>,
    pub(super) login_id: String,
    pub(super) username: String,
    /// Whether the user name is the one that the service uses.
    pub(super) is_named: bool,
    pub(super) flow: AuthFlow,
    pub(super) since_ms: i64,
}

/// What the user has chosen, where the service does not know it yet.
#[derive(Clone, Debug)]
pub enum Setup {
    /// The first factor of this name, which needs the password.
    Password(String),
    /// An authenticator app with this secret, in base32.
    Totp(Secret<String>),
    /// A code by e-mail. The service asks for the address.
    Email,
}

impl PendingSignIn {
    /// The challenge, as Cognito sent it.
    pub const fn challenge(&self) -> &Challenge {
        &self.challenge
    }

    /// What the user has chosen since.
    pub const fn setup(&self) -> Option<&Setup> {
        self.setup.as_ref()
    }

    /// What the user typed as the user name.
    pub fn login_id(&self) -> &str {
        &self.login_id
    }

    /// The flow.
    pub const fn flow(&self) -> AuthFlow {
        self.flow
    }

    /// The text for the storage, or for another page or tab. It lets whoever has it continue the sign-in.
    pub(crate) fn serialize(&self, namespace: &str) -> Secret<String> {
        let mut json = Writer::object();
        json.integer("v", VERSION);
        json.str("client", namespace);
        json.integer("since", self.since_ms);
        json.str("username", &self.username);
        json.bool("named", self.is_named);
        json.str("flow", self.flow.as_str());
        json.secret_if("session", self.challenge.session.as_ref());
        self.write(&mut json);
        json.finish()
    }

    /// Writes what the user is asked for as members: `name`, `loginId`, `parameters`, `available`, and what the user has chosen.
    pub fn write(&self, json: &mut Writer) {
        json.str("name", &self.challenge.name);
        json.str("loginId", &self.login_id);
        json.open("parameters");
        for (name, value) in &self.challenge.parameters {
            json.secret(name, value);
        }
        json.close();
        json.list("available", &self.challenge.available);
        match &self.setup {
            Some(Setup::Password(factor)) => json.str("factor", factor),
            Some(Setup::Totp(secret)) => json.secret("totp", secret),
            Some(Setup::Email) => json.bool("email", true),
            None => {}
        }
    }

    /// Reads the text. `None` if it is malformed, of another app client, or too old.
    fn parse(text: &str, namespace: &str, now_ms: i64) -> Option<Self> {
        let json = Value::parse(text)?;
        let since_ms = json.integer("since")?;
        if json.integer("v") != Some(VERSION) || json.str("client") != Some(namespace) {
            return None;
        }
        let parameters = json.get("parameters")?.members()?.iter();
        let available = json.get("available")?.elements()?.iter();
        let step = Self {
            challenge: Challenge {
                name: json.string("name")?,
                session: json.secret("session"),
                parameters: parameters
                    .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.into())))
                    .collect(),
                available: available.filter_map(|name| name.as_str().map(str::to_owned)).collect(),
            },
            setup: match (json.string("factor"), json.secret("totp")) {
                (Some(factor), _) => Some(Setup::Password(factor)),
                (_, Some(secret)) => Some(Setup::Totp(secret)),
                _ => json.get("email").map(|_| Setup::Email),
            },
            login_id: json.string("loginId")?,
            username: json.string("username")?,
            is_named: json.get("named")?.as_bool()?,
            flow: AuthFlow::from_name(json.str("flow")?)?,
            since_ms,
        };
        Some(step).filter(|step| step.is_alive(now_ms))
    }

    /// Whether the user is asked for the same in both.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let session = |step: &Self| step.challenge.session.as_ref().map(|session| fingerprint(session.expose_secret()));
        let setup = |step: &Self| step.setup.as_ref().map(discriminant);
        self.challenge.name == other.challenge.name && setup(self) == setup(other) && session(self) == session(other)
    }

    /// Whether it has not expired. A clock that was set back makes it expire too.
    fn is_alive(&self, now_ms: i64) -> bool {
        (0..LIFE_MS).contains(&now_ms.saturating_sub(self.since_ms))
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
        let text = platform.flow_storage(FlowScope::Tab).get(&key(core)).await?;
        Ok(text.and_then(|text| read(core, platform, text.expose_secret())))
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
        let is_stored = core.config.storage() != Kind::Memory && {
            let text = step.serialize(core.config.namespace());
            platform.flow_storage(FlowScope::Tab).set(&key(core), text.expose_secret()).await.is_ok()
        };
        self.unsaved.replace((!is_stored).then(|| Rc::clone(step)));
    }

    /// Forgets the step.
    pub(crate) async fn forget<P: Platform>(&self, core: &Core, platform: &P) {
        self.unsaved.take();
        // What stays stored expires, and Cognito takes its session once.
        let _ = platform.flow_storage(FlowScope::Tab).remove(&key(core)).await;
    }
}

fn read<P: Platform>(core: &Core, platform: &P, text: &str) -> Option<Rc<PendingSignIn>> {
    PendingSignIn::parse(text, core.config.namespace(), platform.now_ms()).map(Rc::new)
}

fn key(core: &Core) -> String {
    ["poolpass.v1.", core.config.namespace(), ".signIn"].concat()
}
