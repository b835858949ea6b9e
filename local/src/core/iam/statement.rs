//! Statements of policies.

use serde_json::{Map, Value};

use super::condition::{Condition, texts};
use super::context::Context;
use super::pattern::Pattern;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

/// What a statement is about, beside its actions.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Of a policy of permissions: has a `Resource`.
    Permission,
    /// Of a role's trust policy: has a `Principal`.
    Trust,
}

pub(super) struct Statement {
    pub(super) effect: Effect,
    actions: Vec<Pattern>,
    /// Empty in trust policies.
    resources: Vec<Pattern>,
    conditions: Vec<Condition>,
}

/// The only principal that a role can trust here.
const PRINCIPAL: &str = "cognito-identity.amazonaws.com";

impl Statement {
    /// # Errors
    /// A text that names what is missing or not supported.
    pub(super) fn read(kind: Kind, statement: &Map<String, Value>) -> Result<Self, String> {
        let about = if kind == Kind::Trust { "Principal" } else { "Resource" };
        let known = ["Sid", "Effect", "Action", "Condition", about];
        if let Some(other) = statement.keys().find(|key| !known.contains(&key.as_str())) {
            return Err(format!("{other} is not supported in this policy"));
        }
        let effect = match statement.get("Effect").and_then(Value::as_str) {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            _ => return Err("Effect must be Allow or Deny".into()),
        };
        let actions = patterns(statement, "Action")?;
        let resources = match kind {
            Kind::Permission => patterns(statement, "Resource")?,
            Kind::Trust => Vec::new(),
        };
        if kind == Kind::Trust && statement.get("Principal") != Some(&serde_json::json!({ "Federated": PRINCIPAL })) {
            return Err(format!("Principal must be {{ \"Federated\": \"{PRINCIPAL}\" }}"));
        }
        let conditions = match statement.get("Condition") {
            None => Vec::new(),
            Some(Value::Object(block)) => Condition::read(block)?,
            Some(_) => return Err("Condition must be an object".into()),
        };
        Ok(Self { effect, actions, resources, conditions })
    }

    /// Whether it speaks about a request. Action names have no case.
    pub(super) fn concerns(&self, action: &str, resource: Option<&str>, context: &Context) -> bool {
        let meant = |resource: &str| self.resources.iter().any(|pattern| pattern.fits(resource, context));
        self.actions.iter().any(|pattern| pattern.fits_in_any_case(action, context))
            && resource.is_none_or(meant)
            && self.conditions.iter().all(|condition| condition.holds(context))
    }
}

fn patterns(statement: &Map<String, Value>, name: &str) -> Result<Vec<Pattern>, String> {
    let wrong = || format!("{name} must be a string or a list of strings");
    let all = texts(statement.get(name).ok_or_else(wrong)?).ok_or_else(wrong)?;
    if let Some(action) = all.iter().find(|text| name == "Action" && **text != "*" && !text.contains(':')) {
        return Err(format!("the action {action} must be written as service:Name"));
    }
    all.into_iter().map(Pattern::parse).collect()
}
