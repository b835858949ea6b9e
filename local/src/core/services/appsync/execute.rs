//! Running GraphQL documents.

use async_graphql::{Request, Response, ServerError, Value as GraphqlValue, Variables};
use futures::{FutureExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::sync::{Arc, PoisonError};

use super::change::{Change, Watch};
use super::context::Context;
use super::document::Document;
use super::errors::Refused;
use super::identity::Identity;
use super::run::Run;
use super::schema::SCHEMA;

impl Document {
    fn request(&self, run: Arc<Run>) -> Request {
        let variables = self.variables.clone().map(Value::Object).unwrap_or_default();
        let mut request = Request::new(self.query.as_str()).variables(Variables::from_json(variables)).data(run);
        request.operation_name.clone_from(&self.operation_name);
        request
    }

    /// Runs a query or mutation: the body of the reply, and what changed.
    pub(super) fn run(&self, context: &mut Context<'_>, identity: Identity) -> (Value, Vec<Change>) {
        let run = Arc::new(Run::new(context, identity, None));
        // No resolver waits for anything.
        let response = SCHEMA.execute(self.request(run.clone())).now_or_never();
        let body = response.map_or_else(|| json!({ "data": null }), body);
        (body, std::mem::take(&mut *run.changes.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Begins a subscription: what it wants to be told of.
    ///
    /// # Errors
    /// The list of errors.
    pub(super) fn begin(&self, context: &mut Context<'_>, identity: Identity) -> Result<Watch, Value> {
        let (first, run) = self.stream(context, identity, None);
        if let Some(first) = first {
            return Err(body(first)["errors"].take());
        }
        let watches = std::mem::take(&mut *run.watches.lock().unwrap_or_else(PoisonError::into_inner));
        <[Watch; 1]>::try_from(watches)
            .map(|[watch]| watch)
            .map_err(|_| Refused::new(400, "ValidationError", "A subscription must have exactly one field.").errors())
    }

    /// What a subscription is told of a change.
    pub(super) fn tell(&self, context: &mut Context<'_>, identity: Identity, change: Change) -> Option<Value> {
        self.stream(context, identity, Some(change)).0.map(body)
    }

    fn stream(
        &self,
        context: &mut Context<'_>,
        identity: Identity,
        told: Option<Change>,
    ) -> (Option<Response>, Arc<Run>) {
        let run = Arc::new(Run::new(context, identity, told));
        let mut responses = Box::pin(SCHEMA.execute_stream(self.request(run.clone())));
        // No resolver waits for anything.
        (responses.next().now_or_never().flatten(), run)
    }
}

/// A reply in AppSync's form.
fn body(response: Response) -> Value {
    let data = response.data.into_json().unwrap_or_default();
    if response.errors.is_empty() {
        return json!({ "data": data });
    }
    json!({ "data": data, "errors": response.errors.iter().map(error).collect::<Vec<_>>() })
}

fn error(error: &ServerError) -> Value {
    let locations = error.locations.iter();
    let locations: Vec<Value> =
        locations.map(|at| json!({ "line": at.line, "column": at.column, "sourceName": null })).collect();
    let kind = error.extensions.as_ref().and_then(|extensions| extensions.get("errorType"));
    let kind = match kind {
        Some(GraphqlValue::String(kind)) => Some(kind.as_str()),
        _ if error.path.is_empty() => Some("ValidationError"),
        _ => None,
    };
    let (path, message) = match kind {
        Some("ValidationError") => (Value::Null, format!("Validation error: {}", error.message)),
        _ => (json!(error.path), error.message.clone()),
    };
    json!({ "path": path, "data": null, "errorType": kind, "errorInfo": null, "locations": locations, "message": message })
}
