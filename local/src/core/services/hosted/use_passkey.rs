//! Signing in with a passkey on `/login`. The passkey tells whose it is.

use super::after_password;
use super::browsers::Step;
use super::document::{Document, button_form, expired, lead, link, links, paragraph};
use super::flow::Flow;
use super::passkey::{Ceremony, SCRIPT, credential, part};
use super::visit::Visit;
use crate::core::directory::{Attempt, LOCAL_PROVIDER};
use crate::core::wire::error::{ServiceError, not_authorized};
use crate::core::wire::form::Form;
use crate::core::wire::http::HttpResponse;

/// Whether the login page offers it: where the API would, by USER_AUTH.
pub(super) fn is_offered(visit: &Visit<'_>, flow: &Flow) -> bool {
    let pool = visit.pools.find(&flow.pool_id);
    let has_passkeys = pool.is_some_and(|pool| pool.settings.allows_passkeys() && pool.relying_party_id().is_some());
    has_passkeys && flow.client.allows("USER_AUTH") && flow.client.supports_provider(LOCAL_PROVIDER)
}

/// The button of the login page.
pub(super) fn button(visit: &mut Visit<'_>, flow: &Flow) -> String {
    let values = Form::from_iter([("passkey", "use")]);
    button_form(visit, &flow.address("/login"), &values, "Sign in with a passkey", "quiet")
}

/// Answers a genuine post of the login page that is about passkeys.
///
/// # Errors
/// Why this passkey does not sign in, for the login page to show.
pub(super) fn answer(visit: &mut Visit<'_>, flow: &Flow) -> Option<Result<HttpResponse, ServiceError>> {
    let begins = visit.form.get("passkey") == Some("use");
    if !begins && visit.form.get("credential").is_none() || !is_offered(visit, flow) {
        return None;
    }
    if begins {
        return Some(Ok(begin(visit, flow)));
    }
    let Some(Step::Passkey { challenge, expires_ms }) = visit.step(flow) else { return Some(Ok(expired(flow))) };
    // A challenge is good for one answer.
    visit.set_step(flow, None);
    if visit.context.now_ms >= expires_ms {
        return Some(Ok(expired(flow)));
    }
    Some(finish(visit, flow, &challenge))
}

fn begin(visit: &mut Visit<'_>, flow: &Flow) -> HttpResponse {
    let (challenge, life_ms) = (visit.context.random.base64url::<32>(), flow.client.session_ms());
    let options = visit.pools.find(&flow.pool_id).map(|pool| pool.passkey_options(None, &challenge, life_ms));
    let expires_ms = visit.context.now_ms.saturating_add(life_ms);
    visit.set_step(flow, Some(Step::Passkey { challenge, expires_ms }));
    let address = flow.address("/login");
    let button = part(visit, &address, Ceremony::Get, &options.unwrap_or_default(), "Use a passkey");
    let text = "Your browser asks you which passkey to use.";
    let body = paragraph(text) + &button + &links(&[link(&address, "Sign in another way")]);
    let back_to = Some(flow.back.redirect_uri.as_str());
    Document { title: "Sign in with a passkey", lead: Some(&lead(flow)), body, back_to }.response_with(200, SCRIPT)
}

fn finish(visit: &mut Visit<'_>, flow: &Flow, challenge: &str) -> Result<HttpResponse, ServiceError> {
    let credential = credential(visit);
    let pool = visit.pools.get(&flow.pool_id)?;
    let refused = || not_authorized("You can't sign in with this passkey.");
    let username = pool.passkey_holder(&credential).ok_or_else(refused)?;
    let attempt = pool.check_passkey(Attempt::new(&username), &credential, challenge).map_err(|_| refused())?;
    after_password::go_on(visit, flow, &username, attempt)
}
