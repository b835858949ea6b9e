//! An emulator on a clock that stands still, and short ways to call it.

use poolpass_local::core::{Config, Delivery, Emulator, HttpRequest, HttpResponse, ManualClock};
use serde_json::{Value, json};
use std::time::Duration;

use crate::conformance::{self, USER_POOLS};
use crate::observed;
use crate::state;

pub(crate) const POOL: &str = "eu-west-1_PoolPass1";
pub(crate) const WEB: &str = "poolpasslocalwebclient0001";
pub(crate) const ROTATION: &str = "poolpasslocalrotation00001";
pub(crate) const PASSWORD: &str = "Correct-Horse7!";

/// Thu Nov 6 09:05:03 UTC 2025.
pub(crate) const START_MS: u64 = 1_762_419_903_000;

pub(crate) struct World {
    pub(crate) emulator: Emulator,
    pub(crate) clock: ManualClock,
}

/// A reply of the JSON service.
pub(crate) struct Reply {
    pub(crate) http: HttpResponse,
    pub(crate) body: Value,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(Config::default())
    }

    pub(crate) fn with(config: Config) -> Self {
        let clock = ManualClock::new(START_MS);
        Self { emulator: Emulator::new(config, clock.clone(), Some(1)), clock }
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// Calls an operation, with the form of a signature where AWS wants one.
    pub(crate) fn call(&self, operation: &str, body: Value) -> Reply {
        self.call_in("eu-west-1", operation, body)
    }

    /// Calls an operation; one for administrators is signed for the region.
    pub(crate) fn call_in(&self, region: &str, operation: &str, body: Value) -> Reply {
        let mut request = service_request(operation, body.to_string());
        if conformance::is_signed(&USER_POOLS, operation) {
            request.headers.push(("Authorization".into(), signature_for(region, "cognito-idp")));
        }
        let http = self.emulator.handle(request);
        let read: Result<Value, _> = serde_json::from_slice(&http.body);
        let body = read.as_ref().ok().cloned().unwrap_or(Value::Null);
        // Garbage that was ordered has no shape.
        if http.status == 200 && http.delivery == Delivery::Whole && (read.is_ok() || http.body.is_empty()) {
            conformance::check_output(&USER_POOLS, operation, &body);
        }
        observed::note("cognito-idp", operation, &body);
        Reply { http, body }
    }

    /// Calls an operation that must succeed.
    #[track_caller]
    pub(crate) fn ok(&self, operation: &str, body: Value) -> Value {
        let reply = self.call(operation, body);
        assert_eq!(reply.http.status, 200, "{operation}: {}", reply.body);
        reply.body
    }

    /// Calls an operation that must fail with status 400: type and text of the error.
    #[track_caller]
    pub(crate) fn err(&self, operation: &str, body: Value) -> (String, String) {
        let reply = self.call(operation, body);
        assert_eq!(reply.http.status, 400, "{operation}: {}", reply.body);
        (reply.text("__type"), reply.text("message"))
    }

    /// Calls the control API.
    #[track_caller]
    pub(crate) fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let http = self.send(method, &format!("/_poolpass/{path}"), &body.to_string());
        let text = String::from_utf8_lossy(&http.body).into_owned();
        assert_eq!(http.status, 200, "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    pub(crate) fn send(&self, method: &str, target: &str, body: &str) -> HttpResponse {
        let headers = vec![("Host".into(), "localhost:9400".into())];
        let request = HttpRequest { method: method.into(), target: target.into(), headers, body: body.into() };
        self.emulator.handle(request)
    }

    /// Signs in by USER_PASSWORD_AUTH: the `AuthenticationResult`.
    #[track_caller]
    pub(crate) fn sign_in(&self, client: &str, username: &str, password: &str) -> Value {
        self.ok("InitiateAuth", password_flow(client, username, password))["AuthenticationResult"].take()
    }

    /// The code in the newest message to someone.
    #[track_caller]
    pub(crate) fn code(&self, to: &str) -> String {
        let inbox = self.control("GET", &format!("inbox?to={to}"), Value::Null);
        inbox["messages"][0]["code"].as_str().expect("a code").to_owned()
    }

    /// The code to type now, of a user's authenticator app.
    #[track_caller]
    pub(crate) fn totp(&self, user: &str) -> String {
        self.control("GET", &format!("totp?user={user}"), Value::Null)["code"].as_str().unwrap().to_owned()
    }

    /// The current code of a secret.
    #[track_caller]
    pub(crate) fn totp_of(&self, secret: &str) -> String {
        self.control("GET", &format!("totp?secret={secret}"), Value::Null)["code"].as_str().unwrap().to_owned()
    }

    /// The secret of a user of the configuration.
    #[track_caller]
    pub(crate) fn totp_secret(&self, user: &str) -> String {
        let config = self.control("GET", "config", Value::Null);
        let users = config["userPools"][0]["users"].as_array().unwrap();
        let user = users.iter().find(|known| known["username"] == user).unwrap();
        user["totpSecret"].as_str().unwrap().to_owned()
    }

    /// The answer to SOFTWARE_TOKEN_MFA.
    pub(crate) fn totp_answer(challenge: &Value, username: &str, code: &str) -> Value {
        json!({
            "ChallengeName": "SOFTWARE_TOKEN_MFA", "ClientId": WEB, "Session": challenge["Session"],
            "ChallengeResponses": { "USERNAME": username, "SOFTWARE_TOKEN_MFA_CODE": code },
        })
    }

    /// Signs in by USER_PASSWORD_AUTH and a code: the `AuthenticationResult`.
    #[track_caller]
    pub(crate) fn sign_in_with_totp(&self, username: &str, password: &str, code: &str) -> Value {
        let challenge = self.ok("InitiateAuth", password_flow(WEB, username, password));
        assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
        let answer = Self::totp_answer(&challenge, username, code);
        self.ok("RespondToAuthChallenge", answer)["AuthenticationResult"].take()
    }

    /// Makes a client in the built-in pool: its id.
    #[track_caller]
    pub(crate) fn client(&self, mut settings: Value) -> String {
        settings["UserPoolId"] = json!(POOL);
        settings["ClientName"] = json!("made");
        let reply = self.ok("CreateUserPoolClient", settings);
        reply["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned()
    }
}

/// Whatever a test has done: a restart loses nothing of it.
impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            state::assert_survives(&self.emulator);
        }
    }
}

