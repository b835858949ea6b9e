//! The way back: from another identity provider's answer to the app.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Map;

use super::pending::Pending;
use super::provider_start::COOKIE;
use super::visit::Visit;
use super::{error_names, error_page};
use crate::core::directory::Proof;
use crate::core::directory::providers::{IdentityProvider, ProviderKind};
use crate::core::saml;
use crate::core::services::federation::{Endpoints, Exchange, Profile, Refusal, sign_in};
use crate::core::wire::form::Form;
use crate::core::wire::http::HttpResponse;
use crate::core::world::outside::Outside;

/// A provider's answer to a sign-in of this browser.
struct Returned {
    pending: Pending,
    answer: Form,
}

/// Answers at a callback.
pub(super) fn answer(visit: &mut Visit<'_>) -> HttpResponse {
    returned(visit).map_or_else(|reply| reply, |returned| finish(visit, returned))
}

/// Takes up an answer.
///
/// # Errors
/// What to reply where it belongs to no sign-in of this browser: there is no app to go back to.
fn returned(visit: &mut Visit<'_>) -> Result<Returned, HttpResponse> {
    let (request, now_ms) = (visit.request, visit.context.now_ms);
    let answer = if request.method == "POST" { visit.form.clone() } else { visit.query.clone() };
    let key = answer.get("state").or_else(|| answer.get("RelayState")).unwrap_or_default();
    let taken = request.cookies(COOKIE).find_map(|cookie| visit.pending.take(key, cookie, now_ms));
    if let Some(mut pending) = taken {
        let answer = pending.posted.take().unwrap_or(answer);
        return Ok(Returned { pending, answer });
    }
    // A POST of another site comes without the cookie, a redirect to here will have it.
    if request.method == "POST" && request.cookies(COOKIE).next().is_none() && visit.pending.keep(key, answer.clone()) {
        let again = format!("{}?{}", request.path(), Form::from_iter([("state", key)]).encode());
        return Err(HttpResponse { status: 303, ..HttpResponse::redirect(&again) });
    }
    Err(error_page::go(error_names::NO_SUCH_SIGN_IN, None))
}

/// Finds out who the person is, and goes back to the app.
fn finish(visit: &mut Visit<'_>, returned: Returned) -> HttpResponse {
    let Returned { pending, answer } = returned;
    let (name, now_ms) = (&pending.provider_name, visit.context.now_ms);
    let provider = visit.pools.find(&pending.flow.pool_id).and_then(|pool| pool.provider(name).cloned());
    let outcome = provider
        .ok_or_else(|| Refusal::invalid_request(format!("Identity provider {name} does not exist.")))
        .and_then(|provider| Ok((profile(visit.context.outside, now_ms, &pending, &provider, &answer)?, provider)));
    let mut flow = pending.flow;
    visit.context.input.client_id = Some(flow.client.id.clone());
    let user = outcome.and_then(|(profile, provider)| {
        let pool = visit.pools.get(&flow.pool_id)?;
        sign_in(pool, &flow.client, &provider, &profile, &mut visit.context)
    });
    match user {
        Ok(username) => {
            visit.sign_in(&flow, &username, Proof::default());
            flow.nonce.get_or_insert(pending.nonce);
            flow.complete(visit, &username, now_ms / 1000)
        }
        Err(refusal) => flow.refuse(visit, &refusal.error, &refusal.description),
    }
}

fn profile(
    outside: &mut Outside,
    now_ms: u64,
    pending: &Pending,
    provider: &IdentityProvider,
    answer: &Form,
) -> Result<Profile, Refusal> {
    match &pending.endpoints {
        Endpoints::OAuth(endpoints) => {
            if let Some(error) = answer.get("error") {
                return Err(refused(provider.name(), error, answer.get("error_description")));
            }
            if answer.get("iss").is_some_and(|issuer| endpoints.issuer.as_deref() != Some(issuer)) {
                // RFC 9207: another provider's answer must not be taken for this one's.
                return Err(Refusal::invalid_request("The iss of the answer is not the issuer of the provider"));
            }
            let code = answer.get("code").ok_or_else(|| Refusal::invalid_request("The IdP sent no code"))?;
            let (base, nonce, verifier) = (&pending.base, &pending.nonce, &pending.verifier);
            let mut exchange = Exchange { outside, provider, endpoints, base, nonce, verifier, now_ms };
            let mut profile = exchange.profile(code)?;
            if provider.kind() == ProviderKind::SignInWithApple {
                profile.add_apple_user(answer.get("user").unwrap_or_default());
            }
            Ok(profile)
        }
        Endpoints::Saml(metadata) => {
            let invalid =
                |text: String| Refusal::new("server_error", format!("Invalid SAML response received: {text}"));
            let packed: String = answer.get("SAMLResponse").unwrap_or_default().split_whitespace().collect();
            let text = STANDARD.decode(packed).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let text = text.ok_or_else(|| invalid("SAMLResponse is not base64 of text".into()))?;
            let expected = saml::Expected {
                metadata,
                audience: &saml::entity_id(&pending.flow.pool_id),
                recipient: &saml::callback(&pending.base),
                request_id: &saml::request_id(&pending.nonce),
                now_ms,
            };
            let assertion = saml::read(&text, &expected).map_err(|failure| match failure {
                saml::Failure::Invalid(text) => invalid(text),
                saml::Failure::Status(status) => {
                    Refusal::new("access_denied", format!("{}: {status}", provider.name()))
                }
            })?;
            let saml::Assertion { subject, claims, issuer } = assertion;
            let said = Map::from_iter([("samlResponse".to_owned(), Profile::texts(&claims))]);
            Ok(Profile { subject, claims, said, issuer })
        }
    }
}

/// A person who would rather not is told from everything else that a provider reports.
fn refused(provider: &str, error: &str, description: Option<&str>) -> Refusal {
    let short = |text: &str| text.chars().take(500).collect::<String>();
    let description = description.map(short);
    match error {
        "access_denied" | "user_cancelled_authorize" => {
            Refusal::new("access_denied", description.unwrap_or_else(|| error.to_owned()))
        }
        _ => Refusal::invalid_request(
            format!("{provider} Error - {} {}", short(error), description.unwrap_or_default()).trim_end(),
        ),
    }
}
