//! The kit's own requests.

use js_sys::{Promise, Reflect};
use poolpass::error::NetworkFailure;
use poolpass::platform::{Clock, Http, Platform, Request, Response, SendFailure};
use poolpass_web::{BrowserPlatform, Storage};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{AbortController, AbortSignal};

use crate::storage::open;
use crate::support::cognito::response;
use crate::support::{Replaced, Server, run, sleep};

fn platform() -> BrowserPlatform {
    open("http", Storage::Memory)
}

fn request(url: &str) -> Request {
    Request {
        method: "POST",
        url: url.into(),
        headers: vec![("x-amz-target", "A.B".to_owned())],
        body: "{}".into(),
        deadline_ms: 5_000,
        hash_of: None,
        bypass_cache: false,
    }
}

fn failure(result: Result<Response, SendFailure>) -> NetworkFailure {
    match result.err().unwrap() {
        SendFailure::Network(failure) => failure,
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn a_request_goes_out_without_cookies_redirects_and_referrer() {
    let server = Server::start(|_| Ok(response(200, "{\"a\":\"ä\"}", &[("date", "Mon, 01 Jan 2024 00:00:00 GMT")])));
    let answer = platform().send(&request("https://idp.example/")).await.unwrap();
    assert_eq!((answer.status, answer.body.expose_secret().as_str()), (200, "{\"a\":\"ä\"}"));
    assert_eq!(answer.server_time_ms(), Some(1_704_067_200_000));
    let sent = &server.sent()[0];
    assert_eq!(sent.header("x-amz-target").as_deref(), Some("A.B"));
    let member = |name: &str| Reflect::get(&sent.request, &name.into()).unwrap().as_string().unwrap();
    let members = ["method", "credentials", "redirect", "referrerPolicy", "cache"].map(member);
    assert_eq!(members, ["POST", "omit", "error", "no-referrer", "default"]);
}

#[wasm_bindgen_test]
async fn no_response_is_a_network_failure_and_not_a_throw() {
    // Port 9 is on the browser's list of blocked ports.
    for url in ["http://localhost:9/", "http://["] {
        assert_eq!(failure(platform().send(&request(url)).await), NetworkFailure::Unreachable);
    }
    for script in ["fetch = () => { throw new Error('mock') }", "fetch = () => Promise.reject(1)"] {
        let _replaced = Replaced::by(&format!("window.realFetch = fetch; {script}"), "window.fetch = realFetch");
        assert_eq!(failure(platform().send(&request("https://idp.example/")).await), NetworkFailure::Unreachable);
    }
    for script in ["fetch = undefined", "fetch = async () => undefined", "fetch = () => ({ status: 200 })"] {
        let _replaced = Replaced::by(&format!("window.realFetch = fetch; {script}"), "window.fetch = realFetch");
        assert_eq!(failure(platform().send(&request("https://idp.example/")).await), NetworkFailure::NoFetch);
    }
}

#[wasm_bindgen_test]
async fn a_response_may_be_as_long_as_the_bound_and_no_longer() {
    for (length, is_accepted) in [(Response::MAX_BODY_BYTES, true), (Response::MAX_BODY_BYTES + 1, false)] {
        let _server = Server::start(move |_| Ok(response(200, &"x".repeat(length), &[])));
        let answer = platform().send(&request("https://idp.example/")).await;
        if is_accepted {
            assert_eq!(answer.unwrap().body.expose_secret().len(), length);
        } else {
            assert_eq!(failure(answer), NetworkFailure::TooLarge);
        }
    }
}

#[wasm_bindgen_test]
async fn an_endless_response_is_cancelled_at_the_bound() {
    let _server = Server::start(|_| {
        Ok(run("window.cancelled = false;
            return new Response(new ReadableStream({
                pull(controller) { controller.enqueue(new Uint8Array(65536)) },
                cancel() { window.cancelled = true },
            }));")
        .unchecked_into())
    });
    assert_eq!(failure(platform().send(&request("https://idp.example/")).await), NetworkFailure::TooLarge);
    sleep(10).await;
    assert!(run("return window.cancelled").is_truthy());
}

#[wasm_bindgen_test]
async fn a_stream_that_breaks_or_is_not_bytes_is_no_response() {
    for (script, expected) in [
        ("return new Response(new ReadableStream({ pull(c) { c.error(new Error('broken')) } }))", "broken"),
        ("return new Response(new ReadableStream({ pull(c) { c.enqueue('text') } }))", "text"),
    ] {
        let _server = Server::start(move |_| Ok(run(script).unchecked_into()));
        let answer = platform().send(&request("https://idp.example/")).await;
        assert_eq!(failure(answer), NetworkFailure::Unreachable, "{expected}");
    }
    let locked = "const response = new Response('{}'); response.body.getReader(); return response";
    let _server = Server::start(move |_| Ok(run(locked).unchecked_into()));
    assert_eq!(failure(platform().send(&request("https://idp.example/")).await), NetworkFailure::NoFetch);
}

#[wasm_bindgen_test]
async fn the_deadline_covers_the_response_and_its_body() {
    let never = || Server::start_with_promises(|_| Promise::new(&mut |_, _| ()));
    let endless = || Server::start(|_| Ok(run("return new Response(new ReadableStream({}))").unchecked_into()));
    for start in [never as fn() -> Server, endless] {
        let server = start();
        let mut hasty = request("https://idp.example/");
        hasty.deadline_ms = 30;
        assert_eq!(failure(platform().send(&hasty).await), NetworkFailure::TimedOut);
        assert!(server.sent()[0].request.signal().aborted(), "the browser stops too");
    }
}

#[wasm_bindgen_test]
async fn the_callers_signal_ends_a_request_and_a_sleep() {
    let server = Server::start_with_promises(|_| Promise::new(&mut |_, _| ()));
    let controller = AbortController::new().unwrap();
    let platform = platform().with_signal(&controller.signal());
    assert!(!platform.aborted());
    gloo_timers::callback::Timeout::new(20, move || controller.abort()).forget();
    assert_eq!(platform.send(&request("https://idp.example/")).await.err(), Some(SendFailure::Aborted));
    assert!(server.sent()[0].request.signal().aborted());
    platform.sleep(60_000).await;
    assert!(platform.aborted() && !platform.detached().aborted());
    let aborted = open("http", Storage::Memory).with_signal(&AbortSignal::abort());
    assert_eq!(aborted.send(&request("https://idp.example/")).await.err(), Some(SendFailure::Aborted));
    assert_eq!(server.sent().len(), 1, "nothing is sent for a signal that has fired");
}

#[wasm_bindgen_test]
async fn a_dropped_request_is_aborted() {
    let server = Server::start_with_promises(|_| Promise::new(&mut |_, _| ()));
    {
        let platform = platform();
        let request = request("https://idp.example/");
        let mut sending = std::pin::pin!(platform.send(&request));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(sending.as_mut().poll(&mut context).is_pending());
    }
    assert!(server.sent()[0].request.signal().aborted());
}
