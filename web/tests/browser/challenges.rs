//! The steps of a sign-in in a browser: over a reload, with a signal, and the account after it.

use js_sys::Promise;
use poolpass_web::{Account, Auth, AuthFlow, Challenge, SentCode, SignIn, Storage};
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use crate::support::{Sent, Server, auth, cognito};

/// Answers a sign-in with a code by e-mail. `123456` is right.
fn codes(client_id: &'static str) -> impl FnMut(&Sent) -> Result<web_sys::Response, JsValue> {
    let mut answers = 0;
    move |sent| match sent.operation().as_str() {
        "InitiateAuth" => Ok(challenge()),
        "RespondToAuthChallenge" => {
            answers += 1;
            Ok(if answers == 1 {
                cognito::exception("CodeMismatchException", "Invalid code or auth state for the user.")
            } else {
                cognito::reply(&cognito::tokens(client_id, answers))
            })
        }
        "ChangePassword" => Ok(cognito::reply(&json!({}))),
        "RevokeToken" => Ok(cognito::reply(&json!({}))),
        _ => cognito::nothing_else(sent),
    }
}

fn challenge() -> web_sys::Response {
    let parameters = json!({ "CODE_DELIVERY_DELIVERY_MEDIUM": "EMAIL", "CODE_DELIVERY_DESTINATION": "a***@e***" });
    cognito::reply(&json!({ "ChallengeName": "EMAIL_OTP", "Session": "s-1", "ChallengeParameters": parameters }))
}

async fn begin(auth: &Auth) -> SentCode {
    match auth.sign_in("ada", "Correct-Horse7!").flow(AuthFlow::UserPasswordAuth).await.unwrap() {
        SignIn::Challenge(Challenge::EmailOtp(code)) => code,
        other => panic!("{other:?}"),
    }
}

async fn pending(auth: &Auth) -> SentCode {
    match auth.pending_sign_in().await.unwrap() {
        Some(Challenge::EmailOtp(code)) => code,
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn a_refused_code_is_tried_again_after_a_reload() {
    let server = Server::start(codes("reloadedstep"));
    let first = auth("reloadedstep", Storage::Local);
    let code = begin(&first).await;
    assert_eq!(code.delivery().destination.as_deref(), Some("a***@e***"));
    let refused = code.respond("000000").await.unwrap_err();
    assert_eq!((refused.error.name(), refused.again.is_some()), ("CodeMismatchException", true));
    let second = auth("reloadedstep", Storage::Local);
    let done = pending(&second).await.respond("123456").await.unwrap();
    assert!(matches!(done, SignIn::Done { user, can_remember_device: false } if user.username == "ada"));
    assert!(first.pending_sign_in().await.unwrap().is_none());
    second.update_password("Correct-Horse7!", "Better-Horse8!").await.unwrap();
    assert_eq!(
        server.operations(),
        ["InitiateAuth", "RespondToAuthChallenge", "RespondToAuthChallenge", "ChangePassword"]
    );
    second.sign_out().await.unwrap();
}

#[wasm_bindgen_test]
async fn a_step_is_handed_over_as_a_text() {
    let _server = Server::start(codes("steptext"));
    let here = auth("steptext", Storage::Memory);
    let code = begin(&here).await;
    let text = here.serialize_sign_in(&Challenge::EmailOtp(code));
    let there = auth("steptext", Storage::Memory);
    assert!(there.pending_sign_in().await.unwrap().is_none());
    let Some(Challenge::EmailOtp(code)) = there.resume_sign_in(text).await.unwrap() else { panic!("another step") };
    let again = code.respond("000000").await.unwrap_err().again.unwrap();
    assert!(matches!(again.respond("123456").await.unwrap(), SignIn::Done { .. }));
    assert!(auth("othersteps", Storage::Memory).resume_sign_in("{}").await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_signal_ends_the_answer_and_the_step_stays() {
    let _server = Server::start_with_promises(|sent| match sent.operation().as_str() {
        "InitiateAuth" => Promise::resolve(&JsValue::from(challenge())),
        _ => Promise::new(&mut |_, _| {}), // no answer
    });
    let auth = auth("abortedstep", Storage::Memory);
    let controller = AbortController::new().unwrap();
    let code = begin(&auth.with_signal(&controller.signal())).await;
    gloo_timers::callback::Timeout::new(20, move || controller.abort()).forget();
    let refused = code.respond("123456").await.unwrap_err();
    assert_eq!((refused.error.code(), refused.again.is_some()), ("aborted", true));
    assert_eq!(pending(&auth).await.login_id(), "ada");
}
