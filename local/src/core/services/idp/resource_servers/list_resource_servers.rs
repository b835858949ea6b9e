//! `ListResourceServers`.

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

/// The servers in the order in which they were made; the token is the number of those that were shown.
pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let start = input.next_token.map_or(Ok(0), |token| token.parse::<usize>());
    let start = start.map_err(|_| invalid("Invalid NextToken"))?;
    let end = start.saturating_add(input.max_results.unwrap_or(50));
    let servers = pool.resource_servers.iter().skip(start).take(end - start);
    let mut reply = json!({ "ResourceServers": servers.collect::<Vec<_>>() });
    if end < pool.resource_servers.len() {
        reply["NextToken"] = json!(end.to_string());
    }
    Ok(reply)
}
