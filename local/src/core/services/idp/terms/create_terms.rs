//! `CreateTerms`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Links, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, missing_parameter};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: String,
    terms_name: String,
    /// These two have one value each.
    #[serde(rename = "TermsSource")]
    _terms_source: String,
    #[serde(rename = "Enforcement")]
    _enforcement: String,
    links: Option<Links>,
}

/// The model lets `Links` be absent, but every description has them.
pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.check_has_client(&input.client_id)?;
    let links = input.links.ok_or_else(|| missing_parameter("Links"))?;
    let id = context.random.uuid();
    pool.terms.add(id.clone(), input.client_id, input.terms_name, links, context.now_ms)?;
    Ok(json!({ "Terms": pool.describe_terms(&id)? }))
}
