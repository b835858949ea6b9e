//! Cognito's replies. Their forms are those of botocore's service models of `cognito-idp` and `cognito-identity`.

use js_sys::Date;
use poolpass::encode::base64;
use poolpass_web::{Auth, AuthFlow, SignIn, Storage};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use web_sys::{Headers, Response, ResponseInit};

use super::{POOL_ID, Sent, auth};

pub(crate) fn response(status: u16, body: &str, headers: &[(&str, &str)]) -> Response {
    let all = Headers::new().unwrap();
    for (name, value) in headers {
        all.set(name, value).unwrap();
    }
    let init = ResponseInit::new();
    init.set_status(status);
    init.set_headers(&all);
    Response::new_with_opt_str_and_init(Some(body), &init).unwrap()
}

pub(crate) fn reply(body: &Value) -> Response {
    response(200, &body.to_string(), &[])
}

pub(crate) fn exception(name: &str, message: &str) -> Response {
    response(400, &json!({ "__type": name, "message": message }).to_string(), &[("x-amzn-errortype", name)])
}

/// An unsigned token. The kit doesn't verify the signature of tokens that come from the service itself.
fn token(claims: &Value) -> String {
    let part = |json: &Value| base64::encode_url(json.to_string().as_bytes());
    [part(&json!({ "alg": "RS256", "kid": "1" })), part(claims), "AA".to_owned()].join(".")
}

/// `AuthenticationResult` for ada; `number` distinguishes the sets of tokens.
pub(crate) fn tokens(client_id: &str, number: u32) -> Value {
    let now = (Date::now() / 1000.0) as i64;
    let issuer = format!("https://cognito-idp.eu-west-1.amazonaws.com/{POOL_ID}");
    let access = json!({
        "sub": "ada-sub", "iss": issuer, "client_id": client_id, "token_use": "access", "username": "ada",
        "cognito:groups": ["admins"], "iat": now, "exp": now + 3600, "jti": number,
    });
    let id = json!({
        "sub": "ada-sub", "iss": issuer, "aud": client_id, "token_use": "id", "cognito:username": "ada",
        "email": "ada@example.com", "iat": now, "exp": now + 3600, "jti": number,
    });
    json!({ "AuthenticationResult": {
        "AccessToken": token(&access), "IdToken": token(&id), "RefreshToken": format!("refresh-{number}"),
        "ExpiresIn": 3600, "TokenType": "Bearer",
    } })
}

/// Answers everything that a session needs; other requests go on to `other`.
pub(crate) fn answer(
    client_id: &'static str,
    mut other: impl FnMut(&Sent) -> Result<Response, JsValue>,
) -> impl FnMut(&Sent) -> Result<Response, JsValue> {
    let mut number = 0;
    move |sent| match sent.operation().as_str() {
        "InitiateAuth" | "GetTokensFromRefreshToken" => {
            number += 1;
            Ok(reply(&tokens(client_id, number)))
        }
        "RevokeToken" | "GlobalSignOut" => Ok(reply(&json!({}))),
        _ => other(sent),
    }
}

/// Nothing else is to be asked.
pub(crate) fn nothing_else(sent: &Sent) -> Result<Response, JsValue> {
    panic!("unexpected request to {}", sent.request.url())
}

/// Signs ada in. The server must be running.
pub(crate) async fn sign_in(auth: &Auth) {
    let signed_in = auth.sign_in("ada", "Correct-Horse7!").flow(AuthFlow::UserPasswordAuth).await.unwrap();
    assert!(matches!(signed_in, SignIn::Done { user, .. } if user.username == "ada" && user.user_id == "ada-sub"));
}

/// An `Auth` that keeps its session in memory, with ada signed in.
pub(crate) async fn signed_in(client_id: &str) -> Auth {
    let auth = auth(client_id, Storage::Memory);
    sign_in(&auth).await;
    auth
}
