//! The response of a sign-in page: taken out of the URL when the `Auth` is opened, and finished once.

use poolpass_web::{Auth, Origin, Storage};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Server, auth, cognito, listen, names, run, sleep};

const CLIENT: &str = "responses";

fn location() -> String {
    run("return location.pathname + location.search + location.hash").as_string().unwrap()
}

/// Shows this page under another address while the test runs.
struct Address(String);

impl Address {
    fn show(place: &str) -> Self {
        let before = Self(location());
        run(&format!("history.replaceState({{ kept: 1 }}, '', '{place}')"));
        before
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        run(&format!("history.replaceState(null, '', location.origin + '{}')", self.0));
    }
}

/// A `state` of this app's redirects.
fn state() -> String {
    let [prefix, _] = auth(CLIENT, Storage::Memory).client().state_prefixes();
    format!("{prefix}AAAA")
}

/// Opens an `Auth` at this page, and finishes what its URL says: the reason for which it fails.
async fn reason(auth: &Auth) -> Option<&'static str> {
    match auth.handle_redirect().await {
        Ok(result) => {
            assert!(result.is_none());
            None
        }
        Err(failed) => failed.error.reason(),
    }
}

#[wasm_bindgen_test]
async fn the_response_is_taken_out_of_the_url_and_the_rest_stays() {
    let _back = Address::show(&format!("/cb?view=a+b&code=c%2F1&x=%20&state={}&iss=i#/deep?code=keep", state()));
    let auth = auth(CLIENT, Storage::Memory);
    assert_eq!(location(), "/cb?view=a+b&x=%20#/deep?code=keep");
    assert_eq!(run("return history.state.kept").as_f64(), Some(1.0));
    let (heard, _listener) = listen(&auth);
    // The flow was not started here, so nothing is sent.
    let _server = Server::start(cognito::nothing_else);
    assert_eq!(reason(&auth).await, Some("flow_unknown"));
    assert_eq!(reason(&auth).await, Some("flow_unknown"), "the same again");
    sleep(0).await;
    assert_eq!(names(&heard), [("signInWithRedirect_failure", Origin::ThisTab)], "and the event is emitted once");
}

#[wasm_bindgen_test]
fn an_url_without_anything_else_is_left_without_a_question_mark() {
    let _back = Address::show(&format!("/cb?error=access_denied&error_description=No&state={}", state()));
    auth(CLIENT, Storage::Memory);
    assert_eq!(location(), "/cb");
}

#[wasm_bindgen_test]
fn a_path_that_begins_with_two_slashes_is_no_host() {
    let origin = run("return location.origin").as_string().unwrap();
    let _back = Address::show(&format!("{origin}//evil.example/x?code=c&state={}#y", state()));
    auth(CLIENT, Storage::Memory);
    assert_eq!(location(), "//evil.example/x#y");
}

#[wasm_bindgen_test]
async fn a_response_is_read_where_the_browser_refuses_to_change_the_url() {
    let _back = Address::show(&format!("/cb?code=c&state={}", state()));
    run("history.replaceState = () => { throw new DOMException('too often', 'SecurityError') }");
    let auth = auth(CLIENT, Storage::Memory);
    run("delete history.replaceState");
    assert_eq!(reason(&auth).await, Some("flow_unknown"));
}

#[wasm_bindgen_test]
async fn other_responses_are_left_alone() {
    // Another library's, and those of another app client of this kit.
    let [other, _] = auth("another", Storage::Memory).client().state_prefixes();
    for state in ["somebody-elses#pp1r".to_owned(), format!("{other}AAAA")] {
        let place = format!("/cb?code=c&state={state}");
        let _back = Address::show(&place);
        let auth = auth(CLIENT, Storage::Memory);
        assert_eq!(location(), place);
        assert_eq!(reason(&auth).await, None);
    }
}

#[wasm_bindgen_test]
async fn a_deep_link_can_be_handed_over() {
    let auth = auth(CLIENT, Storage::Memory);
    let failed =
        auth.handle_redirect().url(&format!("app://cb?code=secret-code&state={}", state())).await.err().unwrap();
    assert_eq!(failed.error.reason(), Some("flow_unknown"));
    assert!(!format!("{failed:?} {failed}").contains("secret-code"));
}
