//! `Auth::fetch` with bearer tokens.

use poolpass::error::ErrorKind;
use poolpass_web::{Auth, Credential, Storage, UserPool};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{AbortController, Request, RequestInit, RequestMode, RequestRedirect, Response};

use crate::support::cognito::{self, response};
use crate::support::{POOL_ID, Sent, Server, run};

/// An `Auth` with rules, and ada signed in.
async fn open(client_id: &str) -> Auth {
    let auth = Auth::builder(UserPool::new(POOL_ID, client_id))
        .origin("https://api.example.com", Credential::AccessToken)
        .origin("https://id.example.com", Credential::IdToken)
        .origin("https://open.example.com", Credential::None)
        .storage(Storage::Memory)
        .open()
        .unwrap();
    cognito::sign_in(&auth).await;
    auth
}

/// Cognito, and an API that answers so.
fn server(client_id: &'static str, api: impl FnMut(&Sent) -> Result<Response, JsValue> + 'static) -> Server {
    Server::start(cognito::answer(client_id, api))
}

/// The requests to the API.
fn to_api(server: &Server) -> Vec<Sent> {
    server.sent().into_iter().filter(|sent| sent.operation().is_empty()).collect()
}

async fn text(response: &Response) -> String {
    JsFuture::from(response.text().unwrap()).await.unwrap().as_string().unwrap()
}

#[wasm_bindgen_test]
async fn each_origin_gets_its_token() {
    let server = server("tokens", |_| Ok(response(200, "hello", &[])));
    let auth = open("tokens").await;
    let session = auth.session().await.unwrap().unwrap();
    let answer = auth.fetch("https://api.example.com/notes").method("POST").header("x-a", "1").body("b").await.unwrap();
    assert_eq!(text(&answer).await, "hello");
    auth.fetch("https://ID.example.com:443/").await.unwrap();
    auth.fetch("https://open.example.com/").await.unwrap();
    let sent = to_api(&server);
    let bearer = |token: &str| Some(format!("Bearer {token}"));
    assert_eq!(sent[0].header("authorization"), bearer(session.access_token().expose_secret()));
    assert_eq!(sent[1].header("authorization"), bearer(session.id_token().unwrap().expose_secret()));
    assert_eq!(sent[2].header("authorization"), None);
    assert_eq!((sent[0].request.method().as_str(), sent[0].header("x-a").as_deref()), ("POST", Some("1")));
    // A redirect could take the token to another origin.
    let redirects = [0, 1, 2].map(|at: usize| sent[at].init.get_redirect());
    assert_eq!(redirects, [Some(RequestRedirect::Error), Some(RequestRedirect::Error), None]);
}

#[wasm_bindgen_test]
async fn nothing_goes_to_an_origin_without_a_rule() {
    let server = server("rules", |_| Ok(response(200, "", &[])));
    let auth = open("rules").await;
    for url in ["https://api.example.com.evil.example/", "http://api.example.com/", "https://api.example.com:8443/"] {
        let error = auth.fetch(url).await.unwrap_err();
        assert!(error.message().contains("has no rule for"), "{error}");
    }
    assert_eq!(to_api(&server).len(), 0);
}

#[wasm_bindgen_test]
async fn nothing_is_sent_without_a_credential() {
    let server = server("anonymous", |_| Ok(response(200, "", &[])));
    let auth = open("anonymous").await;
    let init = RequestInit::new();
    init.set_mode(RequestMode::NoCors);
    let request = Request::new_with_str_and_init("https://api.example.com/", &init).unwrap();
    assert_eq!(auth.fetch_request(&request).await.unwrap_err().code(), "bad_input");
    auth.sign_out().await.unwrap();
    assert!(matches!(auth.fetch("https://api.example.com/").await.unwrap_err().kind(), ErrorKind::SignedOut));
    assert_eq!(to_api(&server).len(), 0);
}

