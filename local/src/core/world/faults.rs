//! Faults that tests order.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

use super::tokens::{Forgery, Signer, TokenKind};

/// An ordered fault.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Fault {
    /// The operation that it hits, or `*`.
    pub(crate) operation: String,
    pub(crate) kind: FaultKind,
    /// How many more requests it hits.
    #[serde(default = "once")]
    times: u32,
    /// For `late`: milliseconds.
    #[serde(default)]
    pub(crate) delay_ms: Option<u64>,
    /// For `error`: the HTTP status.
    #[serde(default)]
    pub(crate) status: Option<u16>,
    /// For `error`: the exception name.
    #[serde(default, rename = "type")]
    pub(crate) error_type: Option<String>,
    /// For `error`: the text.
    #[serde(default)]
    pub(crate) message: Option<String>,
    /// For `truncate`: how many bytes of the body arrive.
    #[serde(default)]
    pub(crate) bytes: Option<usize>,
    /// For `forge`: which token; both if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<TokenKind>,
    /// For `forge`: header members of the token.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    header: Map<String, Value>,
    /// For `forge`: claims of the token, or of the reply of `/oauth2/userInfo`.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    claims: Map<String, Value>,
    /// For `forge`: parameters of the redirect back to the app.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) parameters: BTreeMap<String, String>,
    /// For `forge`: claims or parameters to leave out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) remove: Vec<String>,
    /// For `forge`: what the token is signed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sign: Option<Signer>,
}

impl Fault {
    /// What is to be wrong about tokens.
    pub(crate) fn forgery(&self) -> Option<Forgery> {
        match self.kind {
            FaultKind::WrongKey => Some(Forgery { sign: Signer::Foreign, ..Forgery::default() }),
            FaultKind::Forge => Some(Forgery {
                token: self.token,
                header: self.header.clone(),
                claims: self.claims.clone(),
                remove: self.remove.clone(),
                sign: self.sign.unwrap_or_default(),
            }),
            _ => None,
        }
    }

    /// Whether the members fit together.
    fn check(&self) -> Result<(), &'static str> {
        let of_tokens = self.token.is_some() || self.sign.is_some() || !self.header.is_empty();
        let forging = of_tokens || !self.claims.is_empty() || !self.parameters.is_empty() || !self.remove.is_empty();
        let of_sockets = self.operation.starts_with(REALTIME[0]) || self.operation.starts_with(REALTIME[1]);
        let of_messages = of_sockets && self.operation.contains(' ');
        match self.kind {
            FaultKind::DropAfter | FaultKind::DropBefore | FaultKind::Error => {}
            FaultKind::Garbage if of_messages || !of_sockets => {}
            FaultKind::Late if !of_messages => {}
            _ if of_messages => return Err("messages of WebSockets take dropBefore, dropAfter, error and garbage"),
            _ if of_sockets => return Err("WebSockets take dropBefore, dropAfter, error and late"),
            _ => {}
        }
        match self.kind {
            _ if self.times == 0 => Err("times must be at least 1"),
            FaultKind::Late if self.delay_ms.is_none() => Err("late needs delayMs"),
            FaultKind::Error if !(400..600).contains(&self.status.unwrap_or(400)) => Err("status must be 400 to 599"),
            FaultKind::Forge if !forging => Err("forge needs header, claims, parameters, remove or sign"),
            FaultKind::Forge if self.is_for_redirects() && (of_tokens || !self.claims.is_empty()) => {
                Err("a forged redirect takes parameters and remove")
            }
            FaultKind::Forge if !self.is_for_redirects() && !self.parameters.is_empty() => {
                Err("parameters are for the operation /oauth2/authorize")
            }
            FaultKind::Forge => Ok(()),
            _ if forging => Err("token, header, claims, parameters, remove and sign are for forge"),
            _ => Ok(()),
        }
    }

    /// A forged redirect waits for the moment when the browser goes back to the app, whichever page that is on.
    fn is_for_redirects(&self) -> bool {
        self.kind == FaultKind::Forge && self.operation == AUTHORIZE
    }
}

/// The operation whose answer is the redirect back to the app.
const AUTHORIZE: &str = "/oauth2/authorize";

/// WebSockets, and their messages with the type after a blank.
const REALTIME: [&str; 2] = ["/graphql/realtime", "/event/realtime"];

/// What goes wrong.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum FaultKind {
    /// The work is done, the reply is lost.
    DropAfter,
    /// The work is not done and the connection is cut.
    DropBefore,
    /// That error, and no work done.
    Error,
    /// The work is done, but tokens, user info or the redirect back to the app say something else.
    Forge,
    /// The work is done, the reply is no JSON.
    Garbage,
    /// The work is done, the reply comes late.
    Late,
    /// The work is done, the reply is cut short.
    Truncate,
    /// Tokens are signed with a key that is in no JWKS, under the right key id.
    WrongKey,
}

fn once() -> u32 {
    1
}

/// The faults that wait for a request.
#[derive(Clone, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// # Errors
    /// A text that says what is wrong with the fault.
    pub(crate) fn order(&mut self, fault: Fault) -> Result<(), &'static str> {
        fault.check()?;
        self.0.push(fault);
        Ok(())
    }

    /// The first fault that hits this operation; it counts as used once.
    pub(crate) fn strike(&mut self, operation: &str) -> Option<Fault> {
        self.take(|fault| !fault.is_for_redirects() && (fault.operation == "*" || fault.operation == operation))
    }

    /// The first fault for exactly this operation; it counts as used once.
    pub(crate) fn strike_only(&mut self, operation: &str) -> Option<Fault> {
        self.take(|fault| !fault.is_for_redirects() && fault.operation == operation)
    }

    /// The first fault that changes where the browser is sent back to; it counts as used once.
    pub(crate) fn strike_redirect(&mut self) -> Option<Fault> {
        self.take(Fault::is_for_redirects)
    }

    fn take(&mut self, hit: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let index = self.0.iter().position(hit)?;
        let fault = self.0[index].clone();
        self.0[index].times -= 1;
        self.0.retain(|fault| fault.times > 0);
        Some(fault)
    }

    pub(crate) fn waiting(&self) -> &[Fault] {
        &self.0
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
