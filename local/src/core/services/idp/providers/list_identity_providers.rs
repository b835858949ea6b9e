//! `ListIdentityProviders`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    max_results: Option<usize>,
    next_token: Option<String>,
}

const LARGEST_PAGE: usize = 60;

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let begin: usize = match input.next_token {
        None => 0,
        Some(token) => token.parse().map_err(|_| invalid("Invalid pagination token"))?,
    };
    let limit = input.max_results.filter(|limit| *limit > 0).unwrap_or(LARGEST_PAGE);
    let end = begin.saturating_add(limit).min(pool.providers.len());
    let page = pool.providers.get(begin..end).ok_or_else(|| invalid("Invalid pagination token"))?;
    let mut reply = json!({ "Providers": page.iter().map(|provider| provider.summary()).collect::<Vec<_>>() });
    if end < pool.providers.len() {
        reply["NextToken"] = json!(end.to_string());
    }
    Ok(reply)
}
