//! The page at `/`, to look around in.

mod sections;

use super::well_known::endpoint;
use crate::core::emulator::{Emulator, State};
use crate::core::wire::html;
use crate::core::wire::html::source_hash;
use crate::core::wire::http::{HttpRequest, HttpResponse};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page as it is now. Its script asks for it again every two seconds.
pub(crate) fn render(emulator: &Emulator, state: &State, request: &HttpRequest, now_ms: u64) -> HttpResponse {
    let live = [
        sections::clock(now_ms, emulator.clock.offset_ms()),
        sections::inbox(&state.inbox),
        state.pools.iter().map(|pool| sections::pool(pool, now_ms)).collect(),
        state.identity_pools.iter().map(sections::identity_pool).collect(),
        sections::faults(&state.faults),
        sections::requests(&state.journal),
    ];
    let body = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>poolpass-local</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\">\
         <style>{STYLE}</style></head><body><header><h1>poolpass-local</h1><p>A local Amazon Cognito at <code>{}</code></p></header>\
         <main id=\"live\">{}</main><p id=\"said\" role=\"status\"></p><script>{SCRIPT}</script></body></html>",
        html::escape(&endpoint(request)),
        live.concat(),
    );
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        source_hash(STYLE),
        source_hash(SCRIPT),
    );
    HttpResponse::new(200, "text/html; charset=utf-8", body)
        .with("Content-Security-Policy", policy)
        .with("Cache-Control", "no-store")
}
