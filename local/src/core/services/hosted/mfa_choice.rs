//! What comes before the code on `/mfa`: choosing a second factor, and the address of one that is set up.

use super::browsers::Step;
use super::document::{Document, Field, alert, button_form, form, lead, link, links, paragraph};
use super::flow::Flow;
use super::go_to::go_to;
use super::visit::Visit;
use crate::core::directory::{Attempt, Attribute, MfaFactor, Writer};
use crate::core::services::idp::sign_in::code;
use crate::core::wire::error::{ServiceError, invalid};
use crate::core::wire::form::Form;
use crate::core::wire::http::HttpResponse;

/// How long a code lives: "Managed login sets session duration to 3 minutes for multi-factor authentication" (Developer Guide,
/// "Authentication session flow duration").
const LIFE_MS: u64 = 3 * 60 * 1000;

/// Leads to the page that asks for a code, which is sent unless an app shows it.
pub(super) fn ask(
    visit: &mut Visit<'_>,
    flow: &Flow,
    attempt: Attempt,
    factor: MfaFactor,
) -> Result<HttpResponse, ServiceError> {
    let pool = visit.pools.get(&flow.pool_id)?;
    let sent = code::send_mfa(pool, &attempt, factor, LIFE_MS, &mut visit.context)?;
    Ok(go_to(visit, flow, "/mfa", Step::MfaCode { attempt, factor, sent, tries: 0 }))
}

/// Leads to the page that sets up a factor, or first to choosing one.
pub(super) fn set_up(
    visit: &mut Visit<'_>,
    flow: &Flow,
    attempt: Attempt,
    choices: Vec<MfaFactor>,
) -> Result<HttpResponse, ServiceError> {
    let step = match choices[..] {
        [MfaFactor::SoftwareToken] => {
            let pool = visit.pools.get(&flow.pool_id)?;
            let secret = pool.start_totp(&attempt.username, visit.context.random.bytes())?;
            Step::TotpSetUp { attempt, secret }
        }
        [factor] => Step::MfaAddress { attempt, factor },
        _ => Step::MfaChoice { attempt, choices, sets_up: true },
    };
    Ok(go_to(visit, flow, "/mfa", step))
}

/// Takes the choice or the address.
pub(super) fn take(visit: &mut Visit<'_>, flow: &Flow, step: &Step) -> Result<HttpResponse, ServiceError> {
    let now_ms = visit.context.now_ms;
    match step {
        Step::MfaChoice { attempt, choices, sets_up } => {
            let chosen = visit.form.get("factor").and_then(MfaFactor::of_name);
            let factor =
                chosen.filter(|factor| choices.contains(factor)).ok_or_else(|| invalid("Choose one of these."))?;
            let pool = visit.pools.get(&flow.pool_id)?;
            if *sets_up {
                pool.expect_set_up(attempt, factor, now_ms)?;
                return set_up(visit, flow, attempt.clone(), vec![factor]);
            }
            pool.expect_mfa(attempt, factor, now_ms)?;
            ask(visit, flow, attempt.clone(), factor)
        }
        Step::MfaAddress { attempt, factor } => {
            let address = visit.form.get("address").unwrap_or_default().trim().to_owned();
            let Some(attribute) = factor.attribute().filter(|_| !address.is_empty()) else {
                return Err(invalid("Enter an address."));
            };
            let pool = visit.pools.get(&flow.pool_id)?;
            pool.expect_set_up(attempt, *factor, now_ms)?;
            let given = Attribute { name: attribute.into(), value: address.clone() };
            pool.settings.checked_attributes(Writer::Client(&flow.client), vec![given])?;
            let sent = Some(code::send_new(pool, attempt, attribute, address, LIFE_MS, &mut visit.context)?);
            Ok(go_to(visit, flow, "/mfa", Step::MfaCode { attempt: attempt.clone(), factor: *factor, sent, tries: 0 }))
        }
        _ => Err(invalid("Choose one of these.")),
    }
}

pub(super) fn page(
    visit: &mut Visit<'_>,
    flow: &Flow,
    status: u16,
    step: &Step,
    problem: Option<&str>,
) -> HttpResponse {
    let action = flow.address("/mfa");
    let (title, mut body) = match step {
        Step::MfaAddress { factor: MfaFactor::Sms, .. } => {
            let field = Field::new("address", "Phone number, such as +15551234567", "tel", "tel");
            ("Set up codes by SMS", form(visit, &action, &[field], "Send a code", problem))
        }
        Step::MfaAddress { .. } => {
            let field = Field::new("address", "E-mail", "email", "email");
            ("Set up codes by e-mail", form(visit, &action, &[field], "Send a code", problem))
        }
        Step::MfaChoice { choices, sets_up, .. } => {
            let text = if *sets_up { "Choose what to set up." } else { "Choose how to get your code." };
            let mut body = alert(problem) + &paragraph(text);
            for factor in choices {
                let values = Form::from_iter([("factor", factor.name())]);
                body += &button_form(visit, &action, &values, spoken(*factor), "");
            }
            (if *sets_up { "Set up a second factor" } else { "Choose a second factor" }, body)
        }
        _ => ("Enter your code", String::new()),
    };
    body += &links(&[link(&flow.address("/login"), "Sign in as someone else")]);
    let back_to = Some(flow.back.redirect_uri.as_str());
    Document { title, lead: Some(&lead(flow)), body, back_to }.response(status)
}

fn spoken(factor: MfaFactor) -> &'static str {
    match factor {
        MfaFactor::Sms => "SMS",
        MfaFactor::SoftwareToken => "Authenticator app",
        MfaFactor::Email => "E-mail",
    }
}
