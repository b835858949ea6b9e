//! `GetCredentialsForIdentity`: the enhanced flow.

use serde::Deserialize;
use serde_json::{Value, json};

use super::choose_role::{choose, misconfigured};
use super::logins::LoginsMap;
use super::open_id_token::web_identity;
use super::{Context, proof};
use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::ServiceError;

/// The life of these credentials, in seconds.
const SECONDS: u64 = 3600;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    identity_id: String,
    #[serde(default)]
    logins: LoginsMap,
    custom_role_arn: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let (id, logins) = proof::prove(context, &input.identity_id, &input.logins)?;
    let pool = context.pools.of_identity(&id)?;
    let role = choose(pool, &logins, input.custom_role_arn.as_deref())?;
    let identity = web_identity(&pool.id, &id, &logins);
    let role = context.role(&role).filter(|role| role.trusts(&identity.context())).ok_or_else(misconfigured)?;
    let named = (role.clone(), "CognitoIdentityCredentials");
    let session = context.access_keys.issue(context.random, named, identity, None, (context.now_ms, SECONDS));
    Ok(json!({
        "IdentityId": id,
        "Credentials": {
            "AccessKeyId": session.access_key_id,
            "SecretKey": session.secret_key,
            "SessionToken": session.token,
            "Expiration": epoch_seconds(session.expires_ms),
        },
    }))
}
