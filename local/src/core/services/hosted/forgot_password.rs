//! `/forgotPassword` and `/confirmforgotPassword`: another password by a code.

use serde_json::json;

use super::after_password;
use super::browsers::Step;
use super::document::{Document, Field, expired, form, lead, link, links, paragraph};
use super::entered::{new_password, password_hint};
use super::flow::Flow;
use super::go_to::go_to;
use super::visit::Visit;
use crate::core::directory::{Attempt, Factor};
use crate::core::services::idp::recovery::reset::{finish_reset, start_reset};
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::HttpResponse;
use crate::core::wire::shapes;

pub(super) fn answer(visit: &mut Visit<'_>, flow: &Flow) -> HttpResponse {
    if !visit.is_post() {
        return ask(visit, flow, 200, None);
    }
    if !visit.is_genuine() {
        return expired(flow);
    }
    start(visit, flow).unwrap_or_else(|error| ask(visit, flow, 400, Some(&error.message)))
}

pub(super) fn answer_code(visit: &mut Visit<'_>, flow: &Flow) -> HttpResponse {
    let Some(Step::Reset { login, sent_to }) = visit.step(flow) else {
        return if visit.is_post() { expired(flow) } else { HttpResponse::redirect(&flow.address("/forgotPassword")) };
    };
    if !visit.is_post() {
        return reset(visit, flow, 200, &sent_to, None);
    }
    if !visit.is_genuine() {
        return expired(flow);
    }
    finish(visit, flow, &login).unwrap_or_else(|error| reset(visit, flow, 400, &sent_to, Some(&error.message)))
}

fn start(visit: &mut Visit<'_>, flow: &Flow) -> Result<HttpResponse, ServiceError> {
    let login = visit.form.get("username").unwrap_or_default().to_owned();
    shapes::USER_POOLS.check("ForgotPasswordRequest", json!({ "ClientId": flow.client.id, "Username": login }))?;
    let pool = visit.pools.get(&flow.pool_id)?;
    let sent_to = start_reset(pool, &flow.client, &login, &mut visit.context)?.masked();
    Ok(go_to(visit, flow, "/confirmforgotPassword", Step::Reset { login, sent_to }))
}

/// Whoever has the code may choose a password, and is signed in then; a second factor is still asked for.
fn finish(visit: &mut Visit<'_>, flow: &Flow, login: &str) -> Result<HttpResponse, ServiceError> {
    let password = new_password(visit, flow)?;
    let code = visit.form.get("code").unwrap_or_default().trim().to_owned();
    let pool = visit.pools.get(&flow.pool_id)?;
    finish_reset(pool, &flow.client, login, &code, &password, &mut visit.context)?;
    let username = pool.find(login).map(|user| user.username.clone()).unwrap_or_default();
    after_password::go_on(visit, flow, login, Attempt::proven(username, Factor::Password))
}

fn ask(visit: &mut Visit<'_>, flow: &Flow, status: u16, problem: Option<&str>) -> HttpResponse {
    let label = visit.pools.find(&flow.pool_id).map_or("User name", |pool| pool.settings.login_label());
    let value = visit.form.get("username").or(flow.login_hint.as_deref()).unwrap_or_default().to_owned();
    let fields = [Field { value: &value, ..Field::new("username", label, "text", "username") }];
    let body = paragraph("We will send you a code to reset your password with.")
        + &form(visit, &flow.address("/forgotPassword"), &fields, "Send the code", problem)
        + &links(&[link(&flow.address("/login"), "Back to sign-in")]);
    Document { title: "Forgot your password?", lead: Some(&lead(flow)), body, back_to: None }.response(status)
}

fn reset(visit: &mut Visit<'_>, flow: &Flow, status: u16, sent_to: &str, problem: Option<&str>) -> HttpResponse {
    let policy = password_hint(visit, flow);
    let fields = [
        Field::code("code", "Code"),
        Field { hint: &policy, ..Field::new("password", "New password", "password", "new-password") },
        Field::new("confirm_password", "Confirm new password", "password", "new-password"),
    ];
    let body = paragraph(&format!("We sent a code to {sent_to}."))
        + &form(visit, &flow.address("/confirmforgotPassword"), &fields, "Change password", problem)
        + &links(&[link(&flow.address("/forgotPassword"), "Send another code")]);
    let back_to = Some(flow.back.redirect_uri.as_str());
    Document { title: "Set a new password", lead: Some(&lead(flow)), body, back_to }.response(status)
}
