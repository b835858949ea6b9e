//! Policy documents (IAM User Guide, "IAM JSON policy element reference").

use serde_json::Value;
use std::sync::Arc;

use super::context::Context;
use super::statement::{Effect, Kind, Statement};

/// A policy document that was understood whole.
#[derive(Clone)]
pub(crate) struct Policy {
    statements: Arc<[Statement]>,
    /// As it was read.
    document: Arc<Value>,
}

impl Policy {
    /// A policy of permissions.
    ///
    /// # Errors
    /// A text that names what is missing or not supported.
    pub(crate) fn read(document: &Value) -> Result<Self, String> {
        read(Kind::Permission, document)
    }

    /// A trust policy, `AssumeRolePolicyDocument`.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(super) fn read_trust(document: &Value) -> Result<Self, String> {
        read(Kind::Trust, document)
    }

    /// What it says about a request: an explicit deny wins, no word about it is `None`.
    pub(super) fn evaluate(&self, action: &str, resource: Option<&str>, context: &Context) -> Option<Effect> {
        let mut said = None;
        for statement in self.statements.iter().filter(|statement| statement.concerns(action, resource, context)) {
            match statement.effect {
                Effect::Deny => return Some(Effect::Deny),
                Effect::Allow => said = Some(Effect::Allow),
            }
        }
        said
    }

    /// The document that it was read from.
    pub(super) fn document(&self) -> &Value {
        &self.document
    }

    /// Whether it allows an action on a resource, as in the answer of a Lambda authoriser.
    pub(crate) fn allows(&self, action: &str, resource: &str) -> Option<bool> {
        self.evaluate(action, Some(resource), &Context::default()).map(|effect| effect == Effect::Allow)
    }
}

fn read(kind: Kind, document: &Value) -> Result<Policy, String> {
    let whole = document;
    let document = document.as_object().ok_or("a policy must be a JSON object")?;
    if let Some(other) = document.keys().find(|key| !["Version", "Id", "Statement"].contains(&key.as_str())) {
        return Err(format!("{other} is not supported in a policy"));
    }
    if document.get("Version").and_then(Value::as_str) != Some("2012-10-17") {
        return Err("the Version of a policy must be 2012-10-17".into());
    }
    let statements = match document.get("Statement") {
        Some(Value::Array(list)) if !list.is_empty() => list.iter().collect(),
        Some(one @ Value::Object(_)) => vec![one],
        _ => return Err("a policy needs a Statement".into()),
    };
    let statements = statements
        .into_iter()
        .map(|statement| Statement::read(kind, statement.as_object().ok_or("a Statement must be an object")?));
    Ok(Policy { statements: statements.collect::<Result<_, String>>()?, document: Arc::new(whole.clone()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::iam::context::SUBJECT;
    use serde_json::json;

    fn policy(statements: Value) -> Policy {
        Policy::read(&json!({ "Version": "2012-10-17", "Statement": statements })).unwrap()
    }

    #[test]
    fn nothing_is_allowed_unless_it_is_said_and_a_deny_wins() {
        let own = "arn:aws:s3:::notes/${cognito-identity.amazonaws.com:sub}/*";
        let policy = policy(json!([
            { "Effect": "Allow", "Action": ["s3:GetObject", "s3:Put*"], "Resource": [own, "arn:aws:s3:::notes/shared/*"] },
            { "Effect": "Deny", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::notes/shared/*" },
        ]));
        let context = Context::default().with(SUBJECT, ["eu:1"]);
        let said =
            |action: &str, key: &str| policy.evaluate(action, Some(&format!("arn:aws:s3:::notes/{key}")), &context);
        assert_eq!(said("s3:GetObject", "eu:1/a"), Some(Effect::Allow));
        assert_eq!(said("S3:getobject", "eu:1/a"), Some(Effect::Allow), "actions have no case");
        assert_eq!(said("s3:GetObject", "eu:2/a"), None);
        assert_eq!(said("s3:GetObject", "Shared/a"), None, "resources have");
        assert_eq!(said("s3:GetObject", "shared/a"), Some(Effect::Allow));
        assert_eq!(said("s3:PutObject", "shared/a"), Some(Effect::Deny));
        assert_eq!(said("s3:DeleteObject", "eu:1/a"), None);
        assert_eq!(policy.evaluate("s3:GetObject", Some("arn:aws:s3:::notes/eu:1/a"), &Context::default()), None);
    }

    #[test]
    fn a_policy_is_understood_whole_or_not_at_all() {
        let statement = |change: Value| {
            let mut statement = json!({ "Effect": "Allow", "Action": "s3:*", "Resource": "*" });
            for (name, value) in change.as_object().unwrap() {
                statement[name] = value.clone();
            }
            json!({ "Version": "2012-10-17", "Statement": statement })
        };
        assert!(Policy::read(&statement(json!({ "Sid": "a" }))).is_ok());
        for (document, word) in [
            (json!([]), "object"),
            (json!({ "Statement": [] }), "Version"),
            (json!({ "Version": "2008-10-17", "Statement": [] }), "Version"),
            (json!({ "Version": "2012-10-17", "Statement": [] }), "Statement"),
            (json!({ "Version": "2012-10-17", "Statements": [] }), "Statements"),
            (statement(json!({ "NotAction": "s3:*" })), "NotAction"),
            (statement(json!({ "Principal": "*" })), "Principal"),
            (statement(json!({ "Effect": "allow" })), "Effect"),
            (statement(json!({ "Action": [] })), "Action"),
            (statement(json!({ "Action": "GetItem" })), "GetItem"),
            (statement(json!({ "Resource": 1 })), "Resource"),
            (statement(json!({ "Resource": "${aws:username}" })), "aws:username"),
            (statement(json!({ "Condition": [] })), "Condition"),
        ] {
            assert!(Policy::read(&document).is_err_and(|text| text.contains(word)), "{document}");
        }
    }
}
