//! Faults that tests order.

use serde::{Deserialize, Serialize};

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
}

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
#[derive(Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// # Errors
    /// A text that says what is wrong with the fault.
    pub(crate) fn order(&mut self, fault: Fault) -> Result<(), &'static str> {
        match fault.kind {
            _ if fault.times == 0 => Err("times must be at least 1"),
            FaultKind::Late if fault.delay_ms.is_none() => Err("late needs delayMs"),
            FaultKind::Error if !(400..600).contains(&fault.status.unwrap_or(400)) => Err("status must be 400 to 599"),
            _ => {
                self.0.push(fault);
                Ok(())
            }
        }
    }

    /// The first fault that hits this operation; it counts as used once.
    pub(crate) fn strike(&mut self, operation: &str) -> Option<Fault> {
        let index = self.0.iter().position(|fault| fault.operation == "*" || fault.operation == operation)?;
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
