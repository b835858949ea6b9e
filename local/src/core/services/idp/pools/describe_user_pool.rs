//! `DescribeUserPool`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, _: Input) -> Result<Value, ServiceError> {
    Ok(json!({ "UserPool": describe(pool) }))
}

/// `UserPoolType`.
pub(super) fn describe(pool: &UserPool) -> Value {
    let mut described = pool.settings.shown();
    described["Id"] = json!(pool.id);
    described["Arn"] = json!(pool.arn());
    described["CreationDate"] = json!(epoch_seconds(pool.created_ms));
    described["LastModifiedDate"] = json!(epoch_seconds(pool.modified_ms));
    described["EstimatedNumberOfUsers"] = json!(pool.count_users());
    if let Some(domain) = &pool.domain {
        described["Domain"] = json!(domain.name);
    }
    if let Some(domain) = &pool.custom_domain {
        described["CustomDomain"] = json!(domain.name);
    }
    described
}
