//! The caller's `AbortSignal` on whole operations.

use js_sys::Promise;
use poolpass::error::ErrorKind;
use poolpass_web::{AuthFlow, Storage};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{AbortController, AbortSignal};

use crate::support::{Server, auth, cognito, sleep};

#[wasm_bindgen_test]
async fn an_operation_ends_as_soon_as_the_signal_fires() {
    let server = Server::start_with_promises(|_| Promise::new(&mut |_, _| ()));
    let auth = auth("abort", Storage::Memory);
    let controller = AbortController::new().unwrap();
    let signal = controller.signal();
    gloo_timers::callback::Timeout::new(20, move || controller.abort()).forget();
    let aborted = auth.with_signal(&signal).sign_in("ada", "x").flow(AuthFlow::UserPasswordAuth).await;
    assert!(matches!(aborted.unwrap_err().kind(), ErrorKind::Aborted));
    sleep(0).await;
    assert!(server.sent()[0].request.signal().aborted());
}

#[wasm_bindgen_test]
async fn a_signal_that_has_fired_ends_everything_before_it_begins() {
    let server = Server::start(cognito::nothing_else);
    let auth = auth("abort", Storage::Memory).with_signal(&AbortSignal::abort());
    assert_eq!(auth.user().await.unwrap_err().code(), "aborted");
    assert_eq!(auth.sign_in("ada", "x").await.unwrap_err().code(), "aborted");
    assert_eq!(auth.handle_redirect().await.err().unwrap().error.code(), "aborted");
    assert_eq!(server.sent().len(), 0);
}

#[wasm_bindgen_test]
async fn a_refresh_goes_on_for_others_when_one_caller_aborts() {
    let _server = Server::start(cognito::answer("shared", cognito::nothing_else));
    let auth = cognito::signed_in("shared").await;
    let before = auth.session().await.unwrap().unwrap();
    let controller = AbortController::new().unwrap();
    let (impatient, patient) = (auth.with_signal(&controller.signal()).refresh_session(), auth.refresh_session());
    let impatient = async {
        controller.abort();
        impatient.await
    };
    assert_eq!(impatient.await.err().unwrap().code(), "aborted");
    let after = patient.await.unwrap().unwrap();
    assert_ne!(before.access_token().expose_secret(), after.access_token().expose_secret());
}
