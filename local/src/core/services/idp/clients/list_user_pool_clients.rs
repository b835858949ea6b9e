//! `ListUserPoolClients`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;
use crate::core::wire::page::page;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    max_results: Option<usize>,
    next_token: Option<String>,
    client_type: Option<String>,
}

const LARGEST_PAGE: usize = 60;

/// The clients by id. None was made by dynamic client registration.
pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let mut clients: Vec<_> = pool.clients.iter().filter(|_| input.client_type.as_deref() != Some("DCR")).collect();
    clients.sort_by(|left, right| left.id.cmp(&right.id));
    let described = clients.iter().map(|client| {
        let name = &client.settings.client_name;
        (client.id.as_str(), json!({ "ClientId": client.id, "UserPoolId": pool.id, "ClientName": name }))
    });
    let most = input.max_results.unwrap_or(LARGEST_PAGE);
    page(described, most, input.next_token.as_deref()).map(|page| page.reply("UserPoolClients"))
}
