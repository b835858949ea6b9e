//! The pages: choosing a person, and the step that a browser without scripts can't take by itself.

use super::call::Call;
use crate::core::stand_ins::{Door, Kind, PEOPLE, Person};
use crate::core::wire::html::{escape, source_hash};
use crate::core::wire::http::HttpResponse;

const STYLE: &str = include_str!("page.css");

/// "Choose a test person". `request` comes back with the choice.
pub(super) fn chooser(call: &Call<'_>, request: &str, hint: Option<&str>) -> HttpResponse {
    let action = format!("{}/{}", call.issuer, call.kind.path(Door::Choose).unwrap_or_default());
    let people: String = PEOPLE.iter().map(|person| choice(call.kind, person, hint)).collect();
    let form = format!(
        "<form method=\"post\" action=\"{}\"><input type=\"hidden\" name=\"request\" value=\"{}\"><ul>{people}</ul>\
         <button name=\"cancel\" value=\"1\" class=\"plain\">Cancel</button></form>",
        escape(&action),
        escape(request),
    );
    page(200, call.kind, "Choose a test person", &form)
}

fn choice(kind: Kind, person: &Person, hint: Option<&str>) -> String {
    let email = person.email.unwrap_or("no e-mail address");
    let focus = if hint.is_some() && hint == person.email { " autofocus" } else { "" };
    format!(
        "<li><button name=\"person\" value=\"{}\"{focus}><b>{}</b><span>{}</span><span>{}</span></button></li>",
        person.key,
        escape(&person.name()),
        escape(email),
        escape(&person.subject(kind)),
    )
}

/// A form whose fields the real provider's page would send by a script.
pub(super) fn forward(call: &Call<'_>, to: &str, fields: &[(&str, String)]) -> HttpResponse {
    let fields: String = fields
        .iter()
        .map(|(name, value)| format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value)))
        .collect();
    let form = format!(
        "<form method=\"post\" action=\"{}\"><p>The real provider sends this answer by a script. Here you have to click.</p>\
         {fields}<button autofocus>Continue</button></form>",
        escape(to),
    );
    page(200, call.kind, "Continue to the app", &form)
}

/// An error that has nowhere to go but to the person.
pub(super) fn refuse(call: &Call<'_>, text: &str) -> HttpResponse {
    page(400, call.kind, "This request is invalid", &format!("<p role=\"alert\">{}</p>", escape(text)))
}

fn page(status: u16, kind: Kind, heading: &str, body: &str) -> HttpResponse {
    let title = escape(kind.title());
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{heading} · stand-in for {title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\"><style>{STYLE}</style></head>\
         <body><main class=\"{}\"><p class=\"banner\">poolpass-local plays <b>{title}</b>. This is not a real sign-in.</p>\
         <h1>{heading}</h1>{body}</main></body></html>",
        kind.name(),
    );
    // No form-action: browsers apply it to the redirects that follow a form post, and those end at the app, wherever that is.
    let policy = format!(
        "default-src 'none'; style-src '{}'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
        source_hash(STYLE)
    );
    HttpResponse::new(status, "text/html; charset=utf-8", html)
        .with("Content-Security-Policy", policy)
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "no-referrer")
        .with("X-Frame-Options", "DENY")
}
