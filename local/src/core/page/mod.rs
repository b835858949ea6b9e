//! The page at `/`, to look around in.

mod sections;

use crate::core::house::House;
use crate::core::wire::html;
use crate::core::wire::html::source_hash;
use crate::core::wire::http::{HttpRequest, HttpResponse};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page as it is now. Its script asks for it again every two seconds.
pub(crate) fn render(house: &House<'_>, request: &HttpRequest) -> HttpResponse {
    let House { desk, .. } = house;
    let (shared, now_ms) = (&*desk.shared, desk.now_ms);
    let live = [
        sections::clock(now_ms, desk.world.clock.offset_ms()),
        sections::inbox(&shared.inbox),
        shared.pools.iter().map(|pool| sections::pool(pool, now_ms)).collect(),
        shared.identity_pools.iter().map(sections::identity_pool).collect(),
        sections::faults(desk.faults),
        sections::requests(desk.journal),
    ];
    let body = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>poolpass-local</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\">\
         <style>{STYLE}</style></head><body><header><h1>poolpass-local</h1><p>A local Amazon Cognito at <code>{}</code></p></header>\
         <main id=\"live\">{}</main><p id=\"said\" role=\"status\"></p><script>{SCRIPT}</script></body></html>",
        html::escape(&request.base()),
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
