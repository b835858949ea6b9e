//! The Lambda functions that something answers for.

use serde::Deserialize;

use super::outbound::is_allowed;

/// `[[Lambda]]`: a function, and the address that its events are posted to.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct Hook {
    arn: String,
    url: String,
}

/// All of them.
#[derive(Clone, Default)]
pub(crate) struct Hooks(Vec<Hook>);

impl Hooks {
    /// # Errors
    /// Why these can't be used, in words.
    pub(crate) fn new(hooks: Vec<Hook>) -> Result<Self, String> {
        for (index, hook) in hooks.iter().enumerate() {
            if hooks.iter().take(index).any(|other| other.arn == hook.arn) {
                return Err(format!("{} is there twice", hook.arn));
            }
            if !hook.arn.starts_with("arn:") {
                return Err(format!("{} is not an ARN", hook.arn));
            }
            if !is_allowed(&hook.url) {
                return Err(format!("{}: the Url must be https, or http on this machine", hook.arn));
            }
        }
        Ok(Self(hooks))
    }

    /// The address that answers for a function.
    pub(crate) fn url(&self, arn: &str) -> Option<&str> {
        self.0.iter().find(|hook| hook.arn == arn).map(|hook| hook.url.as_str())
    }
}
