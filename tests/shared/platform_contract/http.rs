//! Requests and their responses.

use poolpass::error::NetworkFailure;
use poolpass::json::Value;
use poolpass::platform::{Clock, Http, Request, Response, SendFailure};

use super::{Bench, Server, both};

/// Longer than any case runs.
const LONG_MS: u32 = 60_000;

fn request(method: &'static str, url: String) -> Request {
    let body = if method == "POST" { "{\"a\":\"\u{e4} \u{1f600}\"}" } else { "" };
    let headers = vec![("x-amz-target", "A.B".to_owned())];
    Request { method, url, headers, body: body.into(), deadline_ms: LONG_MS, hash_of: None, bypass_cache: false }
}

fn echo(response: &Response) -> Value {
    assert_eq!(response.status, 200);
    Value::parse(response.body.expose_secret()).unwrap()
}

fn network(result: Result<Response, SendFailure>) -> Result<u16, NetworkFailure> {
    match result {
        Ok(response) => Ok(response.status),
        Err(SendFailure::Network(failure)) => Err(failure),
        Err(other) => panic!("{other:?}"),
    }
}

pub(crate) async fn a_request_arrives_as_it_is<B: Bench>(bench: &B) {
    let tab = bench.tab();
    // A cookie that the first answer sets is not sent with the next one.
    tab.send(&request("POST", bench.url(Server::Refusal))).await.unwrap();
    for (method, body) in [("POST", "{\"a\":\"\u{e4} \u{1f600}\"}"), ("GET", "")] {
        let echo = echo(&tab.send(&request(method, bench.url(Server::Echo))).await.unwrap());
        assert_eq!(echo.str("method"), Some(method));
        assert_eq!(echo.str("target"), Some("A.B"));
        assert_eq!(echo.str("body"), Some(body));
        assert_eq!(echo.str("cookie"), Some(""));
    }
}

pub(crate) async fn a_response_has_the_allowed_headers_only<B: Bench>(bench: &B) {
    let response = bench.tab().send(&request("POST", bench.url(Server::Refusal))).await.unwrap();
    assert_eq!((response.status, response.body.expose_secret().as_str()), (429, "{\"a\":\"\u{e4}\"}"));
    let mut names: Vec<&str> = response.headers.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    assert_eq!(names, ["date", "retry-after", "x-amzn-errortype", "x-amzn-requestid"]);
    assert_eq!(response.header("retry-after"), Some("7"));
    assert_eq!(response.header("x-amzn-errortype"), Some("TooManyRequestsException"));
    assert_eq!(response.server_time_ms(), Some(1_704_067_200_000));
}

pub(crate) async fn a_bypassed_cache_has_no_answer<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let mut request = request("GET", bench.url(Server::Echo));
    let mut counts = Vec::new();
    for bypass_cache in [false, true, true] {
        request.bypass_cache = bypass_cache;
        counts.push(echo(&tab.send(&request).await.unwrap()).integer("count").unwrap());
    }
    assert!(counts[0] < counts[1] && counts[1] < counts[2], "{counts:?}");
}

pub(crate) async fn a_redirect_is_not_followed<B: Bench>(bench: &B) {
    for method in ["GET", "POST"] {
        let result = bench.tab().send(&request(method, bench.url(Server::Redirect))).await;
        assert_eq!(network(result), Err(NetworkFailure::Unreachable), "{method}");
    }
}

pub(crate) async fn a_deadline_covers_headers_and_body<B: Bench>(bench: &B) {
    for server in [Server::Silent, Server::Stalled] {
        let mut request = request("POST", bench.url(server));
        request.deadline_ms = 30;
        assert_eq!(network(bench.tab().send(&request).await), Err(NetworkFailure::TimedOut), "{server:?}");
    }
}

pub(crate) async fn an_abort_ends_a_request_before_and_while_it_runs<B: Bench>(bench: &B) {
    let tab = bench.tab();
    for server in [Server::Silent, Server::Stalled] {
        let (caller, abort) = bench.abortable(&tab);
        let request = request("POST", bench.url(server));
        let abort = async {
            tab.sleep(50).await;
            abort();
        };
        let (result, ()) = both(caller.send(&request), abort).await;
        assert_eq!(result.err(), Some(SendFailure::Aborted), "{server:?}");
    }
    let count = async || echo(&tab.send(&request("POST", bench.url(Server::Echo))).await.unwrap()).integer("count");
    let before = count().await.unwrap();
    let (caller, abort) = bench.abortable(&tab);
    abort();
    let result = caller.send(&request("POST", bench.url(Server::Echo))).await;
    assert_eq!(result.err(), Some(SendFailure::Aborted));
    assert_eq!(count().await, Some(before + 1), "nothing was sent");
}

pub(crate) async fn a_missing_server_is_unreachable<B: Bench>(bench: &B) {
    let result = bench.tab().send(&request("POST", bench.url(Server::Gone))).await;
    assert_eq!(network(result), Err(NetworkFailure::Unreachable));
}

pub(crate) async fn a_body_is_accepted_up_to_the_bound<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let full = tab.send(&request("POST", bench.url(Server::Full))).await.unwrap();
    assert_eq!(full.body.expose_secret().len(), Response::MAX_BODY_BYTES);
    let too_long = tab.send(&request("POST", bench.url(Server::TooLong))).await;
    assert_eq!(network(too_long), Err(NetworkFailure::TooLarge));
}
