//! Popups, with a window that a test imitates. The real one is in the example's end-to-end test.

use poolpass_web::{Auth, OAuth, Origin, PopupError, Storage, UserPool};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use crate::support::{POOL_ID, Replaced, listen, names, run, until};

fn open(client_id: &str) -> Auth {
    let oauth = OAuth::new("auth.example.com").scopes(["openid"]);
    Auth::builder(UserPool::new(POOL_ID, client_id)).oauth(oauth).storage(Storage::Memory).open().unwrap()
}

/// Has `open` return this, and keep its arguments and where it was sent.
fn opens(window: &str) -> Replaced {
    Replaced::by(
        &format!(
            "window.realOpen = open;
            window.wentTo = undefined; window.isClosed = false;
            window.open = (...options) => {{ window.options = options; return {window} }}"
        ),
        "window.open = realOpen",
    )
}

const OPEN: &str = "{ get closed() { return false }, location: { replace(url) { window.wentTo = url } }, close() { window.isClosed = true } }";

#[wasm_bindgen_test]
async fn a_blocked_window_is_an_error_of_its_own() {
    let _window = opens("null");
    assert!(matches!(open("popup").sign_in_with_popup().size(400, 300).await, Err(PopupError::Blocked)));
    assert!(run("return options[2]").as_string().unwrap().starts_with("popup,width=400,height=300,"));
}

#[wasm_bindgen_test]
fn the_window_opens_before_anything_is_waited_for() {
    let _window = opens("null");
    run("window.options = undefined");
    let request = open("popup").sign_in_with_popup();
    assert!(run("return options").is_undefined());
    let operation = request.into_future();
    assert!(!run("return options").is_undefined());
    drop(operation);
}

#[wasm_bindgen_test]
async fn a_window_that_the_user_closed_is_not_sent_anywhere() {
    let _window = opens("{ closed: true, location: { replace() { throw new Error('closed') } }, close() {} }");
    assert!(matches!(open("popup").sign_in_with_popup().await, Err(PopupError::Closed)));
}

#[wasm_bindgen_test]
async fn the_window_goes_to_the_sign_in_page_and_an_abort_closes_it() {
    let _window = opens(OPEN);
    let controller = AbortController::new().unwrap();
    let auth = open("popup").with_signal(&controller.signal());
    let waiting = auth.sign_in_with_popup().provider("Google").parameter("lang", "de").into_future();
    let abort = async {
        until(|| !run("return window.wentTo").is_undefined()).await;
        controller.abort();
    };
    let (outcome, ()) = both(waiting, abort).await;
    assert!(matches!(outcome, Err(PopupError::Failed(failed)) if failed.error.code() == "aborted"));
    until(|| run("return isClosed").is_truthy()).await;
    let url = run("return window.wentTo").as_string().unwrap();
    assert!(url.starts_with("https://auth.example.com/oauth2/authorize?"), "{url}");
    for part in ["identity_provider=Google", "lang=de", "code_challenge_method=S256", "state=pp1p"] {
        assert!(url.contains(part), "{part} in {url}");
    }
}

#[wasm_bindgen_test]
async fn a_response_of_the_window_is_confirmed_and_finished() {
    let _window = opens(OPEN);
    // The window's side: it sends its URL until that is confirmed.
    run("window.confirmed = 0;
        const wait = setInterval(() => {
            if (!window.wentTo) return;
            clearInterval(wait);
            const state = new URL(wentTo).searchParams.get('state');
            const channel = new BroadcastChannel(`poolpass.v1.${state}`);
            channel.onmessage = ({ data }) => { if (data === 'taken') { window.confirmed += 1; channel.close() } };
            channel.postMessage(`https://evil.example/?code=c&state=${state}x`);
            channel.postMessage(`${location.origin}/?error=access_denied&state=${state}`);
        }, 10);");
    let outcome = open("popup").sign_in_with_popup().await;
    assert!(matches!(outcome, Err(PopupError::Failed(failed)) if failed.error.reason() == Some("access_denied")));
    until(|| run("return confirmed").as_f64() == Some(1.0)).await;
    assert!(run("return isClosed").is_truthy());
}

#[wasm_bindgen_test]
async fn a_window_that_seems_closed_may_still_answer() {
    // Under Cross-Origin-Opener-Policy a window reports so while the user signs in there.
    let _window = opens(
        "{ get closed() { return Boolean(window.wentTo) }, location: { replace(url) { window.wentTo = url } }, close() {} }",
    );
    let _focus = Replaced::by("document.hasFocus = () => true", "delete document.hasFocus");
    let auth = open("popup");
    let (heard, _listener) = listen(&auth);
    assert!(matches!(auth.sign_in_with_popup().await, Err(PopupError::Unanswered)));
    run("const state = new URL(wentTo).searchParams.get('state');
        window.late = new BroadcastChannel(`poolpass.v1.${state}`);
        late.postMessage(`${location.origin}/?error=access_denied&state=${state}`);");
    until(|| !heard.borrow().is_empty()).await;
    run("late.close()");
    assert_eq!(names(&heard), [("signInWithRedirect_failure", Origin::ThisTab)]);
    assert_eq!(heard.borrow()[0].0.error().unwrap().reason(), Some("access_denied"));
}

/// Runs both to their ends.
async fn both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (Box::pin(a), Box::pin(b));
    let (mut a_done, mut b_done) = (None, None);
    std::future::poll_fn(|context| {
        use std::task::Poll;
        if a_done.is_none()
            && let Poll::Ready(value) = a.as_mut().poll(context)
        {
            a_done = Some(value);
        }
        if b_done.is_none()
            && let Poll::Ready(value) = b.as_mut().poll(context)
        {
            b_done = Some(value);
        }
        if a_done.is_some() && b_done.is_some() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    (a_done.unwrap(), b_done.unwrap())
}
