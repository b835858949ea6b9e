//! Documents of a provider.

use serde_json::Value;

use super::refusal::Refusal;
use crate::core::emulator::Emulator;
use crate::core::world::outbound::OutboundRequest;

/// A document as text. `what` names it in the texts of errors.
///
/// # Errors
/// [`Refusal`] without a reply of status 200.
pub(super) fn text(emulator: &Emulator, base: &str, url: &str, what: &str) -> Result<String, Refusal> {
    let headers = vec![("Accept".into(), "application/json, application/xml, text/xml".into())];
    let request = OutboundRequest { method: "GET", url: url.into(), headers, body: Vec::new() };
    let reply = emulator.fetch(base, request).map_err(|error| Refusal::no_reply(what, error))?;
    if reply.status != 200 {
        return Err(Refusal::invalid_request(format!("{} error calling IdP {what}", reply.status)));
    }
    Ok(String::from_utf8_lossy(&reply.body).into_owned())
}

/// A JSON document.
///
/// # Errors
/// As [`text`], and for what is no JSON.
pub(super) fn json(emulator: &Emulator, base: &str, url: &str, what: &str) -> Result<Value, Refusal> {
    let unreadable = |_| Refusal::invalid_request(format!("The reply of the IdP {what} is not JSON"));
    serde_json::from_str(&text(emulator, base, url, what)?).map_err(unreadable)
}
