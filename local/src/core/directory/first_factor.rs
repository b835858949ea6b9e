//! What a user may sign in with first (`SignInPolicyType`).

use serde::{Deserialize, Serialize};

use super::Factor;

/// `SignInPolicyType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct SignInPolicy {
    pub(super) allowed_first_auth_factors: Vec<String>,
}

impl SignInPolicy {
    pub(super) fn has_other_factors(&self) -> bool {
        self.allowed_first_auth_factors.iter().any(|factor| factor != Factor::Password.name())
    }

    pub(super) fn mentions(&self, factor: &str) -> bool {
        self.allowed_first_auth_factors.iter().any(|allowed| allowed == factor)
    }
}

impl Default for SignInPolicy {
    fn default() -> Self {
        Self { allowed_first_auth_factors: vec![Factor::Password.name().into()] }
    }
}
