//! The part of a page that has the browser make or use a passkey.

use serde_json::Value;

use super::document::button_form;
use super::visit::Visit;
use crate::core::wire::form::Form;
use crate::core::wire::html::escape;

/// The script of pages with such a part.
pub(super) const SCRIPT: &str = include_str!("passkey.js");

/// What the browser is to do: a method of `navigator.credentials`.
#[derive(Clone, Copy)]
pub(super) enum Ceremony {
    Create,
    Get,
}

/// A button that has the browser do it with these options, and sends what comes of it as `credential`.
pub(super) fn part(visit: &mut Visit<'_>, action: &str, ceremony: Ceremony, options: &Value, button: &str) -> String {
    let method = match ceremony {
        Ceremony::Create => "create",
        Ceremony::Get => "get",
    };
    let options = escape(&options.to_string());
    let form = button_form(visit, action, &Form::from_iter([("credential", "")]), button, "");
    format!(
        "<p role=\"alert\" class=\"problem\" id=\"refused\" hidden></p>\
         <div id=\"passkey\" data-ceremony=\"{method}\" data-options=\"{options}\">{form}</div>\
         <noscript><p>This page needs JavaScript.</p></noscript>"
    )
}

/// What the form brought.
pub(super) fn credential(visit: &Visit<'_>) -> Value {
    serde_json::from_str(visit.form.get("credential").unwrap_or_default()).unwrap_or(Value::Null)
}
