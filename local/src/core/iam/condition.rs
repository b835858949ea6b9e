//! Conditions of statements (IAM User Guide, "IAM JSON policy elements: Condition operators").

use serde_json::{Map, Value};

use super::context;
use super::context::Context;
use super::pattern::Pattern;

#[derive(Clone, Copy, PartialEq)]
enum Quantifier {
    /// `ForAllValues:`, true without any value.
    All,
    /// `ForAnyValue:`, false without any value.
    Any,
}

/// One operator on one key.
pub(super) struct Condition {
    quantifier: Option<Quantifier>,
    /// `StringLike` and its like honour wildcards.
    wildcards: bool,
    negated: bool,
    if_exists: bool,
    key: &'static str,
    patterns: Vec<Pattern>,
}

impl Condition {
    /// Reads a `Condition` block.
    ///
    /// # Errors
    /// A text that names what is not supported.
    pub(super) fn read(block: &Map<String, Value>) -> Result<Vec<Self>, String> {
        let mut conditions = Vec::new();
        for (operator, keys) in block {
            let keys = keys.as_object().ok_or_else(|| format!("Condition.{operator} must be an object"))?;
            for (name, values) in keys {
                conditions.push(Self::one(operator, name, values)?);
            }
        }
        Ok(conditions)
    }

    fn one(operator: &str, name: &str, values: &Value) -> Result<Self, String> {
        let (quantifier, rest) = match operator.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Quantifier::All), rest),
            Some(("ForAnyValue", rest)) => (Some(Quantifier::Any), rest),
            _ => (None, operator),
        };
        let (rest, if_exists) = rest.strip_suffix("IfExists").map_or((rest, false), |rest| (rest, true));
        let (wildcards, negated) = match rest {
            "StringEquals" => (false, false),
            "StringNotEquals" => (false, true),
            "StringLike" => (true, false),
            "StringNotLike" => (true, true),
            _ => return Err(format!("the condition operator {operator} is not supported")),
        };
        let key = context::key(name).ok_or_else(|| format!("the condition key {name} is not supported"))?;
        if key.is_list && quantifier.is_none() {
            return Err(format!("{name} has several values: {operator} needs ForAllValues: or ForAnyValue:"));
        }
        let patterns =
            texts(values).ok_or_else(|| format!("Condition.{operator}.{name} must be a string or a list of them"))?;
        let patterns = patterns.into_iter().map(Pattern::parse).collect::<Result<_, _>>()?;
        Ok(Self { quantifier, wildcards, negated, if_exists, key: key.name, patterns })
    }

    pub(super) fn holds(&self, context: &Context) -> bool {
        let values = context.get(self.key);
        if values.is_empty() {
            return match self.quantifier {
                Some(Quantifier::All) => true,
                Some(Quantifier::Any) => false,
                None => self.if_exists || self.negated,
            };
        }
        let passes = |value: &String| {
            let found = self.patterns.iter().any(|pattern| match self.wildcards {
                true => pattern.fits(value, context),
                false => pattern.equals(value, context),
            });
            found != self.negated
        };
        match self.quantifier {
            Some(Quantifier::Any) => values.iter().any(passes),
            Some(Quantifier::All) | None => values.iter().all(passes),
        }
    }
}

/// A string, or a list of strings that is not empty.
pub(super) fn texts(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::String(text) => Some(vec![text]),
        Value::Array(list) if !list.is_empty() => list.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::context::{AMR, SUBJECT};
    use super::*;
    use serde_json::json;

    fn holds(block: Value, context: &Context) -> bool {
        let conditions = Condition::read(block.as_object().unwrap()).unwrap();
        conditions.iter().all(|condition| condition.holds(context))
    }

    #[test]
    fn each_operator_means_what_iam_says() {
        let none = Context::default();
        let sub = |value: &str| none.clone().with(SUBJECT, [value]);
        let prefix = |value: &str| sub("eu:1").with("s3:prefix", [value]);
        assert!(holds(json!({ "StringEquals": { SUBJECT: ["eu:2", "eu:1"] } }), &sub("eu:1")));
        assert!(!holds(json!({ "StringEquals": { SUBJECT: "eu:*" } }), &sub("eu:1")));
        assert!(holds(json!({ "StringLike": { SUBJECT: "eu:*" } }), &sub("eu:1")));
        assert!(!holds(json!({ "StringNotLike": { SUBJECT: "eu:*" } }), &sub("eu:1")));
        let own = json!({ "StringLike": { "s3:prefix": ["", "${cognito-identity.amazonaws.com:sub}/*"] } });
        assert!(holds(own.clone(), &prefix("eu:1/a")) && holds(own.clone(), &prefix("")));
        assert!(!holds(own.clone(), &prefix("eu:2/a")) && !holds(own, &sub("eu:1")), "a missing key fits nothing");
        assert!(holds(json!({ "StringLikeIfExists": { "s3:prefix": "a" } }), &none));
        assert!(holds(json!({ "StringNotEquals": { "s3:prefix": "a" } }), &none));
        let two = none.clone().with(AMR, ["authenticated", "b"]);
        assert!(holds(json!({ "ForAnyValue:StringLike": { AMR: "auth*" } }), &two));
        assert!(!holds(json!({ "ForAllValues:StringLike": { AMR: "auth*" } }), &two));
        assert!(holds(json!({ "ForAllValues:StringLike": { AMR: ["auth*", "b"] } }), &two));
        assert!(holds(json!({ "ForAllValues:StringLike": { AMR: "auth*" } }), &none));
        assert!(!holds(json!({ "ForAnyValue:StringLike": { AMR: "auth*" } }), &none));
        assert!(
            !holds(json!({ "StringLike": { SUBJECT: "*" }, "StringEquals": { SUBJECT: "x" } }), &sub("eu:1")),
            "all must hold"
        );
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        for (block, word) in [
            (json!({ "Bool": { "aws:SecureTransport": "true" } }), "Bool"),
            (json!({ "StringLike": { "aws:userid": "a" } }), "aws:userid"),
            (json!({ "StringLike": { AMR: "a" } }), "ForAllValues"),
            (json!({ "ForSomeValues:StringLike": { AMR: "a" } }), "ForSomeValues"),
            (json!({ "StringLike": { SUBJECT: 1 } }), "must be a string"),
            (json!({ "StringLike": { SUBJECT: [] } }), "must be a string"),
            (json!({ "StringLike": "x" }), "must be an object"),
        ] {
            assert!(Condition::read(block.as_object().unwrap()).is_err_and(|text| text.contains(word)), "{block}");
        }
    }
}
