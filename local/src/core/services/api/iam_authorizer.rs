//! `AWS_IAM`: a signature, and a policy that allows `execute-api:Invoke`.

use serde_json::{Value, json};

use super::call::Call;
use super::refusal::Refusal;
use crate::core::iam::{Context, signed};
use crate::core::sigv4::Rules;

pub(super) fn check(call: &Call<'_>) -> Result<Value, Refusal> {
    let rules = Rules::execute_api(call.region);
    let caller = signed::caller(call.request, &rules, call.access_keys, call.now_ms)?;
    let allowed = caller.authorize("execute-api:Invoke", &call.method_arn(), &Context::default());
    allowed.map_err(|denied| Refusal::AccessDenied(denied.0))?;
    let session = caller.session();
    let (kind, provider) = session.identity.methods.split_first().map_or(("", &[][..]), |(kind, rest)| (kind, rest));
    Ok(json!({ "iam": {
        "accessKey": session.access_key_id,
        "accountId": session.role.account,
        "callerId": caller.user_id(),
        "userArn": caller.arn(),
        "userId": caller.user_id(),
        "cognitoIdentity": {
            "identityId": session.identity.identity_id,
            "identityPoolId": session.identity.pool_id,
            "type": kind,
            "provider": if provider.is_empty() { Value::Null } else { json!(provider.join(",")) },
        },
    } }))
}
