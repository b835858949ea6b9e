//! Who made a signed request, and what they may do.

use std::sync::Arc;

use super::access_keys::Session;
use super::context::Context;
use super::statement::Effect;

/// The principal behind temporary credentials.
#[derive(Clone, Debug)]
pub(crate) struct Caller(Arc<Session>);

/// A refusal by policy, in IAM's words.
#[derive(Debug)]
pub(crate) struct Denied(pub(crate) String);

impl Caller {
    pub(crate) fn new(session: Arc<Session>) -> Self {
        Self(session)
    }

    pub(crate) fn session(&self) -> &Session {
        &self.0
    }

    /// The ARN of the assumed role.
    pub(crate) fn arn(&self) -> String {
        self.0.role.session_arn(&self.0.name)
    }

    /// `UserId` of `GetCallerIdentity`.
    pub(crate) fn user_id(&self) -> String {
        format!("{}:{}", self.0.role.id(), self.0.name)
    }

    /// Whether the role's policy, and the one of the session where there is one, allow an action on a resource.
    ///
    /// # Errors
    /// [`Denied`]: nothing is allowed unless a policy says so, and an explicit deny wins.
    pub(crate) fn authorize(&self, action: &str, resource: &str, context: &Context) -> Result<(), Denied> {
        let context = context.joined(&self.0.identity.context());
        let named = [("identity-based", Some(&self.0.role.policy)), ("session", self.0.policy.as_ref())];
        for (kind, policy) in named.into_iter().filter_map(|(kind, policy)| Some((kind, policy?))) {
            let reason = match policy.evaluate(action, Some(resource), &context) {
                Some(Effect::Allow) => continue,
                Some(Effect::Deny) => format!("with an explicit deny in {} {kind} policy", article(kind)),
                None => format!("because no {kind} policy allows the {action} action"),
            };
            let text =
                format!("User: {} is not authorized to perform: {action} on resource: {resource} {reason}", self.arn());
            return Err(Denied(text));
        }
        Ok(())
    }
}

fn article(kind: &str) -> &'static str {
    if kind.starts_with('i') { "an" } else { "a" }
}
