//! `/mfa`: the code of the second factor, or setting one up where the pool requires it.

use super::after_password::go_on;
use super::browsers::Step;
use super::document::{Document, Field, expired, form, lead, link, links, paragraph};
use super::flow::Flow;
use super::visit::Visit;
use super::{login, mfa_choice};
use crate::core::directory::{Attempt, MfaFactor, masked};
use crate::core::wire::error::ServiceError;
use crate::core::wire::html::escape;
use crate::core::wire::http::HttpResponse;

/// So many codes may be wrong; then the password is asked for again.
const TRIES: u32 = 5;

pub(super) fn answer(visit: &mut Visit<'_>, flow: &Flow) -> HttpResponse {
    let Some(step) = visit.step(flow).filter(is_mfa) else {
        return if visit.is_post() { expired(flow) } else { HttpResponse::redirect(&flow.address("/login")) };
    };
    if !visit.is_post() {
        return page(visit, flow, 200, &step, None);
    }
    if !visit.is_genuine() {
        return expired(flow);
    }
    match take(visit, flow, &step) {
        Ok(response) => response,
        Err(error) => refuse(visit, flow, step, &error.message),
    }
}

fn is_mfa(step: &Step) -> bool {
    matches!(step, Step::MfaAddress { .. } | Step::MfaChoice { .. } | Step::MfaCode { .. } | Step::TotpSetUp { .. })
}

/// Goes on if what was entered is right and the user may still sign in.
fn take(visit: &mut Visit<'_>, flow: &Flow, step: &Step) -> Result<HttpResponse, ServiceError> {
    let code = visit.form.get("code").unwrap_or_default().trim().to_owned();
    let now_ms = visit.context.now_ms;
    let pool = visit.pools.get(&flow.pool_id)?;
    let (attempt, factor) = match step {
        Step::MfaCode { attempt, factor, sent, .. } => {
            pool.check_mfa(attempt, *factor, sent.as_ref(), &code, now_ms)?;
            (attempt, *factor)
        }
        Step::TotpSetUp { attempt, .. } => {
            pool.expect_set_up(attempt, MfaFactor::SoftwareToken, now_ms)?;
            pool.finish_totp(&attempt.username, &code, None, now_ms)?;
            (attempt, MfaFactor::SoftwareToken)
        }
        step => return mfa_choice::take(visit, flow, step),
    };
    let attempt = Attempt { second: Some(factor), ..attempt.clone() };
    let login = attempt.username.clone();
    go_on(visit, flow, &login, attempt)
}

fn refuse(visit: &mut Visit<'_>, flow: &Flow, step: Step, problem: &str) -> HttpResponse {
    let step = match step {
        Step::MfaCode { tries, .. } if tries + 1 >= TRIES => {
            visit.set_step(flow, None);
            return login::page(visit, flow, 400, "", Some(problem));
        }
        Step::MfaCode { attempt, factor, sent, tries } => Step::MfaCode { attempt, factor, sent, tries: tries + 1 },
        step => step,
    };
    visit.set_step(flow, Some(step.clone()));
    page(visit, flow, 400, &step, Some(problem))
}

fn page(visit: &mut Visit<'_>, flow: &Flow, status: u16, step: &Step, problem: Option<&str>) -> HttpResponse {
    let (title, intro) = match step {
        Step::TotpSetUp { attempt, secret } => {
            let issuer = &flow.client.settings.client_name;
            let text = "Add this key to your authenticator app, then enter the code that the app shows.";
            let key = format!("<p class=\"key\"><code>{}</code></p>", escape(secret));
            let account = paragraph(&format!("Account: {issuer}, {}", attempt.username));
            ("Set up an authenticator app", paragraph(text) + &key + &account)
        }
        Step::MfaCode { sent: Some(sent), .. } => {
            ("Enter your code", paragraph(&format!("We sent a code to {}.", masked(&sent.address))))
        }
        Step::MfaAddress { .. } | Step::MfaChoice { .. } => {
            return mfa_choice::page(visit, flow, status, step, problem);
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
