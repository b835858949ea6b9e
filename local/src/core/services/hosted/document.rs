//! The frame of all pages, and the parts of their forms. Only pages that make or use passkeys have a script.

use super::flow::Flow;
use super::visit::Visit;
use crate::core::wire::form::Form;
use crate::core::wire::html::{escape, source_hash};
use crate::core::wire::http::HttpResponse;

const STYLE: &str = include_str!("pages.css");

/// A page. `title` and `lead` are text, `body` is HTML.
pub(crate) struct Document<'a> {
    pub(crate) title: &'a str,
    /// Which app this is for.
    pub(crate) lead: Option<&'a str>,
    pub(crate) body: String,
    /// The address that a form of this page may lead to in the end.
    pub(crate) back_to: Option<&'a str>,
}

impl Document<'_> {
    pub(crate) fn response(&self, status: u16) -> HttpResponse {
        self.response_with(status, "")
    }

    /// The page, with a script at its end.
    pub(crate) fn response_with(&self, status: u16, script: &str) -> HttpResponse {
        let (script, script_source) = match script {
            "" => (String::new(), String::new()),
            text => (format!("<script>{text}</script>"), format!(" script-src '{}';", source_hash(text))),
        };
        let title = escape(self.title);
        let lead = self.lead.map(|lead| format!("<p class=\"lead\">{}</p>", escape(lead))).unwrap_or_default();
        let html = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
             <link rel=\"icon\" href=\"data:,\"><style>{STYLE}</style></head>\
             <body><main><h1>{title}</h1>{lead}{}</main>{script}</body></html>",
            self.body
        );
        let policy = format!(
            "default-src 'none'; style-src '{}';{script_source} img-src data:; base-uri 'none'; form-action 'self'{}; frame-ancestors 'none'",
            source_hash(STYLE),
            self.back_to.map(|uri| format!(" {}", form_target(uri))).unwrap_or_default(),
        );
        HttpResponse::new(status, "text/html; charset=utf-8", html)
            .with("Content-Security-Policy", policy)
            .with("Referrer-Policy", "no-referrer")
            .with("Cache-Control", "no-store")
            .with("X-Frame-Options", "DENY")
            .with("X-Content-Type-Options", "nosniff")
    }
}

/// What `form-action` has to say so that a form post may be redirected to an app: its origin, or the scheme where that can't be written.
fn form_target(uri: &str) -> String {
    let (scheme, rest) = uri.split_once(':').unwrap_or(("https", ""));
    let authority = rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?']).next()).unwrap_or_default();
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || b".-:".contains(&letter);
    let web = ["http", "https"].contains(&scheme);
    if web && !authority.is_empty() && authority.bytes().all(plain) {
        format!("{scheme}://{authority}")
    } else {
        format!("{scheme}:")
    }
}

/// An input of a form.
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) label: &'a str,
    /// `type` of the input.
    pub(crate) kind: &'a str,
    pub(crate) autocomplete: &'a str,
    pub(crate) value: &'a str,
    pub(crate) hint: &'a str,
}

impl<'a> Field<'a> {
    pub(crate) fn new(name: &'a str, label: &'a str, kind: &'a str, autocomplete: &'a str) -> Self {
        Self { name, label, kind, autocomplete, value: "", hint: "" }
    }

    /// A code of six digits.
    pub(crate) fn code(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, "text", "one-time-code")
    }

    fn html(&self, focused: bool, problem: bool) -> String {
        let [name, label, kind, autocomplete, value, hint] =
            [self.name, self.label, self.kind, self.autocomplete, self.value, self.hint].map(escape);
        let mut described: Vec<String> = Vec::new();
        if problem {
            described.push("problem".into());
        }
        let mut note = String::new();
        if !hint.is_empty() {
            note = format!("<p class=\"hint\" id=\"{name}-hint\">{hint}</p>");
            described.push(format!("{name}-hint"));
        }
        let mut extra = String::new();
        if !described.is_empty() {
            extra += &format!(" aria-describedby=\"{}\"", described.join(" "));
        }
        if autocomplete == "one-time-code" {
            extra += " inputmode=\"numeric\"";
        }
        if ["username", "email"].contains(&self.autocomplete) {
            extra += " autocapitalize=\"none\" spellcheck=\"false\"";
        }
        if focused {
            extra += " autofocus";
        }
        format!(
            "<label for=\"{name}\">{label}</label><input id=\"{name}\" name=\"{name}\" type=\"{kind}\" autocomplete=\"{autocomplete}\" \
             value=\"{value}\" required{extra}>{note}"
        )
    }
}

/// A form of a flow. The first field without a value gets the focus.
pub(crate) fn form(
    visit: &mut Visit<'_>,
    action: &str,
    fields: &[Field<'_>],
    button: &str,
    problem: Option<&str>,
) -> String {
    let first = fields.iter().position(|field| field.value.is_empty());
    let inputs: String =
        fields.iter().enumerate().map(|(index, field)| field.html(first == Some(index), problem.is_some())).collect();
    format!(
        "{}<form method=\"post\" action=\"{}\">{}{inputs}<button>{}</button></form>",
        alert(problem),
        escape(action),
        hidden("_csrf", &visit.csrf()),
        escape(button)
    )
}

/// A form that is only a button.
pub(crate) fn button_form(visit: &mut Visit<'_>, action: &str, values: &Form, button: &str, class: &str) -> String {
    let values: String = values.iter().map(|(name, value)| hidden(name, value)).collect();
    format!(
        "<form method=\"post\" action=\"{}\">{}{values}<button class=\"{class}\">{}</button></form>",
        escape(action),
        hidden("_csrf", &visit.csrf()),
        escape(button)
    )
}

fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value))
}

/// What went wrong, said at once by screen readers.
pub(crate) fn alert(problem: Option<&str>) -> String {
    problem
        .map(|text| format!("<p role=\"alert\" class=\"problem\" id=\"problem\">{}</p>", escape(text)))
        .unwrap_or_default()
}

/// A paragraph of text.
pub(crate) fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", escape(text))
}

/// A link with a text.
pub(crate) fn link(address: &str, text: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(address), escape(text))
}

/// The links below a form.
pub(crate) fn links(links: &[String]) -> String {
    format!("<p class=\"links\">{}</p>", links.join(" "))
}

/// The page that stands in for one whose form can't be taken any more.
pub(crate) fn expired(flow: &Flow) -> HttpResponse {
    let text = "This page has expired. It was open for too long, or your browser blocks cookies.";
    let body = alert(Some(text)) + &links(&[link(&flow.address("/login"), "Start again")]);
    Document { title: "Page expired", lead: Some(&lead(flow)), body, back_to: None }.response(400)
}

/// Which app a page is for.
pub(crate) fn lead(flow: &Flow) -> String {
    format!("to continue to {}", flow.client.settings.client_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn form_targets_are_what_a_policy_can_say() {
        for (uri, target) in [
            ("http://localhost:3000/callback?x=1", "http://localhost:3000"),
            ("https://example.com", "https://example.com"),
            ("http://[::1]:3000/", "http:"),
            ("https://exämple.com/", "https:"),
            ("https://a;b/", "https:"),
            ("myapp://callback", "myapp:"),
        ] {
            assert_eq!(form_target(uri), target);
        }
    }
}
