//! `Auth::fetch` with signatures.

use poolpass_web::{Auth, Credential, IdentityPool, Storage};
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Response;

use crate::support::cognito::{reply, response};
use crate::support::{Sent, Server};

const API: &str = "https://a1b2.execute-api.eu-west-1.amazonaws.com";
const NOTES: &str = "https://notes.s3.eu-west-1.amazonaws.com";

fn open(last: u32) -> Auth {
    let pool = IdentityPool::new(&format!("eu-west-1:00000000-0000-4000-8000-00000000000{last}")).allow_guest_access();
    Auth::builder_without_user_pool(pool)
        .origin(API, Credential::Iam)
        .origin(NOTES, Credential::Iam)
        .storage(Storage::Memory)
        .open()
        .unwrap()
}

/// An identity pool that gives each time other credentials, and a service that answers so.
fn server(mut service: impl FnMut(&Sent) -> Result<Response, JsValue> + 'static) -> Server {
    let mut number = 0;
    Server::start(move |sent| match sent.operation().as_str() {
        "GetId" => Ok(reply(&json!({ "IdentityId": "eu-west-1:1" }))),
        "GetCredentialsForIdentity" => {
            number += 1;
            let expiration = js_sys::Date::now() / 1000.0 + 3600.0;
            Ok(reply(&json!({ "IdentityId": "eu-west-1:1", "Credentials": {
                "AccessKeyId": format!("ASIA{number}"), "SecretKey": "secret", "SessionToken": "token", "Expiration": expiration,
            } })))
        }
        _ => service(sent),
    })
}

fn to_service(server: &Server) -> Vec<Sent> {
    server.sent().into_iter().filter(|sent| sent.operation().is_empty()).collect()
}

#[wasm_bindgen_test]
async fn a_request_is_signed_with_its_body() {
    let server = server(|_| Ok(response(200, "", &[])));
    let auth = open(1);
    // A small body is hashed here, a large one by WebCrypto.
    let bodies = ["small".to_owned(), "x".repeat(5_000)];
    for body in &bodies {
        auth.fetch(&format!("{NOTES}/a%20b?x=a+b")).method("PUT").body(body.as_str()).await.unwrap();
    }
    for (sent, body) in to_service(&server).iter().zip(&bodies) {
        let authorization = sent.header("authorization").unwrap();
        assert!(authorization.starts_with("AWS4-HMAC-SHA256 Credential=ASIA1/"), "{authorization}");
        assert!(authorization.contains("/eu-west-1/s3/aws4_request"), "{authorization}");
        assert_eq!(sent.header("x-amz-security-token").as_deref(), Some("token"));
        let hash = poolpass::encode::hex::encode(&poolpass::crypto::sha256::sha256(&[body.as_bytes()]));
        assert_eq!(sent.header("x-amz-content-sha256"), Some(hash));
    }
}

#[wasm_bindgen_test]
async fn a_plus_is_sent_as_the_blank_that_it_means_and_dots_are_refused() {
    let server = server(|_| Ok(response(200, "", &[])));
    let auth = open(2);
    auth.fetch(&format!("{NOTES}/k?prefix=a+b")).header("x-a", "1").await.unwrap();
    let sent = to_service(&server).remove(0);
    assert_eq!(sent.request.url(), format!("{NOTES}/k?prefix=a%20b"));
    assert_eq!(sent.header("x-a").as_deref(), Some("1"));
    for path in ["/a/../b", "/a/%2E%2e/b", "/.", "/a\\..\\b", "/a/.\n./b"] {
        assert_eq!(auth.fetch(&format!("{NOTES}{path}")).await.unwrap_err().code(), "bad_input", "{path}");
    }
    assert_eq!(to_service(&server).len(), 1);
}

#[wasm_bindgen_test]
async fn a_signature_that_is_too_old_is_made_again_with_the_servers_time() {
    let mut is_first = true;
    let server = server(move |_| {
        let skewed = "<Error><Code>RequestTimeTooSkewed</Code></Error>";
        let date = [("date", "Tue, 01 Jan 2030 00:00:00 GMT")];
        let answer = if is_first { response(403, skewed, &date) } else { response(200, "done", &[]) };
        is_first = false;
        Ok(answer)
    });
    let auth = open(3);
    assert_eq!(auth.fetch(&format!("{API}/notes")).await.unwrap().status(), 200);
    let sent = to_service(&server);
    assert_eq!(sent.len(), 2);
    assert!(sent[1].header("x-amz-date").unwrap().starts_with("20300101T"));
    auth.fetch(&format!("{API}/notes")).await.unwrap();
    assert!(to_service(&server)[2].header("x-amz-date").unwrap().starts_with("20300101T"), "and it is remembered");
}

#[wasm_bindgen_test]
async fn expired_credentials_are_replaced_once() {
    let server = server(|_| Ok(response(400, "", &[("x-amzn-errortype", "ExpiredTokenException")])));
    assert_eq!(open(4).fetch(&format!("{API}/")).await.unwrap().status(), 400);
    let keys: Vec<bool> = to_service(&server)
        .iter()
        .map(|sent| sent.header("authorization").unwrap().contains("Credential=ASIA1/"))
        .collect();
    assert_eq!(keys, [true, false]);
}

#[wasm_bindgen_test]
async fn a_refusal_for_another_reason_is_the_result() {
    let server = server(|_| Ok(response(403, "AccessDenied", &[])));
    assert_eq!(open(5).fetch(&format!("{API}/")).await.unwrap().status(), 403);
    assert_eq!(to_service(&server).len(), 1);
}

#[wasm_bindgen_test]
async fn signing_and_presigning_use_the_form_that_is_sent() {
    let server = server(|_| Ok(response(200, "", &[])));
    let auth = open(6);
    let headers = auth.sign("PUT", "https://NOTES.s3.eu-west-1.amazonaws.com:443/ä").body(b"x").await.unwrap();
    assert!(headers.iter().any(|(name, _)| *name == "authorization"));
    let url = auth.presign("GET", &format!("{NOTES}/ä")).expires_in(60).await.unwrap();
    let url = url.expose_secret();
    assert!(url.starts_with(&format!("{NOTES}/%C3%A4?")) && url.contains("X-Amz-Expires=60"), "{url}");
    assert_eq!(auth.presign("GET", "notes").await.unwrap_err().code(), "bad_input");
    assert_eq!(auth.sign("GET", "https://api.example.com/").await.unwrap_err().code(), "bad_input");
    assert!(auth.sign("GET", "https://api.example.com/").scope("execute-api", "eu-west-1").await.is_ok());
    assert_eq!(auth.credentials().await.unwrap().credentials.access_key_id, "ASIA1");
    assert_eq!(server.operations(), ["GetId", "GetCredentialsForIdentity"]);
}
