//! `/error`: for what can't be told to an app.

use super::document::{Document, paragraph};
use super::error_names::{BAD_REQUEST, NO_SUCH_SIGN_IN, OAUTH_DISABLED, REDIRECT_MISMATCH, UNKNOWN_CLIENT};
use super::visit::Visit;
use crate::core::wire::form::Form;
use crate::core::wire::http::HttpResponse;

/// Sends the browser to the error page.
pub(crate) fn go(error: &str, client_id: Option<&str>) -> HttpResponse {
    let mut query = Form::from_iter([("error", error)]);
    if let Some(client_id) = client_id {
        query.set("client_id", client_id.chars().take(128).collect::<String>());
    }
    HttpResponse::redirect(&format!("/error?{}", query.encode()))
}

/// The page. It shows only texts of its own, whatever the address says.
pub(super) fn answer(visit: &mut Visit<'_>) -> HttpResponse {
    let detail = match visit.query.get("error") {
        Some(REDIRECT_MISMATCH) => {
            "redirect_mismatch: the address to return to is not registered for this app client. Sign-in takes exactly the CallbackURLs \
             of the client, sign-out exactly its LogoutURLs; poolpass-local takes more of them by --app-url."
        }
        Some(UNKNOWN_CLIENT) => "Client does not exist.",
        Some(OAUTH_DISABLED) => "Client is not enabled for OAuth2.0 flows.",
        Some(NO_SUCH_SIGN_IN) => {
            "This sign-in was started in another browser, is already finished, or took longer than five minutes. Start again from the app."
        }
        Some(BAD_REQUEST) => "The request is too large or malformed.",
        _ => "",
    };
    render(400, detail)
}

/// The page itself, for requests that can't be led on.
pub(super) fn render(status: u16, detail: &str) -> HttpResponse {
    let detail = if detail.is_empty() { String::new() } else { paragraph(detail) };
    let body =
        format!("<p role=\"alert\" class=\"problem\">An error was encountered with the requested page.</p>{detail}");
    Document { title: "Something went wrong", lead: None, body, back_to: None }.response(status)
}
