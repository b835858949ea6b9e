//! `/mfa`: the code of an authenticator app, or setting one up where the pool requires it.

use super::after_password::finish;
use super::browsers::Step;
use super::document::{Document, Field, expired, form, lead, link, links, paragraph};
use super::flow::Flow;
use super::{Visit, login};
use crate::core::directory::NextStep;
use crate::core::wire::html::escape;
use crate::core::wire::http::HttpResponse;

/// So many codes may be wrong; then the password is asked for again.
const TRIES: u32 = 5;

pub(super) fn answer(visit: &mut Visit<'_>, flow: &Flow) -> HttpResponse {
    let step = visit.step(flow);
    match &step {
        Some(Step::TotpCode { .. } | Step::TotpSetUp { .. }) if !visit.is_post() => page(visit, flow, 200, step, None),
        Some(Step::TotpCode { username, tries }) if visit.is_genuine() => code(visit, flow, username, *tries),
        Some(Step::TotpSetUp { username, .. }) if visit.is_genuine() => set_up(visit, flow, username, step.clone()),
        _ if visit.is_post() => expired(flow),
        _ => HttpResponse::redirect(&flow.address("/login")),
    }
}

fn code(visit: &mut Visit<'_>, flow: &Flow, username: &str, tries: u32) -> HttpResponse {
    match check(visit, flow, username, false) {
        Ok(()) => finish(visit, flow, username),
        Err(text) if tries + 1 >= TRIES => {
            visit.set_step(flow, None);
            login::page(visit, flow, 400, "", Some(&text))
        }
        Err(text) => {
            let step = Some(Step::TotpCode { username: username.to_owned(), tries: tries + 1 });
            visit.set_step(flow, step.clone());
            page(visit, flow, 400, step, Some(&text))
        }
    }
}

fn set_up(visit: &mut Visit<'_>, flow: &Flow, username: &str, step: Option<Step>) -> HttpResponse {
    match check(visit, flow, username, true) {
        Ok(()) => finish(visit, flow, username),
        Err(text) => page(visit, flow, 400, step, Some(&text)),
    }
}

/// Whether the code is right and the user may still sign in.
fn check(visit: &mut Visit<'_>, flow: &Flow, username: &str, sets_up: bool) -> Result<(), String> {
    let code = visit.form.get("code").unwrap_or_default().trim().to_owned();
    let now_ms = visit.context.now_ms;
    let checked = visit.pools.get(&flow.pool_id).and_then(|pool| {
        pool.expect_step(username, if sets_up { NextStep::TotpSetUp } else { NextStep::TotpCode }, now_ms)?;
        if sets_up { pool.finish_totp(username, &code, None, now_ms) } else { pool.check_totp(username, &code, now_ms) }
    });
    checked.map_err(|error| error.message.into_owned())
}

fn page(visit: &mut Visit<'_>, flow: &Flow, status: u16, step: Option<Step>, problem: Option<&str>) -> HttpResponse {
    let (title, intro) = match step {
        Some(Step::TotpSetUp { username, secret }) => {
            let issuer = &flow.client.settings.client_name;
            let text = "Add this key to your authenticator app, then enter the code that the app shows.";
            let key = format!("<p class=\"key\"><code>{}</code></p>", escape(&secret));
            let account = paragraph(&format!("Account: {issuer}, {username}"));
            ("Set up an authenticator app", paragraph(text) + &key + &account)
        }
        _ => ("Enter your code", paragraph("Enter the six-digit code from your authenticator app.")),
    };
    let fields = [Field::code("code", "Code")];
    let body = intro
        + &form(visit, &flow.address("/mfa"), &fields, "Continue", problem)
        + &links(&[link(&flow.address("/login"), "Sign in as someone else")]);
    let back_to = Some(flow.back.redirect_uri.as_str());
    Document { title, lead: Some(&lead(flow)), body, back_to }.response(status)
}
