//! The token endpoints.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::{ECDSA_P256_SHA256_FIXED, KeyPair as _, UnparsedPublicKey};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::call::{Call, PUBLIC_CLIENT};
use crate::core::directory::providers::apple_key;
use crate::core::stand_ins::{Consent, Kind, TOKEN_S};
use crate::core::wire::form::Form;
use crate::core::wire::http::HttpResponse;
use crate::core::world::tokens::{Role, sign};

/// Why there are no tokens: status, error and description.
type Refusal = (u16, &'static str, &'static str);

pub(super) fn answer(call: &mut Call<'_>) -> HttpResponse {
    let response = match exchange(call) {
        Ok(tokens) => HttpResponse::json(200, &tokens),
        Err((status, error, description)) if call.kind == Kind::Facebook => {
            let text = format!("{error}: {description}");
            HttpResponse::json(status, &json!({ "error": { "message": text, "type": "OAuthException", "code": 100 } }))
        }
        Err((status, error, description)) => {
            HttpResponse::json(status, &json!({ "error": error, "error_description": description }))
        }
    };
    response.with("Cache-Control", "no-store")
}

fn exchange(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let form = call.parameters();
    // Facebook's endpoint knows only this grant and does not ask for its name.
    if form.get("grant_type").is_some_and(|grant| grant != "authorization_code")
        || (form.get("grant_type").is_none() && call.kind != Kind::Facebook)
    {
        return Err((400, "unsupported_grant_type", "grant_type must be authorization_code"));
    }
    let (client_id, secret) = credentials(call, &form)?;
    if !is_client(call, &client_id, secret.as_deref()) {
        return Err((401, "invalid_client", "client_id or client_secret is wrong"));
    }
    let invalid = |text| (400, "invalid_grant", text);
    let code = form.get("code").ok_or((400, "invalid_request", "code is missing"))?;
    let consent = call.shared.stand_ins.take_code(call.kind, &client_id, code, call.now_ms);
    let consent = consent.ok_or(invalid("the code is unknown, used, expired or another client's"))?;
    if form.get("redirect_uri") != Some(&consent.redirect_uri) {
        return Err(invalid("redirect_uri is not that of the authorization request"));
    }
    let challenge = form.get("code_verifier").map(|verifier| URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)));
    if challenge != consent.challenge {
        return Err(invalid("code_verifier does not fit the code_challenge"));
    }
    let access_token = call.random.base64url::<48>();
    let mut tokens = json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": TOKEN_S });
    if call.kind.is_openid() {
        tokens["id_token"] = json!(id_token(call, &consent, &access_token));
        tokens["scope"] = json!(consent.scope);
    }
    call.shared.stand_ins.add_token(access_token, consent, call.now_ms);
    Ok(tokens)
}

/// Client id and secret, from the body or the `Authorization` header (RFC 6749, section 2.3.1).
fn credentials(call: &Call<'_>, form: &Form) -> Result<(String, Option<String>), Refusal> {
    let Some(header) = call.request.header("Authorization") else {
        let text = |name: &str| form.get(name).map(str::to_owned);
        return Ok((text("client_id").unwrap_or_default(), text("client_secret")));
    };
    let pair = header.strip_prefix("Basic ").and_then(|text| String::from_utf8(STANDARD.decode(text).ok()?).ok());
    let pair = pair.as_deref().and_then(|pair| pair.split_once(':'));
    let (id, secret) = pair.ok_or((401, "invalid_client", "the Authorization header is malformed"))?;
    let decode = |text: &str| Form::parse(&format!("x={text}")).get("x").unwrap_or_default().to_owned();
    Ok((decode(id), Some(decode(secret))))
}

fn is_client(call: &Call<'_>, client_id: &str, secret: Option<&str>) -> bool {
    if client_id == PUBLIC_CLIENT {
        return secret.is_none();
    }
    let Some(provider) = call.relying_party(client_id) else { return false };
    let detail = |name: &str| provider.detail(name);
    match call.kind {
        Kind::Apple => secret.is_some_and(|secret| is_apple_secret(secret, &detail, call.now_ms / 1000)),
        _ => detail("client_secret") == secret,
    }
}

/// Apple's client secret: a token signed with the client's own key (Apple, "Creating a client secret").
fn is_apple_secret<'a>(secret: &str, detail: &impl Fn(&str) -> Option<&'a str>, now_s: u64) -> bool {
    let Some((message, signature)) = secret.rsplit_once('.') else { return false };
    let part = |index| -> Option<Map<String, Value>> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(message.split('.').nth(index)?).ok()?).ok()
    };
    let (Some(header), Some(claims), Some(key)) =
        (part(0), part(1), apple_key(detail("private_key").unwrap_or_default()))
    else {
        return false;
    };
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
    let signed = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.public_key().as_ref())
        .verify(message.as_bytes(), &signature)
        .is_ok();
    let says = |object: &Map<String, Value>, name: &str, value: Option<&str>| {
        object.get(name).and_then(Value::as_str) == value && value.is_some()
    };
    let time = |name: &str| claims.get(name).and_then(Value::as_u64).unwrap_or_default();
    signed
        && says(&header, "alg", Some("ES256"))
        && says(&header, "kid", detail("key_id"))
        && says(&claims, "iss", detail("team_id"))
        && says(&claims, "sub", detail("client_id"))
        && says(&claims, "aud", Some("https://appleid.apple.com"))
        && time("iat") <= now_s
        && now_s < time("exp")
}

fn id_token(call: &Call<'_>, consent: &Consent, access_token: &str) -> String {
    let now = call.now_ms / 1000;
    let mut claims = consent.person.claims(call.kind, &consent.scope);
    let hash = URL_SAFE_NO_PAD.encode(&Sha256::digest(access_token)[..16]);
    let Value::Object(fixed) = json!({
        "iss": call.issuer, "sub": consent.person.subject(call.kind), "aud": consent.client_id, "azp": consent.client_id,
        "iat": now, "exp": now + TOKEN_S, "auth_time": consent.at_ms / 1000, "at_hash": hash,
    }) else {
        return String::new();
    };
    claims.extend(fixed);
    claims.extend(consent.nonce.as_ref().map(|nonce| ("nonce".to_owned(), json!(nonce))));
    sign(call.keys, call.kind.key_id(), Role::Id, claims, call.forgery.as_ref())
}
