//! `/logout` (Developer Guide, "Logout endpoint").

use super::error_names::{REDIRECT_MISMATCH, UNKNOWN_CLIENT};
use super::error_page;
use super::flow::{Flow, Refusal, parameters};
use super::visit::Visit;
use crate::core::wire::http::HttpResponse;

/// Ends the session of the browser, then leads to `logout_uri`, or to signing in again. Tokens stay good.
pub(super) fn answer(visit: &mut Visit<'_>) -> HttpResponse {
    let client_id = visit.query.get("client_id").map(str::to_owned);
    let client = client_id.as_deref().and_then(|id| visit.pools.of_client(id).ok()).map(|(_, client)| client);
    let Some(client) = client else { return error_page::go(UNKNOWN_CLIENT, client_id.as_deref()) };
    if let Some(logout_uri) = visit.query.get("logout_uri").map(str::to_owned) {
        if !client.settings.logout_urls.contains(&logout_uri) {
            return error_page::go(REDIRECT_MISMATCH, client_id.as_deref());
        }
        visit.sign_out();
        return HttpResponse::redirect(&logout_uri).with("Referrer-Policy", "no-referrer");
    }
    match Flow::read(visit.pools, &visit.query) {
        Err(Refusal::Page(error)) => error_page::go(error, client_id.as_deref()),
        _ if visit.query.get("response_type").is_none() => error_page::go(REDIRECT_MISMATCH, client_id.as_deref()),
        // What else may be wrong is for the next page to tell the app.
        _ => {
            visit.sign_out();
            HttpResponse::redirect(&format!("/login?{}", parameters(&visit.query).encode()))
        }
    }
}