impl Reply {
    pub(crate) fn text(&self, key: &str) -> String {
        self.body[key].as_str().unwrap_or_default().to_owned()
    }
}

pub(crate) fn service_request(operation: &str, body: impl Into<Vec<u8>>) -> HttpRequest {
    let headers = [
        ("Content-Type", "application/x-amz-json-1.1".to_owned()),
        ("X-Amz-Target", format!("AWSCognitoIdentityProviderService.{operation}")),
        ("Host", "localhost:9400".to_owned()),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value)).to_vec();
    HttpRequest { method: "POST".into(), target: "/".into(), headers, body: body.into() }
}

pub(crate) fn signature() -> String {
    signature_for("eu-west-1", "cognito-idp")
}

/// The form of a signature for a region and a service.
pub(crate) fn signature_for(region: &str, service: &str) -> String {
    let scope = format!("20251106/{region}/{service}/aws4_request");
    let digits = "0".repeat(64);
    format!("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope}, SignedHeaders=host, Signature={digits}")
}

pub(crate) fn password_flow(client: &str, username: &str, password: &str) -> Value {
    json!({
        "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": client,
        "AuthParameters": { "USERNAME": username, "PASSWORD": password },
    })
}

/// The claims of a token.
pub(crate) fn claims(token: &Value) -> Value {
    use base64::Engine as _;
    let part = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[track_caller]
pub(crate) fn assert_error(actual: (String, String), kind: &str, text: &str) {
    assert_eq!((actual.0.as_str(), actual.1.as_str()), (kind, text));
}

/// Asserts a `NotAuthorizedException`, the commonest error, by its text.
#[track_caller]
pub(crate) fn assert_refused(actual: (String, String), text: &str) {
    assert_error(actual, "NotAuthorizedException", text);
}
