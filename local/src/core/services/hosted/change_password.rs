//! `/changePassword`: another password in place of a temporary one.

use super::after_password;
use super::browsers::Step;
use super::document::{Document, Field, expired, form, lead, paragraph};
use super::entered::{attribute_fields, attributes, new_password, password_hint};
use super::flow::Flow;
use super::visit::Visit;
use crate::core::directory::{Attempt, NextStep};
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::HttpResponse;

pub(super) fn answer(visit: &mut Visit<'_>, flow: &Flow) -> HttpResponse {
    let Some(Step::NewPassword { attempt }) = visit.step(flow) else {
        return if visit.is_post() { expired(flow) } else { HttpResponse::redirect(&flow.address("/login")) };
    };
    if !visit.is_post() {
        return page(visit, flow, 200, &attempt.username, None);
    }
    if !visit.is_genuine() {
        return expired(flow);
    }
    change(visit, flow, &attempt)
        .unwrap_or_else(|error| page(visit, flow, 400, &attempt.username, Some(&error.message)))
}

fn change(visit: &mut Visit<'_>, flow: &Flow, attempt: &Attempt) -> Result<HttpResponse, ServiceError> {
    let username = &attempt.username;
    let password = new_password(visit, flow)?;
    let attributes = attributes(&visit.form, &missing(visit, flow, username));
    let (salt, now_ms) = (visit.context.random.bytes(), visit.context.now_ms);
    let pool = visit.pools.get(&flow.pool_id)?;
    // The temporary password may have expired, or an administrator may have changed the user, while the page was open.
    if pool.next_step(attempt, now_ms)? != NextStep::NewPassword {
        return Ok(expired(flow));
    }
    pool.replace_temporary_password(&flow.client, username, &password, attributes, salt, now_ms)?;
    after_password::go_on(visit, flow, username, attempt.clone())
}

fn missing(visit: &Visit<'_>, flow: &Flow, username: &str) -> Vec<String> {
    let pool = visit.pools.find(&flow.pool_id);
    let missing =
        pool.and_then(|pool| Some(pool.missing_attributes(pool.find(username)?).map(str::to_owned).collect()));
    missing.unwrap_or_default()
}

fn page(visit: &mut Visit<'_>, flow: &Flow, status: u16, username: &str, problem: Option<&str>) -> HttpResponse {
    let missing = missing(visit, flow, username);
    let policy = password_hint(visit, flow);
    let mut fields = vec![
        Field { hint: &policy, ..Field::new("password", "New password", "password", "new-password") },
        Field::new("confirm_password", "Confirm new password", "password", "new-password"),
    ];
    let values = visit.form.clone();
    fields.extend(attribute_fields(&missing, &values));
    let body = paragraph("Your password is temporary. Choose a new one.")
        + &form(visit, &flow.address("/changePassword"), &fields, "Change password", problem);
    let back_to = Some(flow.back.redirect_uri.as_str());
    Document { title: "Change your password", lead: Some(&lead(flow)), body, back_to }.response(status)
}
