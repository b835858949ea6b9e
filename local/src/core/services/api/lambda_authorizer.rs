//! `LAMBDA`: a function of the app decides, or the built-in one that knows a group.

use serde_json::{Map, Value, json};

use super::call::Call;
use super::lambda_hook::HookAnswer;
use super::refusal::Refusal;
use super::settings::Lambda;
use super::token;
use crate::core::iam::Policy;

pub(super) fn check(call: &Call<'_>, lambda: &Lambda, hook: Option<&HookAnswer>) -> Result<Value, Refusal> {
    let token = token::bearer(call.request).ok_or(Refusal::Unauthorized)?;
    if let Some(group) = &lambda.group {
        return by_group(call, token, group);
    }
    match hook {
        Some(HookAnswer::Said(answer)) => read(answer, &call.method_arn()),
        Some(HookAnswer::Unauthorized) => Err(Refusal::Unauthorized),
        Some(HookAnswer::Failed) | None => Err(Refusal::AuthorizerFailure),
    }
}

/// The built-in function.
fn by_group(call: &Call<'_>, token: &str, group: &str) -> Result<Value, Refusal> {
    let claims = token::verify(call.pools, call.keys, token, |_| true, call.now_ms);
    let claims = claims.map_err(|_| Refusal::Unauthorized)?;
    let groups = claims.get("cognito:groups").and_then(Value::as_array);
    if !groups.is_some_and(|groups| groups.iter().any(|own| own == group)) {
        return Err(Refusal::Deny { explicit: true });
    }
    Ok(json!({ "lambda": { "principalId": claims.get("sub"), "group": group } }))
}

/// Reads what the function said: a policy, or the simple form `{isAuthorized, context}`.
fn read(answer: &Value, method_arn: &str) -> Result<Value, Refusal> {
    let context = match answer.get("context") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(context)) => context.clone(),
        Some(_) => return Err(Refusal::AuthorizerFailure),
    };
    if let Some(authorized) = answer.get("isAuthorized") {
        return match authorized.as_bool() {
            Some(true) => Ok(json!({ "lambda": context })),
            Some(false) => Err(Refusal::Deny { explicit: false }),
            None => Err(Refusal::AuthorizerFailure),
        };
    }
    let principal = answer.get("principalId").and_then(Value::as_str).ok_or(Refusal::AuthorizerFailure)?;
    let policy = Policy::read(answer.get("policyDocument").unwrap_or_default());
    match policy.map_err(|_| Refusal::AuthorizerFailure)?.allows("execute-api:Invoke", method_arn) {
        Some(true) => {
            let mut told = context;
            told.insert("principalId".into(), principal.into());
            Ok(json!({ "lambda": told }))
        }
        Some(false) => Err(Refusal::Deny { explicit: true }),
        None => Err(Refusal::Deny { explicit: false }),
    }
}
