//! The hosted UI: `/oauth2/authorize` and its pages. They work without a script, and remember the browser by a cookie.

mod add_passkey;
mod after_password;
mod authorize;
mod back;
mod browsers;
mod change_password;
mod confirm;
mod document;
mod entered;
pub(crate) mod error_page;
mod flow;
mod forgot_password;
mod login;
mod logout;
mod mfa;
mod mfa_choice;
mod passkey;
mod pending;
mod provider_return;
mod provider_start;
mod service;
mod sign_up;
mod use_passkey;
mod visit;

use document::link;
pub(crate) use flow::Flow;
pub(crate) use service::HostedUi;
use visit::Visit;

use crate::core::wire::form::Form;
use crate::core::wire::http::HttpResponse;

/// Where other identity providers send browsers back to.
const CALLBACKS: [&str; 2] = ["/oauth2/idpresponse", "/saml2/idpresponse"];

/// Longer addresses are no sign-in.
const LONGEST_TARGET: usize = 16 * 1024;
/// Larger forms are no sign-in.
const LARGEST_FORM: usize = 64 * 1024;

/// The name of a page in the request log, where the path is one.
pub(crate) fn page(path: &str) -> Option<&'static str> {
    PAGES.iter().find(|(name, _)| *name == path).map(|(name, _)| *name)
}

type Answer = fn(&mut Visit<'_>) -> HttpResponse;

const PAGES: [(&str, Answer); 15] = [
    ("/changePassword", |visit| in_flow(visit, change_password::answer)),
    ("/confirm", |visit| in_flow(visit, confirm::answer)),
    ("/confirmUser", |visit| match confirm::link(visit) {
        Some(response) => response,
        None => in_flow(visit, confirm::answer),
    }),
    ("/confirmforgotPassword", |visit| in_flow(visit, forgot_password::answer_code)),
    ("/error", error_page::answer),
    ("/forgotPassword", |visit| in_flow(visit, forgot_password::answer)),
    ("/login", |visit| in_flow(visit, login::answer)),
    ("/logout", logout::answer),
    ("/mfa", |visit| in_flow(visit, mfa::answer)),
    ("/oauth2/authorize", authorize::answer),
    ("/oauth2/idpresponse", provider_return::answer),
    (add_passkey::PATH, |visit| in_flow(visit, add_passkey::answer)),
    ("/resendcode", |visit| in_flow(visit, confirm::answer_resend)),
    ("/saml2/idpresponse", provider_return::answer),
    ("/signup", |visit| in_flow(visit, sign_up::answer)),
];

/// Answers a request for a page.
pub(crate) fn answer(visit: &mut Visit<'_>, path: &str) -> HttpResponse {
    let Some((_, answer)) = PAGES.iter().find(|(name, _)| *name == path) else {
        return error_page::render(404, "");
    };
    match visit.request.method.as_str() {
        _ if visit.request.target.len() > LONGEST_TARGET => error_page::render(414, "The URL is too long."),
        "GET" => answer(visit),
        "POST" if CALLBACKS.contains(&path) && visit.request.is_form_post() => answer(visit),
        method if CALLBACKS.contains(&path) && method != "GET" => error_page::go(error_page::BAD_REQUEST, None),
        "POST" if !takes_forms(path) => error_page::render(405, ""),
        "POST" if visit.request.body.len() > LARGEST_FORM => error_page::render(413, "The form is too large."),
        "POST" if !visit.request.is_form_post() => error_page::render(415, ""),
        "POST" => answer(visit),
        _ => error_page::render(405, ""),
    }
}

fn takes_forms(path: &str) -> bool {
    !["/error", "/logout", "/oauth2/authorize"].contains(&path)
}

/// A page that belongs to a request of an app.
fn in_flow(visit: &mut Visit<'_>, answer: fn(&mut Visit<'_>, &Flow) -> HttpResponse) -> HttpResponse {
    match Flow::read(visit.pools, &visit.query) {
        Ok(flow) => answer(visit, &flow),
        Err(refusal) => refusal.response(visit),
    }
}

/// A link for every other identity provider of the client.
fn provider_buttons(flow: &Flow) -> String {
    let buttons: String = flow
        .client
        .other_providers()
        .map(|name| {
            let mut query = Form::parse(&flow.query);
            query.remove("idp_identifier");
            query.set("identity_provider", name);
            let shown = match name {
                "LoginWithAmazon" => "Amazon",
                "SignInWithApple" => "Apple",
                name => name,
            };
            let address = format!("/oauth2/authorize?{}", query.encode());
            link(&address, &format!("Continue with {shown}")).replacen("<a ", "<a class=\"provider\" ", 1)
        })
        .collect();
    let local = flow.client.supports_provider(crate::core::directory::LOCAL_PROVIDER);
    let divider = if local && !buttons.is_empty() { "<p class=\"or\">or</p>" } else { "" };
    format!("{divider}{buttons}")
}
