//! Events between tabs. Real tabs are in the example's end-to-end test; here the other tab's messages are made by hand.

use poolpass::error::ErrorKind;
use poolpass::event::Event;
use poolpass_web::{Auth, Origin, Storage};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Server, auth, cognito, listen, names, run, sleep, until};

fn own_storage() -> Storage {
    Storage::from_js(&run("const map = new Map();
        return { getItem: (key) => map.get(key), setItem: (key, text) => map.set(key, text), removeItem: (key) => map.delete(key) }"))
    .unwrap()
}

/// A `storage` event, as another tab's write causes it.
fn write_of_another_tab(client_id: &str, message: &str) {
    let message = serde_json::to_string(message).unwrap();
    run(&format!(
        "dispatchEvent(new StorageEvent('storage', {{ key: 'poolpass.v1.{client_id}.event', newValue: {message}, storageArea: localStorage }}))"
    ));
}

#[wasm_bindgen_test]
async fn other_auths_hear_by_broadcast_and_the_sender_does_not() {
    let _server = Server::start(cognito::answer("broadcast", cognito::nothing_else));
    let (one, two, stranger): (Auth, Auth, Auth) =
        (auth("broadcast", own_storage()), auth("broadcast", own_storage()), auth("stranger", own_storage()));
    let (by_one, _one) = listen(&one);
    let (by_two, _two) = listen(&two);
    let (by_stranger, _stranger) = listen(&stranger);
    cognito::sign_in(&one).await;
    until(|| !by_two.borrow().is_empty()).await;
    assert_eq!(names(&by_two), [("signedIn", Origin::OtherTab)]);
    let heard = by_two.borrow();
    assert!(matches!(&heard[0].0, Event::SignedIn(user) if user.username == "ada"
        && user.sign_in_details.as_ref().is_some_and(|details| details.auth_flow == "USER_PASSWORD_AUTH")));
    assert_eq!(names(&by_one), [("signedIn", Origin::ThisTab)]);
    assert!(by_stranger.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn messages_of_the_npm_package_are_understood() {
    let auth = auth("messages", Storage::Local);
    let (heard, _listener) = listen(&auth);
    for message in [
        r#"{"event":"signedIn","data":{"username":"ada","userId":"1"}}"#,
        r#"{"event":"tokenRefresh","data":{}}"#,
        r#"{"event":"signedOut","data":{"error":{"name":"NotAuthorizedException","code":"service","message":"Refresh Token has been revoked","status":400,"retryable":false,"reason":"refresh_revoked"}}}"#,
        r#"{"event":"signedOut","data":{"error":{"name":"UserUnAuthenticatedException","code":"signed_out","message":"x"}}}"#,
        r#"{"event":"signedOut","data":{"error":{"name":"UserUnAuthenticatedException","code":"signed_out","message":"x","reason":"storage_cleared"}}}"#,
        r#"{"event":"signedOut","data":{}}"#,
    ] {
        write_of_another_tab("messages", message);
    }
    sleep(0).await;
    let expected = ["signedIn", "tokenRefresh", "signedOut", "signedOut", "signedOut", "signedOut"];
    assert_eq!(names(&heard), expected.map(|name| (name, Origin::OtherTab)));
    let heard = heard.borrow();
    assert!(matches!(&heard[2].0, Event::SignedOut(Some(error)) if error.reason() == Some("refresh_revoked")));
    assert!(matches!(&heard[3].0, Event::SignedOut(Some(error)) if matches!(error.kind(), ErrorKind::SignedOut)));
    assert!(matches!(&heard[4].0, Event::SignedOut(Some(error)) if matches!(error.kind(), ErrorKind::StorageCleared)));
    assert!(matches!(&heard[5].0, Event::SignedOut(None)));
}

#[wasm_bindgen_test]
async fn forged_messages_are_dropped() {
    let auth = auth("forged", Storage::Local);
    let (heard, _listener) = listen(&auth);
    for message in [
        "",
        "x",
        "null",
        "[]",
        r#"{"event":"signedIn"}"#,
        r#"{"event":"signedIn","data":[]}"#,
        r#"{"event":"signedIn","data":{"username":"ada"}}"#,
        r#"{"event":"signedIn","data":{"username":"ada","userId":1}}"#,
        r#"{"event":"signedIn","data":{"username":"ada","userId":"1","signInDetails":{}}}"#,
        r#"{"event":"signedOut","data":{"error":{"code":"service"}}}"#,
        r#"{"event":"signedOut","data":{"error":{"code":"service","name":"X","message":"x","status":99999}}}"#,
        r#"{"event":"signInWithRedirect","data":{}}"#,
        r#"{"event":"sessionCorrupted","data":{}}"#,
        r#"{"event":"unknown","data":{}}"#,
    ] {
        write_of_another_tab("forged", message);
    }
    write_of_another_tab("another-client", r#"{"event":"tokenRefresh","data":{}}"#);
    sleep(0).await;
    assert!(heard.borrow().is_empty(), "{:?}", names(&heard));
    write_of_another_tab("forged", r#"{"event":"tokenRefresh","data":{}}"#);
    sleep(0).await;
    assert_eq!(names(&heard), [("tokenRefresh", Origin::OtherTab)], "and the channel works");
}

#[wasm_bindgen_test]
async fn a_dropped_auth_hears_nothing() {
    let auth = auth("dropped", Storage::Local);
    let (heard, _listener) = listen(&auth);
    drop(auth);
    write_of_another_tab("dropped", r#"{"event":"tokenRefresh","data":{}}"#);
    sleep(0).await;
    assert!(heard.borrow().is_empty());
}
