//! Answering with the faults that were ordered, and writing it down.

use serde_json::{Value, json};
use std::time::Duration;

use super::emulator::{Emulator, State};
use super::faults::{Fault, FaultKind};
use super::http::{Delivery, HttpResponse};
use super::journal::Entry;

/// A request as the journal and the faults know it.
pub(super) struct Named {
    pub(super) operation: String,
    pub(super) client_id: Option<String>,
}

impl Emulator {
    /// Does the work of a request, or what a fault makes of it. `error` is how errors look here.
    pub(super) fn under_faults(
        &self,
        state: &mut State,
        named: Named,
        now_ms: u64,
        error: fn(&Fault) -> HttpResponse,
        work: impl FnOnce(&mut State, Option<&Fault>) -> HttpResponse,
    ) -> HttpResponse {
        let fault = state.faults.strike(&named.operation);
        let kind = fault.as_ref().map(|fault| fault.kind);
        let mut response = match (&fault, kind) {
            (Some(fault), Some(FaultKind::Error)) => error(fault),
            (_, Some(FaultKind::DropBefore)) => HttpResponse::json(500, &json!({})),
            _ => work(state, fault.as_ref()),
        };
        match kind {
            Some(FaultKind::DropAfter | FaultKind::DropBefore) => response.delivery = Delivery::Drop,
            Some(FaultKind::Garbage) => response.body = b"<html>not what you expected".to_vec(),
            Some(FaultKind::Late) => {
                let wait = fault.as_ref().and_then(|fault| fault.delay_ms).unwrap_or_default();
                response.delivery = Delivery::Late(Duration::from_millis(wait));
            }
            Some(FaultKind::Truncate) => {
                let bytes = fault.as_ref().and_then(|fault| fault.bytes).unwrap_or(response.body.len() / 2);
                response.delivery = Delivery::Truncate(bytes.min(response.body.len().saturating_sub(1)));
            }
            Some(FaultKind::Error | FaultKind::Forge | FaultKind::WrongKey) | None => {}
        }
        let error_type = error_type(&response);
        let Named { operation, client_id } = named;
        let client_id = client_id.map(|id| id.chars().take(128).collect());
        state.journal.add(Entry { operation, client_id, at_ms: now_ms, status: response.status, error_type });
        response
    }
}

/// The name of the error in a reply, by its header or as OAuth 2.0 writes it.
fn error_type(response: &HttpResponse) -> Option<String> {
    if let Some(name) = response.header("x-amzn-ErrorType") {
        return Some(name.trim_end_matches(':').to_owned());
    }
    let body: Value = serde_json::from_slice(&response.body).ok().filter(|_| response.status >= 400)?;
    Some(body.get("error")?.as_str()?.to_owned())
}
