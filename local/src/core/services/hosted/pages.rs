//! All pages, by their paths.

use super::flow::Flow;
use super::visit::Visit;
use super::{
    add_passkey, authorize, change_password, confirm, error_names, error_page, forgot_password, login, logout, mfa,
    page_paths, provider_return, sign_up,
};
use crate::core::wire::http::HttpResponse;

/// Where other identity providers send browsers back to.
pub(super) const CALLBACKS: [&str; 2] = ["/oauth2/idpresponse", "/saml2/idpresponse"];

/// Longer addresses are no sign-in.
pub(super) const LONGEST_TARGET: usize = 16 * 1024;

/// Larger forms are no sign-in.
pub(super) const LARGEST_FORM: usize = 64 * 1024;

/// The name of a page in the request log, where the path is one.
pub(crate) fn page(path: &str) -> Option<&'static str> {
    PAGES.iter().find(|(name, _)| *name == path).map(|(name, _)| *name)
}

pub(super) type Answer = fn(&mut Visit<'_>) -> HttpResponse;

pub(super) const PAGES: [(&str, Answer); 15] = [
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
    (page_paths::PATH, |visit| in_flow(visit, add_passkey::answer)),
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
        method if CALLBACKS.contains(&path) && method != "GET" => error_page::go(error_names::BAD_REQUEST, None),
        "POST" if !takes_forms(path) => error_page::render(405, ""),
        "POST" if visit.request.body.len() > LARGEST_FORM => error_page::render(413, "The form is too large."),
        "POST" if !visit.request.is_form_post() => error_page::render(415, ""),
        "POST" => answer(visit),
        _ => error_page::render(405, ""),
    }
}

pub(super) fn takes_forms(path: &str) -> bool {
    !["/error", "/logout", "/oauth2/authorize"].contains(&path)
}

/// A page that belongs to a request of an app.
pub(super) fn in_flow(visit: &mut Visit<'_>, answer: fn(&mut Visit<'_>, &Flow) -> HttpResponse) -> HttpResponse {
    match Flow::read(visit.pools, &visit.query) {
        Ok(flow) => answer(visit, &flow),
        Err(refusal) => refusal.response(visit),
    }
}
