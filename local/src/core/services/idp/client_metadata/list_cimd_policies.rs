//! `ListCIMDPolicies`.

use serde::Deserialize;
use serde_json::Value;

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;
use crate::core::wire::page::page;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    max_results: Option<usize>,
    next_token: Option<String>,
}

const LARGEST_PAGE: usize = 60;

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let most = input.max_results.unwrap_or(LARGEST_PAGE);
    page(pool.metadata_policy_summaries(), most, input.next_token.as_deref()).map(|page| page.reply("CIMDPolicies"))
}
