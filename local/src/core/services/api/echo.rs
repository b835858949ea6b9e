//! The integration behind every route: it tells what it was told.

use serde_json::{Map, Value, json};

use super::call::Call;
use crate::core::wire::http::HttpResponse;

pub(super) fn reply(call: &Call<'_>, authorizer: Value) -> HttpResponse {
    let query: Map<String, Value> =
        call.request.query_form().iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    let body = match call.request.body.as_slice() {
        [] => Value::Null,
        bytes => serde_json::from_slice(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into()),
    };
    HttpResponse::json(
        200,
        &json!({
            "api": call.api.name,
            "method": call.request.method,
            "path": call.path,
            "pathParameters": call.route.parameters(&call.path),
            "query": query,
            "body": body,
            "authorizer": authorizer,
        }),
    )
    .with("Cache-Control", "no-store")
}
