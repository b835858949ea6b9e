//! `/confirmUser` and `/confirm`: the code that was sent after signing up; `/resendcode`: another one.

use serde_json::json;

use super::browsers::Step;
use super::document::{self, Document, Field, button_form, expired, form, lead, links, paragraph};
use super::flow::Flow;
use super::visit::Visit;
use super::{after_password, error_page};
use crate::core::services::idp::registration::confirm_sign_up::confirm;
use crate::core::services::idp::registration::resend_confirmation_code::resend;
use crate::core::wire::error::ServiceError;
use crate::core::wire::form::Form;
use crate::core::wire::http::HttpResponse;
use crate::core::wire::shapes;

pub(super) fn answer(visit: &mut Visit<'_>, flow: &Flow) -> HttpResponse {
    if !visit.is_post() {
        return page(visit, flow, 200, None, None);
    }
    if !visit.is_genuine() {
        return expired(flow);
    }
    enter(visit, flow).unwrap_or_else(|error| page(visit, flow, 400, None, Some(&error.message)))
}

/// The answer to the link in a mail, where the request is for one.
pub(super) fn link(visit: &mut Visit<'_>) -> Option<HttpResponse> {
    let get = |name: &str| visit.query.get(name).map(str::to_owned);
    let (client_id, username, code) = (get("client_id")?, get("user_name")?, get("confirmation_code")?);
    let confirmed = visit
        .pools
        .of_client(&client_id)
        .and_then(|(pool, client)| confirm(pool, &client, &username, &code, false, &mut visit.context));
    Some(match confirmed {
        Ok(_) => {
            let body = paragraph("Your registration has been confirmed!");
            Document { title: "Confirmed", lead: None, body, back_to: None }.response(200)
        }
        Err(error) => error_page::render(400, &error.message),
    })
}

pub(super) fn answer_resend(visit: &mut Visit<'_>, flow: &Flow) -> HttpResponse {
    if !visit.is_post() {
        return HttpResponse::redirect(&flow.address("/confirmUser"));
    }
    if !visit.is_genuine() {
        return expired(flow);
    }
    let login = login(visit, flow);
    let sent = visit.pools.get(&flow.pool_id).and_then(|pool| resend(pool, &flow.client, &login, &mut visit.context));
    match sent {
        Ok(reply) => {
            let to = reply["CodeDeliveryDetails"]["Destination"].as_str().unwrap_or_default();
            page(visit, flow, 200, Some(&format!("We sent a new code to {to}.")), None)
        }
        Err(error) => page(visit, flow, 400, None, Some(&error.message)),
    }
}

fn enter(visit: &mut Visit<'_>, flow: &Flow) -> Result<HttpResponse, ServiceError> {
    let login = login(visit, flow);
    let code = visit.form.get("code").unwrap_or_default().trim().to_owned();
    let input = json!({ "ClientId": flow.client.id, "Username": login, "ConfirmationCode": code });
    shapes::USER_POOLS.check("ConfirmSignUpRequest", input)?;
    let pool = visit.pools.get(&flow.pool_id)?;
    confirm(pool, &flow.client, &login, &code, false, &mut visit.context)?;
    match visit.step(flow) {
        Some(Step::Confirm { signs_in: Some(attempt), login: known }) if known == login => {
            after_password::go_on(visit, flow, &login, attempt)
        }
        _ => {
            visit.set_step(flow, None);
            let body =
                paragraph("Your account is confirmed.") + &links(&[document::link(&flow.address("/login"), "Sign in")]);
            Ok(Document { title: "Confirmed", lead: Some(&lead(flow)), body, back_to: None }.response(200))
        }
    }
}

/// Whom the page is about: the one who has just signed up here, else whom the form names.
fn login(visit: &Visit<'_>, flow: &Flow) -> String {
    match visit.step(flow) {
        Some(Step::Confirm { login, .. }) => login,
        _ => visit.form.get("username").unwrap_or_default().to_owned(),
    }
}

fn page(visit: &mut Visit<'_>, flow: &Flow, status: u16, news: Option<&str>, problem: Option<&str>) -> HttpResponse {
    let login = login(visit, flow);
    let known = matches!(visit.step(flow), Some(Step::Confirm { .. }));
    let mut fields = Vec::new();
    if !known {
        fields.push(Field { value: &login, ..Field::new("username", "User name", "text", "username") });
    }
    fields.push(Field::code("code", "Code"));
    let mut body = paragraph("Enter the code that we sent you.");
    if let Some(news) = news {
        body += &format!("<p role=\"status\">{}</p>", crate::core::wire::html::escape(news));
    }
    body += &form(visit, &flow.address("/confirmUser"), &fields, "Confirm", problem);
    if known {
        body += &button_form(visit, &flow.address("/resendcode"), &Form::default(), "Send another code", "quiet");
    }
    body += &links(&[document::link(&flow.address("/login"), "Back to sign-in")]);
    let back_to = Some(flow.back.redirect_uri.as_str());
    Document { title: "Confirm your account", lead: Some(&lead(flow)), body, back_to }.response(status)
}
