//! `/passkeys/add`: a signed-in person adds a passkey, and goes back to the app.

use super::browsers::Session;
use super::document::{Document, alert, expired, lead, link, links, paragraph};
use super::flow::{Flow, THEN};
use super::page_paths::PATH;
use super::passkey::{Ceremony, SCRIPT, credential, part};
use super::visit::Visit;
use crate::core::wire::error::ServiceError;
use crate::core::wire::form::Form;
use crate::core::wire::http::HttpResponse;

pub(super) fn answer(visit: &mut Visit<'_>, flow: &Flow) -> HttpResponse {
    let Some(session) = visit.session(flow) else {
        let mut query = Form::parse(&flow.query);
        query.set(THEN, PATH);
        return HttpResponse::redirect(&format!("/login?{}", query.encode()));
    };
    if !visit.is_post() {
        return page(visit, flow, &session, 200, None);
    }
    if !visit.is_genuine() {
        return expired(flow);
    }
    match add(visit, flow, &session) {
        Ok(()) => flow.complete(visit, &session.username, session.signed_in_ms / 1000),
        Err(error) => page(visit, flow, &session, 400, Some(&error.message)),
    }
}

fn add(visit: &mut Visit<'_>, flow: &Flow, session: &Session) -> Result<(), ServiceError> {
    let credential = credential(visit);
    let pool = visit.pools.get(&flow.pool_id)?;
    pool.finish_passkey(&session.username, &flow.client.id, &credential, visit.context.now_ms)
}

fn page(visit: &mut Visit<'_>, flow: &Flow, session: &Session, status: u16, problem: Option<&str>) -> HttpResponse {
    let (challenge, now_ms) = (visit.context.random.base64url::<32>(), visit.context.now_ms);
    let started = visit.pools.get(&flow.pool_id);
    let started = started.and_then(|pool| pool.start_passkey(&session.username, &flow.client.id, challenge, now_ms));
    let document = |status, body| {
        Document {
            title: "Add a passkey",
            lead: Some(&lead(flow)),
            body,
            back_to: Some(flow.back.redirect_uri.as_str()),
        }
        .response_with(status, SCRIPT)
    };
    let back = links(&[link(&flow.address("/login"), "Continue without a passkey")]);
    let options = match started {
        Ok(options) => options,
        Err(error) => return document(400, alert(Some(&error.message)) + &back),
    };
    let intro = "A passkey lets you sign in with your fingerprint, your face or the PIN of this device, or with a security key.";
    let button = part(visit, &flow.address(PATH), Ceremony::Create, &options, "Add a passkey");
    document(status, paragraph(intro) + &alert(problem) + &button + &back)
}
