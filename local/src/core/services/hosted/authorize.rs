//! `/oauth2/authorize`: the start of every sign-in (Developer Guide, "Authorize endpoint").

use super::flow::Flow;
use super::provider_start;
use super::visit::Visit;
use crate::core::directory::LOCAL_PROVIDER;
use crate::core::wire::http::HttpResponse;

/// Back to the app at once if the browser has a session that will do, else to the pages or to another identity provider.
pub(super) fn answer(visit: &mut Visit<'_>) -> HttpResponse {
    let flow = match Flow::read(visit.pools, &visit.query) {
        Ok(flow) => flow,
        Err(refusal) => return refusal.response(visit),
    };
    let silent = flow.prompts("none");
    if let Some(provider) = flow.provider.clone().filter(|name| name != LOCAL_PROVIDER && !silent) {
        return provider_start::start(visit, &flow, &provider);
    }
    let session = visit.session(&flow).filter(|session| {
        flow.accepts_session(session.signed_in_ms, visit.context.now_ms)
            && flow.accepts_proof(visit.pools, session)
            && !flow.prompts("login")
            && !flow.prompts("select_account")
    });
    match session {
        Some(session) => flow.complete(visit, &session.username, session.signed_in_ms / 1000),
        None if silent => flow.refuse(visit, "login_required", "prompt=none needs a signed-in user"),
        None => HttpResponse::redirect(&flow.address("/login")),
    }
}
