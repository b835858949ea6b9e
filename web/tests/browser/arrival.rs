//! What a redirect needs of the browser: a clean URL, drawers that outlive the page.

use js_sys::{Function, global};
use poolpass::platform::{FlowScope, FlowStorage, Platform, Storage};
use poolpass_web::take_arrival;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::platform::open;

fn run(script: &str) -> JsValue {
    Function::new_no_args(script).call0(&global()).unwrap()
}

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
        run(&format!("history.replaceState(null, '', '{}')", self.0));
    }
}

#[wasm_bindgen_test]
fn the_answer_is_taken_out_of_the_url_and_the_rest_stays() {
    let _back = Address::show("/cb?view=a+b&code=c%2F1&x=%20&state=pp1rAAAAAAAAB&iss=i#/deep?code=keep");
    let url = take_arrival().unwrap();
    assert!(url.ends_with("/cb?view=a+b&code=c%2F1&x=%20&state=pp1rAAAAAAAAB&iss=i#/deep?code=keep"), "{url}");
    assert_eq!(location(), "/cb?view=a+b&x=%20#/deep?code=keep");
    assert_eq!(run("return history.state.kept").as_f64(), Some(1.0));
    assert!(take_arrival().is_none());
}

#[wasm_bindgen_test]
fn an_url_without_anything_else_is_left_without_a_question_mark() {
    let _back = Address::show("/cb?error=access_denied&error_description=No&state=pp1rAAAAAAAAB");
    assert!(take_arrival().is_some());
    assert_eq!(location(), "/cb");
}

#[wasm_bindgen_test]
fn a_path_that_begins_with_two_slashes_is_no_host() {
    let origin = run("return location.origin").as_string().unwrap();
    let _back = Address::show(&format!("{origin}//evil.example/x?code=c&state=pp1rAAAAAAAAB#y"));
    assert!(take_arrival().is_some());
    assert_eq!(location(), "//evil.example/x#y");
    run("history.replaceState(null, '', location.origin + '/')");
}

#[wasm_bindgen_test]
fn an_answer_is_taken_where_the_browser_refuses_to_change_the_url() {
    let _back = Address::show("/cb?code=c&state=pp1rAAAAAAAAB");
    run("history.replaceState = () => { throw new DOMException('too often', 'SecurityError') }");
    let taken = take_arrival();
    run("delete history.replaceState");
    assert!(taken.is_some_and(|url| url.ends_with("/cb?code=c&state=pp1rAAAAAAAAB")));
}

#[wasm_bindgen_test]
fn other_libraries_answers_are_left_alone() {
    let _back = Address::show("/cb?code=c&state=somebody-elses#pp1r");
    assert!(take_arrival().is_none());
    assert_eq!(location(), "/cb?code=c&state=somebody-elses#pp1r");
}

#[wasm_bindgen_test]
async fn flow_storages_store_list_and_remove() {
    let (platform, _) = open("flows", "memory", &JsValue::UNDEFINED);
    for scope in [FlowScope::Tab, FlowScope::Origin] {
        let storage = platform.flow_storage(scope);
        storage.set("flows.a", "1").await.unwrap();
        storage.set("flows.b", "ä").await.unwrap();
        assert_eq!(storage.get("flows.b").await.unwrap().unwrap().expose_secret(), "ä");
        let mut keys = storage.keys("flows.").unwrap();
        keys.sort();
        assert_eq!(keys, ["flows.a", "flows.b"]);
        storage.remove("flows.a").await.unwrap();
        storage.remove("flows.b").await.unwrap();
        assert!(storage.get("flows.a").await.unwrap().is_none() && storage.keys("flows.").unwrap().is_empty());
    }
}
