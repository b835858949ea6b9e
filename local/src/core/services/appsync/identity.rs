//! Who calls.

use super::settings::Mode;
use crate::core::iam::Caller;

/// A caller whose proof was accepted.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) mode: Mode,
    /// Whose notes are whose: user name, subject or identity id.
    pub(super) owner: Option<String>,
    /// Groups of the user pool; who signs has those whose role the credentials are for.
    pub(super) groups: Vec<String>,
    /// When the proof ends, in milliseconds since 1970.
    pub(super) expires_ms: Option<u64>,
    /// Who signed, for the policies.
    pub(super) signer: Option<Caller>,
}

impl Identity {
    pub(super) fn new(mode: Mode, owner: Option<String>) -> Self {
        Self { mode, owner, groups: Vec::new(), expires_ms: None, signer: None }
    }

    pub(super) fn is_over(&self, now_ms: u64) -> bool {
        self.expires_ms.is_some_and(|expires| now_ms >= expires)
    }
}
