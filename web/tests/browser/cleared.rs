//! Somebody else removes the stored session.

use poolpass::error::ErrorKind;
use poolpass::event::Event;
use poolpass_web::{Origin, Storage};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Server, auth, cognito, listen, names, run, sleep, until};

const REMOVE: &str = "for (const key of Object.keys(localStorage)) if (key.startsWith('poolpass.v1.cleared')) localStorage.removeItem(key);";

#[wasm_bindgen_test]
async fn a_cleared_storage_ends_the_session_and_says_why() {
    let _server = Server::start(cognito::answer("cleared1", cognito::nothing_else));
    let auth = auth("cleared1", Storage::Local);
    cognito::sign_in(&auth).await;
    // The sign-in looks at the storage once more when its lag is over.
    sleep(300).await;
    let (heard, _listener) = listen(&auth);
    run(REMOVE);
    run("dispatchEvent(new StorageEvent('storage', { key: null, newValue: null, storageArea: localStorage }))");
    until(|| !heard.borrow().is_empty()).await;
    assert_eq!(names(&heard), [("signedOut", Origin::ThisTab)]);
    assert!(
        matches!(&heard.borrow()[0].0, Event::SignedOut(Some(error)) if matches!(error.kind(), ErrorKind::StorageCleared))
    );
}

#[wasm_bindgen_test]
async fn the_tab_that_cleared_the_storage_is_told_by_the_others() {
    let _server = Server::start(cognito::answer("cleared2", cognito::nothing_else));
    let auth = auth("cleared2", Storage::Local);
    cognito::sign_in(&auth).await;
    sleep(300).await;
    let (heard, _listener) = listen(&auth);
    run(REMOVE);
    run(
        "dispatchEvent(new StorageEvent('storage', { key: 'poolpass.v1.cleared', newValue: '1', storageArea: localStorage }))",
    );
    until(|| !heard.borrow().is_empty()).await;
    assert_eq!(names(&heard), [("signedOut", Origin::ThisTab)]);
}

#[wasm_bindgen_test]
async fn another_key_is_no_reason_to_look() {
    let _server = Server::start(cognito::answer("cleared3", cognito::nothing_else));
    let auth = auth("cleared3", Storage::Local);
    cognito::sign_in(&auth).await;
    sleep(300).await;
    let (heard, _listener) = listen(&auth);
    run(REMOVE);
    for key in ["other", "poolpass.v1.cleared3.event", "poolpass.v1.cleared3.sessions"] {
        run(&format!(
            "dispatchEvent(new StorageEvent('storage', {{ key: '{key}', newValue: null, storageArea: localStorage }}))"
        ));
    }
    sleep(400).await;
    assert!(heard.borrow().is_empty());
    assert!(auth.user().await.unwrap().is_none(), "the next call notices");
    sleep(0).await;
    assert_eq!(names(&heard), [("signedOut", Origin::ThisTab)]);
}
