//! Answering with the faults that were ordered, and writing it down.

use serde_json::{Value, json};
use std::time::Duration;

use super::{Emulator, State};
use crate::core::wire::http::{Delivery, HttpResponse};
use crate::core::world::faults::{Fault, FaultKind};
use crate::core::world::journal::Entry;

/// A request as the journal and the faults know it.
pub(crate) struct Named {
    pub(crate) operation: String,
    pub(crate) client_id: Option<String>,
}

impl Emulator {
    /// Does the work of a request, or what a fault makes of it. `error` is how errors look here.
    pub(crate) fn under_faults(
        &self,
        state: &mut State,
        named: Named,
        now_ms: u64,
        error: fn(&Fault) -> HttpResponse,
        work: impl FnOnce(&mut State, Option<&Fault>) -> HttpResponse,
    ) -> HttpResponse {
        let fault = state.faults.strike(&named.operation);
        let response = disturbed(fault.as_ref(), error, |fault| work(state, fault));
        let error_type = error_type(&response);
        let Named { operation, client_id } = named;
        let client_id = client_id.map(|id| id.chars().take(128).collect());
        state.journal.add(Entry { operation, client_id, at_ms: now_ms, status: response.status, error_type });
        response
    }
}

/// What a fault makes of a reply, and whether the work is done for it.
pub(crate) fn disturbed(
    fault: Option<&Fault>,
    error: fn(&Fault) -> HttpResponse,
    work: impl FnOnce(Option<&Fault>) -> HttpResponse,
) -> HttpResponse {
    let Some(fault) = fault else { return work(None) };
    let mut response = match fault.kind {
        FaultKind::Error => error(fault),
        FaultKind::DropBefore => HttpResponse::json(500, &json!({})),
        _ => work(Some(fault)),
    };
    match fault.kind {
        FaultKind::DropAfter | FaultKind::DropBefore => response.delivery = Delivery::Drop,
        FaultKind::Garbage => response.body = b"<html>not what you expected".to_vec(),
        FaultKind::Late => {
            response.delivery = Delivery::Late(Duration::from_millis(fault.delay_ms.unwrap_or_default()));
        }
        FaultKind::Truncate => {
            let bytes = fault.bytes.unwrap_or(response.body.len() / 2);
            response.delivery = Delivery::Truncate(bytes.min(response.body.len().saturating_sub(1)));
        }
        FaultKind::Error | FaultKind::Forge | FaultKind::WrongKey => {}
    }
    response
}

/// The name of the error in a reply, by its header, as S3 writes it or as OAuth 2.0 does.
fn error_type(response: &HttpResponse) -> Option<String> {
    if let Some(name) = response.header("x-amzn-ErrorType") {
        return Some(name.trim_end_matches(':').to_owned());
    }
    if response.status < 400 {
        return None;
    }
    if response.header("Content-Type") == Some("application/xml") {
        let text = std::str::from_utf8(&response.body).ok()?;
        return Some(text.split_once("<Code>")?.1.split_once('<')?.0.to_owned());
    }
    let body: Value = serde_json::from_slice(&response.body).ok()?;
    Some(body.get("error")?.as_str()?.to_owned())
}
