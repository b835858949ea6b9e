//! A session from its begin to its end, and the listeners who hear of it.

use std::cell::Cell;
use std::rc::Rc;

use poolpass::error::ErrorKind;
use poolpass::event::Event;
use poolpass_web::{AuthFlow, Origin, SignIn, Storage, StorageKind};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Server, auth, cognito, listen, names, sleep};

#[wasm_bindgen_test]
async fn a_session_begins_is_refreshed_and_ends() {
    let server = Server::start(cognito::answer("sessions", cognito::nothing_else));
    let auth = auth("sessions", Storage::Memory);
    let (heard, _listener) = listen(&auth);
    assert!(auth.user().await.unwrap().is_none() && auth.session().await.unwrap().is_none());
    cognito::sign_in(&auth).await;
    let user = auth.user().await.unwrap().unwrap();
    assert_eq!((user.username.as_str(), user.user_id.as_str()), ("ada", "ada-sub"));
    assert_eq!(auth.groups().await.unwrap(), ["admins"]);
    let claims = auth.claims().await.unwrap().unwrap();
    assert_eq!(claims.json().get("email").unwrap().as_str(), Some("ada@example.com"));
    let before = auth.session().await.unwrap().unwrap();
    let after = auth.refresh_session().await.unwrap().unwrap();
    assert_ne!(before.access_token().expose_secret(), after.access_token().expose_secret());
    let signed_out = auth.sign_out().global().await.unwrap();
    assert!(signed_out.not_revoked.is_none());
    assert!(auth.user().await.unwrap().is_none());
    sleep(0).await;
    let expected = ["signedIn", "tokenRefresh", "signedOut"].map(|name| (name, Origin::ThisTab));
    assert_eq!(names(&heard), expected);
    assert_eq!(server.operations(), ["InitiateAuth", "GetTokensFromRefreshToken", "GlobalSignOut"]);
}

#[wasm_bindgen_test]
async fn a_user_who_must_confirm_gets_that_step() {
    let message = "User is not confirmed.";
    let _server = Server::start(move |_| Ok(cognito::exception("UserNotConfirmedException", message)));
    let auth = auth("steps", Storage::Memory);
    let step = auth.sign_in("ada", "Correct-Horse7!").flow(AuthFlow::UserPasswordAuth).await;
    assert!(matches!(step.unwrap(), SignIn::ConfirmSignUp));
}

#[wasm_bindgen_test]
async fn bad_input_is_an_error_before_any_request() {
    let server = Server::start(cognito::nothing_else);
    let auth = auth("input", Storage::Memory);
    assert_eq!(auth.sign_in("", "x").await.unwrap_err().name(), "EmptySignInUsername");
    assert_eq!(auth.sign_up("ada", "").await.unwrap_err().code(), "bad_input");
    assert_eq!(auth.confirm_sign_up("ada", "").await.unwrap_err().code(), "bad_input");
    assert_eq!(server.sent().len(), 0);
}

#[wasm_bindgen_test]
async fn sign_up_sends_the_attributes() {
    let server = Server::start(|_| {
        Ok(cognito::reply(&serde_json::json!({ "UserConfirmed": false, "UserSub": "1", "CodeDeliveryDetails": {
            "Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email",
        } })))
    });
    let auth = auth("signup", Storage::Memory);
    let without = auth.sign_up_without_password("ada").attribute("email", "ada@example.com").await.unwrap();
    assert!(!without.confirmed);
    let signed_up = auth.sign_up("ada", "Correct-Horse7!").attribute("email", "ada@example.com").await.unwrap();
    assert!(!signed_up.confirmed);
    assert_eq!(signed_up.delivery.unwrap().destination.as_deref(), Some("a***@e***"));
    for (at, password) in [(0, None), (1, Some("Correct-Horse7!"))] {
        let body = wasm_bindgen_futures::JsFuture::from(server.sent()[at].request.text().unwrap()).await.unwrap();
        let body: serde_json::Value = serde_json::from_str(&body.as_string().unwrap()).unwrap();
        assert_eq!(body["UserAttributes"][0]["Value"], "ada@example.com");
        assert_eq!(body.get("Password").and_then(serde_json::Value::as_str), password);
    }
}

#[wasm_bindgen_test]
async fn a_listener_stops_when_it_is_dropped_and_may_drop_others() {
    let _server = Server::start(cognito::answer("listeners", cognito::nothing_else));
    let auth = auth("listeners", Storage::Memory);
    let counts = [0, 1, 2].map(|_| Rc::new(Cell::new(0)));
    let counting = |at: usize| {
        let count = Rc::clone(&counts[at]);
        move |_: Event| count.set(count.get() + 1)
    };
    let second = Rc::new(Cell::new(None));
    let held = Rc::clone(&second);
    let count = counting(0);
    let _first = auth.on_event(move |event| {
        drop(held.take());
        count(event);
    });
    second.set(Some(auth.on_event(counting(1))));
    auth.on_event(counting(2)).forget();
    cognito::sign_in(&auth).await;
    sleep(0).await;
    assert_eq!(counts.map(|count| count.get()), [1, 0, 1]);
}

#[wasm_bindgen_test]
async fn a_reload_finds_the_session_without_a_request() {
    let server = Server::start(cognito::answer("reload", cognito::nothing_else));
    let first = auth("reload", Storage::Local);
    assert_eq!(first.storage(), StorageKind::Local);
    cognito::sign_in(&first).await;
    let second = auth("reload", Storage::Local);
    assert_eq!(second.user().await.unwrap().unwrap().username, "ada");
    assert_eq!(server.sent().len(), 1);
    second.sign_out().await.unwrap();
    assert!(first.user().await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_refusal_of_the_service_is_typed() {
    let _server =
        Server::start(|_| Ok(cognito::exception("NotAuthorizedException", "Incorrect username or password.")));
    let auth = auth("refusal", Storage::Memory);
    let error = auth.sign_in("ada", "wrong").flow(AuthFlow::UserPasswordAuth).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Service(error) if error.name == "NotAuthorizedException"));
    assert_eq!(error.reason(), Some("wrong_password"));
}

#[wasm_bindgen_test]
fn an_auth_can_be_a_property_of_a_component() {
    let (one, other) = (auth("equal", Storage::Memory), auth("equal", Storage::Memory));
    let signal = web_sys::AbortController::new().unwrap().signal();
    assert_eq!(one, one.clone());
    assert_ne!(one, other);
    assert_ne!(one, one.with_signal(&signal));
    assert_eq!(one.with_signal(&signal), one.with_signal(&signal));
    assert_eq!(format!("{one:?}"), "Auth { app: \"equal\", .. }");
}
