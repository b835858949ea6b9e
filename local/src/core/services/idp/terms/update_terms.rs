//! `UpdateTerms`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Links, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    terms_id: String,
    terms_name: Option<String>,
    /// These two have one value each.
    #[serde(rename = "TermsSource")]
    _terms_source: Option<String>,
    #[serde(rename = "Enforcement")]
    _enforcement: Option<String>,
    links: Option<Links>,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.terms.change(&input.terms_id, input.terms_name, input.links, context.now_ms)?;
    Ok(json!({ "Terms": pool.describe_terms(&input.terms_id)? }))
}