#[wasm_bindgen_test]
async fn a_refused_token_is_replaced_once() {
    let mut refusals = 1;
    let server = server("renew", move |_| {
        refusals -= 1;
        Ok(response(if refusals >= 0 { 401 } else { 200 }, "done", &[]))
    });
    let auth = open("renew").await;
    let answer = auth.fetch("https://api.example.com/").method("PUT").body("kept").await.unwrap();
    assert_eq!((answer.status(), text(&answer).await.as_str()), (200, "done"));
    let sent = to_api(&server);
    assert_eq!(sent.len(), 2);
    assert_ne!(sent[0].header("authorization"), sent[1].header("authorization"));
    let body = JsFuture::from(sent[1].request.text().unwrap()).await.unwrap();
    assert_eq!(body.as_string().as_deref(), Some("kept"));
    assert_eq!(server.operations().iter().filter(|name| *name == "GetTokensFromRefreshToken").count(), 1);
}

#[wasm_bindgen_test]
async fn a_second_refusal_is_the_result() {
    let server = server("refused", |_| Ok(response(401, "no", &[])));
    let auth = open("refused").await;
    let answer = auth.fetch("https://api.example.com/").await.unwrap();
    assert_eq!((answer.status(), text(&answer).await.as_str()), (401, "no"), "its body can be read");
    assert_eq!(to_api(&server).len(), 2);
}

#[wasm_bindgen_test]
async fn another_error_is_the_result_at_once() {
    let server = server("errors", |_| Ok(response(403, "no", &[])));
    let auth = open("errors").await;
    assert_eq!(auth.fetch("https://api.example.com/").await.unwrap().status(), 403);
    assert_eq!(to_api(&server).len(), 1);
}

#[wasm_bindgen_test]
async fn a_stream_is_sent_once() {
    let server = server("streams", |_| Ok(response(401, "", &[])));
    let auth = open("streams").await;
    let request: Request = wasm_bindgen::JsCast::unchecked_into(run(
        "return new Request('https://api.example.com/', {
            method: 'POST', duplex: 'half',
            body: new ReadableStream({ start(controller) { controller.enqueue(new Uint8Array(3)); controller.close() } }),
        })",
    ));
    assert_eq!(auth.fetch_request(&request).await.unwrap().status(), 401);
    assert_eq!(to_api(&server).len(), 1);
}

#[wasm_bindgen_test]
async fn bad_requests_are_errors_that_do_not_quote_the_url() {
    let server = server("bad", |_| Ok(response(200, "", &[])));
    let auth = open("bad").await;
    for request in [
        auth.fetch("https://ada:s3cret@api.example.com/"),
        auth.fetch("https://["),
        auth.fetch("https://api.example.com/").method("CONNECT"),
        auth.fetch("https://api.example.com/").body("a body with GET"),
        auth.fetch("https://api.example.com/").header("a b", "1"),
        auth.fetch("https://api.example.com/").header("a", "1\n2"),
    ] {
        let error = request.await.unwrap_err();
        assert_eq!(error.code(), "bad_input");
        assert!(!error.message().contains("s3cret"));
    }
    let used = Request::new_with_str_and_init("https://api.example.com/", &{
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_body(&"x".into());
        init
    })
    .unwrap();
    JsFuture::from(used.text().unwrap()).await.unwrap();
    assert_eq!(auth.fetch_request(&used).await.unwrap_err().code(), "bad_input");
    assert_eq!(to_api(&server).len(), 0);
}

#[wasm_bindgen_test]
async fn a_network_failure_names_the_host_alone() {
    let _server = server("network", |_| Err(js_sys::TypeError::new("Failed to fetch").into()));
    let auth = open("network").await;
    let error = auth.fetch("https://api.example.com/notes?key=s3cret").await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Network(_, host) if host == "api.example.com"));
}

#[wasm_bindgen_test]
async fn the_callers_signal_is_the_requests() {
    let server = server("signal", |_| Ok(response(200, "", &[])));
    let auth = open("signal").await;
    let controller = AbortController::new().unwrap();
    auth.with_signal(&controller.signal()).fetch("https://api.example.com/").await.unwrap();
    controller.abort();
    assert!(to_api(&server)[0].request.signal().aborted(), "the body of the response ends with it");
}
