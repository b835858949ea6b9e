//! `Auth::appsync`.

use poolpass_web::{AppSyncAccess, AppSyncApi, Auth, AuthMode, Purpose, Storage};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use crate::support::Server;
use crate::support::cognito::reply;

const GRAPHQL: &str = "https://a1b2.appsync-api.eu-west-1.amazonaws.com/graphql";
const EVENTS: &str = "https://events.example.com/event";

fn open() -> Auth {
    let settings = json!({
        "identityPool": { "identityPoolId": "eu-west-1:00000000-0000-4000-8000-0000000000a1", "allowGuestAccess": true },
        "graphql": { "endpoint": GRAPHQL, "defaultAuthMode": "apiKey", "apiKey": "da2-x" },
        "events": { "endpoint": EVENTS, "defaultAuthMode": "lambda" },
    });
    Auth::from_json(&settings.to_string()).unwrap().storage(Storage::Memory).open().unwrap()
}

fn shown(access: &AppSyncAccess) -> Vec<(&str, &str)> {
    access.headers.iter().map(|(name, value)| (name.as_str(), value.expose_secret().as_str())).collect()
}

#[wasm_bindgen_test]
async fn a_request_has_the_address_and_the_headers_of_its_api() {
    let auth = open();
    let by_key = auth.appsync(AppSyncApi::GraphQl, "{}").await.unwrap();
    assert_eq!((by_key.url.as_str(), by_key.auth_mode), (GRAPHQL, AuthMode::ApiKey));
    assert_eq!(shown(&by_key), [("x-api-key", "da2-x")]);

    let to_connect = auth.appsync(AppSyncApi::Events, "{}").purpose(Purpose::Connect).auth_token("own").await.unwrap();
    assert_eq!(to_connect.url, "wss://events.example.com/event/realtime");
    assert_eq!(shown(&to_connect), [("Authorization", "own"), ("host", "events.example.com")]);

    let no_token = auth.appsync(AppSyncApi::Events, "{}").await.err().unwrap();
    assert_eq!(no_token.code(), "bad_input");
    let nobody = auth.appsync(AppSyncApi::GraphQl, "{}").auth_mode(AuthMode::UserPool).await.err().unwrap();
    assert_eq!(nobody.code(), "signed_out");
}

#[wasm_bindgen_test]
async fn a_signature_is_the_identity_pools() {
    let mut number = 0;
    let server = Server::start(move |sent| match sent.operation().as_str() {
        "GetId" => Ok(reply(&json!({ "IdentityId": "eu-west-1:1" }))),
        _ => {
            number += 1;
            let expiration = js_sys::Date::now() / 1000.0 + 3600.0;
            Ok(reply(&json!({ "IdentityId": "eu-west-1:1", "Credentials": {
                "AccessKeyId": format!("ASIA{number}"), "SecretKey": "secret", "SessionToken": "token", "Expiration": expiration,
            } })))
        }
    });
    let auth = open();
    let signed = || auth.appsync(AppSyncApi::GraphQl, r#"{"query":"{ notes { id } }"}"#).auth_mode(AuthMode::Iam);
    for (request, key) in [(signed(), "ASIA1"), (signed(), "ASIA1"), (signed().renew(), "ASIA2")] {
        let access = request.await.unwrap();
        let (_, authorization) = access.headers.iter().find(|(name, _)| name == "authorization").unwrap();
        let authorization = authorization.expose_secret();
        assert!(authorization.contains(&["Credential=", key, "/"].concat()), "{authorization}");
        assert!(authorization.contains("/eu-west-1/appsync/aws4_request"), "{authorization}");
    }
    assert_eq!(server.operations().last().map(String::as_str), Some("GetCredentialsForIdentity"));
}

#[wasm_bindgen_test]
async fn the_signal_ends_it() {
    let controller = AbortController::new().unwrap();
    let auth = open().with_signal(&controller.signal());
    controller.abort();
    let error = auth.appsync(AppSyncApi::GraphQl, "{}").auth_mode(AuthMode::Iam).await.err().unwrap();
    assert_eq!(error.code(), "aborted");
}
