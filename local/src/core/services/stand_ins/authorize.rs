//! The front door: a request comes in, a person is chosen, a code or an error goes back.

use serde_json::json;

use super::call::{Call, PUBLIC_CLIENT};
use super::{page, saml};
use crate::core::stand_ins::{Consent, Kind, Person};
use crate::core::wire::form::Form;
use crate::core::wire::http::HttpResponse;

/// Shows the choice of people.
pub(super) fn ask(call: &Call<'_>) -> HttpResponse {
    let query = call.request.query_form();
    if call.kind == Kind::Saml {
        return saml::ask(call, &query);
    }
    if let Err(text) = check(call, &query) {
        return page::refuse(call, &text);
    }
    if query.get("prompt") == Some("none") {
        return reply(call, &query, vec![("error", "login_required".to_owned())]);
    }
    page::chooser(call, &query.encode(), query.get("login_hint"))
}

/// Takes the choice.
pub(super) fn answer(call: &mut Call<'_>) -> HttpResponse {
    let posted = call.parameters();
    let query = Form::parse(posted.get("request").unwrap_or_default());
    let person = posted.get("person").and_then(Person::find);
    if person.is_none() && posted.get("cancel").is_none() {
        return page::refuse(call, "Nobody was chosen. Go back and choose a person.");
    }
    if call.kind == Kind::Saml {
        return saml::answer(call, &query, person);
    }
    if let Err(text) = check(call, &query) {
        return page::refuse(call, &text);
    }
    match person {
        None => reply(call, &query, cancelled(call.kind)),
        Some(person) => agreed(call, &query, person),
    }
}

fn check(call: &Call<'_>, query: &Form) -> Result<(), String> {
    let (client_id, redirect_uri) =
        (query.get("client_id").unwrap_or_default(), query.get("redirect_uri").unwrap_or_default());
    call.check_client(client_id, redirect_uri)?;
    if query.get("response_type") != Some("code") {
        return Err("The response_type must be code.".into());
    }
    let scope = query.get("scope").unwrap_or_default();
    // Google signs people in, with an ID token, for the scope email alone.
    if call.kind == Kind::Oidc && !scope.split_whitespace().any(|scope| scope == "openid") {
        return Err("The scope must contain openid.".into());
    }
    if call.kind == Kind::Apple && query.get("response_mode") != Some("form_post") && !scope.is_empty() {
        return Err("The response_mode must be form_post when name or email scope is requested.".into());
    }
    let challenge = query.get("code_challenge");
    if (challenge.is_some() || client_id == PUBLIC_CLIENT)
        && (query.get("code_challenge_method") != Some("S256") || challenge.is_none_or(|text| text.len() != 43))
    {
        return Err("A code_challenge of the method S256 is needed.".into());
    }
    Ok(())
}

/// How each provider says that the person would rather not.
fn cancelled(kind: Kind) -> Vec<(&'static str, String)> {
    let pairs: &[(&str, &str)] = match kind {
        Kind::Apple => &[("error", "user_cancelled_authorize")],
        Kind::Facebook => &[
            ("error", "access_denied"),
            ("error_code", "200"),
            ("error_description", "Permissions error"),
            ("error_reason", "user_denied"),
        ],
        Kind::Amazon => &[("error", "access_denied"), ("error_description", "Access not permitted.")],
        Kind::Google => &[("error", "access_denied")],
        Kind::Oidc | Kind::Saml => &[("error", "access_denied"), ("error_description", "End-User aborted interaction")],
    };
    pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

fn agreed(call: &mut Call<'_>, query: &Form, person: &'static Person) -> HttpResponse {
    let text = |name: &str| query.get(name).map(str::to_owned);
    let client_id = text("client_id").unwrap_or_default();
    let scope = text("scope").unwrap_or_default();
    let mut fields = Vec::new();
    if call.kind == Kind::Apple {
        fields.extend(apple_user(call, &client_id, person, &scope).map(|user| ("user", user)));
    }
    let consent = Consent {
        kind: call.kind,
        person,
        client_id,
        redirect_uri: text("redirect_uri").unwrap_or_default(),
        scope,
        nonce: text("nonce"),
        challenge: text("code_challenge"),
        at_ms: call.now_ms,
    };
    let code = call.random.base64url::<32>();
    call.shared.stand_ins.add_code(code.clone(), consent);
    fields.insert(0, ("code", code));
    reply(call, query, fields)
}

/// Apple tells the name beside the code, the first time only.
fn apple_user(call: &mut Call<'_>, client_id: &str, person: &'static Person, scope: &str) -> Option<String> {
    let first = call.shared.stand_ins.meet(client_id, person);
    let named = scope.split_whitespace().any(|scope| scope == "name");
    let name = json!({ "firstName": person.given_name, "lastName": person.family_name });
    (first && named).then(|| json!({ "name": name, "email": person.email }).to_string())
}

fn reply(call: &Call<'_>, query: &Form, mut fields: Vec<(&'static str, String)>) -> HttpResponse {
    fields.extend(query.get("state").map(|state| ("state", state.to_owned())));
    if call.kind.names_issuer() {
        fields.push(("iss", call.issuer.clone()));
    }
    let to = query.get("redirect_uri").unwrap_or_default();
    if query.get("response_mode") == Some("form_post") {
        return page::forward(call, to, &fields);
    }
    let joint = if to.contains('?') { '&' } else { '?' };
    let parameters = Form::from_iter(fields);
    HttpResponse { status: 303, ..HttpResponse::redirect(&format!("{to}{joint}{}", parameters.encode())) }
}
