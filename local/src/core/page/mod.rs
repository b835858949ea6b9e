//! The page at `/`, to look around in. It is always the same text: its script asks the control API for what it shows.

use std::sync::LazyLock;

use crate::core::wire::html::source_hash;
use crate::core::wire::http::HttpResponse;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = concat!(
    "(() => {\n'use strict';\n",
    include_str!("dom.js"),
    include_str!("sections.js"),
    include_str!("users.js"),
    include_str!("page.js"),
    "})();\n"
);

/// The page with its style and script, and the policy that allows them and nothing else.
static WHOLE: LazyLock<(String, String)> = LazyLock::new(|| {
    let page = PAGE.replace("/* page.css */", STYLE).replace("/* page.js */", SCRIPT);
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        source_hash(STYLE),
        source_hash(SCRIPT),
    );
    (page, policy)
});

/// The page.
pub(crate) fn render() -> HttpResponse {
    HttpResponse::new(200, "text/html; charset=utf-8", WHOLE.0.as_str())
        .with("Content-Security-Policy", WHOLE.1.as_str())
        .with("Cache-Control", "no-store")
}
