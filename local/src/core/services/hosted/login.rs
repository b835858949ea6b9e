//! `/login`.

use super::browsers::Session;
use super::document::{Document, Field, alert, button_form, expired, form, lead, link, links, paragraph};
use super::flow::Flow;
use super::provider_buttons::provider_buttons;
use super::use_passkey;
use super::visit::Visit;
use crate::core::directory::{Attempt, Factor, LOCAL_PROVIDER};
use crate::core::services::idp::sign_in::user_password_auth::check_password;
use crate::core::services::triggers;
use crate::core::wire::error::ServiceError;
use crate::core::wire::form::Form;
use crate::core::wire::http::HttpResponse;

pub(super) fn answer(visit: &mut Visit<'_>, flow: &Flow) -> HttpResponse {
    if !visit.is_post() {
        return page(visit, flow, 200, flow.login_hint.as_deref().unwrap_or_default(), None);
    }
    if !visit.is_genuine() {
        return expired(flow);
    }
    if visit.form.get("continue") == Some("true") {
        return match usable_session(visit, flow) {
            Some(session) => flow.complete(visit, &session.username, session.signed_in_ms / 1000),
            None => HttpResponse::redirect(&flow.address("/login")),
        };
    }
    if let Some(answer) = use_passkey::answer(visit, flow) {
        return answer.unwrap_or_else(|error| page(visit, flow, 400, "", Some(&error.message)));
    }
    let login = visit.form.get("username").unwrap_or_default().to_owned();
    let password = visit.form.get("password").unwrap_or_default().to_owned();
    if !flow.client.supports_provider(LOCAL_PROVIDER) {
        return page(visit, flow, 400, "", None);
    }
    sign_in(visit, flow, &login, &password).unwrap_or_else(|error| page(visit, flow, 400, &login, Some(&error.message)))
}

fn sign_in(visit: &mut Visit<'_>, flow: &Flow, login: &str, password: &str) -> Result<HttpResponse, ServiceError> {
    let pool = visit.pools.get(&flow.pool_id)?;
    triggers::pre_authentication(pool, &flow.client, login, &mut visit.context)?;
    let username = check_password(pool, &flow.client, login, password, &mut visit.context)?;
    super::after_password::go_on(visit, flow, login, Attempt::proven(username, Factor::Password))
}

fn usable_session(visit: &Visit<'_>, flow: &Flow) -> Option<Session> {
    let fresh = |session: &Session| {
        flow.accepts_session(session.signed_in_ms, visit.context.now_ms) && flow.accepts_proof(visit.pools, session)
    };
    visit.session(flow).filter(|session| fresh(session) && !flow.prompts("login"))
}

pub(super) fn page(
    visit: &mut Visit<'_>,
    flow: &Flow,
    status: u16,
    login: &str,
    problem: Option<&str>,
) -> HttpResponse {
    let action = flow.address("/login");
    let mut body = String::new();
    if let Some(session) = usable_session(visit, flow) {
        let text = format!("Continue as {}", session.username);
        body += &paragraph("You are signed in.");
        body += &button_form(visit, &action, &Form::from_iter([("continue", "true")]), &text, "");
        body += "<p class=\"or\">or sign in as someone else</p>";
    }
    if flow.client.supports_provider(LOCAL_PROVIDER) {
        let pool = visit.pools.find(&flow.pool_id);
        let label = pool.map_or("User name", |pool| pool.settings.login_label());
        let open = pool.is_some_and(|pool| !pool.settings.only_admins_create_users());
        let fields = [
            Field { value: login, ..Field::new("username", label, "text", "username") },
            Field::new("password", "Password", "password", "current-password"),
        ];
        body += &form(visit, &action, &fields, "Sign in", problem);
        let mut below = vec![link(&flow.address("/forgotPassword"), "Forgot your password?")];
        if open {
            below.push(link(&flow.address("/signup"), "Create an account"));
        }
        if use_passkey::is_offered(visit, flow) {
            body += &use_passkey::button(visit, flow);
        }
        body += &links(&below);
    } else {
        body += &alert(problem);
    }
    if flow.provider.is_none() {
        body += &provider_buttons(flow);
    }
    let back_to = Some(flow.back.redirect_uri.as_str());
    Document { title: "Sign in", lead: Some(&lead(flow)), body, back_to }.response(status)
}
