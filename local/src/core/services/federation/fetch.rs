//! Documents of a provider.

use serde_json::Value;

use super::refusal::Refusal;
use crate::core::world::outbound::OutboundRequest;
use crate::core::world::outside::Outside;

/// A document as text. `what` names it in the texts of errors.
///
/// # Errors
/// [`Refusal`] without a reply of status 200.
pub(crate) fn text(outside: &mut Outside, url: &str, what: &str) -> Result<String, Refusal> {
    let headers = vec![("Accept".into(), "application/json, application/xml, text/xml".into())];
    let request = OutboundRequest { method: "GET", url: url.into(), headers, body: Vec::new() };
    let reply = outside.ask(request)?.map_err(|error| Refusal::no_reply(what, error))?;
    if reply.status != 200 {
        return Err(Refusal::invalid_request(format!("{} error calling IdP {what}", reply.status)));
    }
    Ok(String::from_utf8_lossy(&reply.body).into_owned())
}

/// A JSON document.
///
/// # Errors
/// As [`text`], and for what is no JSON.
pub(crate) fn json(outside: &mut Outside, url: &str, what: &str) -> Result<Value, Refusal> {
    let unreadable = |_| Refusal::invalid_request(format!("The reply of the IdP {what} is not JSON"));
    serde_json::from_str(&text(outside, url, what)?).map_err(unreadable)
}
