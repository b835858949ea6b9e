//! Web Locks in a browser: held once, released in every way, missing in a sandboxed frame.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use js_sys::{Function, Promise};
use poolpass::platform::{Clock, Guard, Locks, Platform};
use poolpass_web::{BrowserPlatform, Storage, release_locks};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::storage::open;
use crate::support::Replaced;

fn page(client_id: &str) -> BrowserPlatform {
    open(client_id, Storage::Local)
}

/// Whether the lock is free now. It takes a moment to reach the lock manager, so this waits for its turn.
async fn comes_free(platform: &BrowserPlatform, name: &str) -> bool {
    platform.lock(name, 10_000).await.is_ok_and(|guard| guard.is_some())
}

#[wasm_bindgen_test]
async fn one_holder_of_a_lock_at_a_time() {
    let platform = page("locks");
    let held = platform.lock("a", 1_000).await.unwrap().unwrap();
    assert!(!held.contended());
    assert_eq!(platform.lock("a", 50).await.err().unwrap().code(), "lock_timeout");
    assert!(!platform.lock("b", 50).await.unwrap().unwrap().contended(), "another name is another lock");
    drop(held);
    platform.sleep(1).await;
    assert!(platform.lock("a", 1_000).await.unwrap().is_some());
}

#[wasm_bindgen_test]
async fn the_next_in_line_gets_the_lock() {
    let platform = page("locks");
    let held = platform.lock("line", 1_000).await.unwrap().unwrap();
    let (waiting, _) = futures_join(platform.lock("line", 5_000), async {
        platform.sleep(20).await;
        drop(held);
    })
    .await;
    assert!(waiting.unwrap().unwrap().contended());
}

/// Runs both to their ends, without a crate for it.
async fn futures_join<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (Box::pin(a), Box::pin(b));
    let (mut a_done, mut b_done) = (None, None);
    std::future::poll_fn(move |context| {
        if a_done.is_none()
            && let std::task::Poll::Ready(value) = a.as_mut().poll(context)
        {
            a_done = Some(value);
        }
        if b_done.is_none()
            && let std::task::Poll::Ready(value) = b.as_mut().poll(context)
        {
            b_done = Some(value);
        }
        match (a_done.take(), b_done.take()) {
            (Some(a), Some(b)) => std::task::Poll::Ready((a, b)),
            (a, b) => {
                (a_done, b_done) = (a, b);
                std::task::Poll::Pending
            }
        }
    })
    .await
}

/// Takes a lock and has a task in the background hold it.
async fn hold_for(platform: &BrowserPlatform, name: &str, ms: u32) {
    let held = platform.lock(name, 0).await.unwrap().unwrap();
    let tab = platform.clone();
    platform.spawn(async move {
        tab.sleep(ms).await;
        drop(held);
    });
}

#[wasm_bindgen_test]
async fn a_wait_of_nothing_takes_a_free_lock_and_no_other() {
    let platform = page("locks");
    let held = platform.lock("free", 0).await.unwrap().unwrap();
    assert!(!held.contended());
    assert_eq!(platform.lock("free", 0).await.err().unwrap().code(), "lock_timeout");
}

#[wasm_bindgen_test]
async fn a_background_task_holds_a_lock_after_its_call() {
    let platform = page("locks");
    hold_for(&platform, "pause", 50).await;
    assert_eq!(platform.lock("pause", 0).await.err().unwrap().code(), "lock_timeout");
    assert!(platform.lock("pause", 10_000).await.unwrap().unwrap().contended());
}

#[wasm_bindgen_test]
async fn a_panic_hook_releases_all_locks_and_the_guards_do_no_harm() {
    let platform = page("locks");
    let one = platform.lock("hook 1", 0).await.unwrap().unwrap();
    hold_for(&platform, "hook 2", 60_000).await;
    release_locks();
    let again = [comes_free(&platform, "hook 1").await, comes_free(&platform, "hook 2").await];
    assert_eq!(again, [true, true]);
    let other = platform.lock("hook 1", 10_000).await.unwrap().unwrap();
    drop(one);
    platform.sleep(20).await;
    assert_eq!(platform.lock("hook 1", 0).await.err().unwrap().code(), "lock_timeout", "that is another guard's");
    drop(other);
}

#[wasm_bindgen_test]
async fn a_lock_that_is_granted_to_a_future_that_is_dropped_is_released() {
    let platform = page("locks");
    {
        let asking = pin!(platform.lock("dropped", 0));
        assert!(matches!(asking.poll(&mut Context::from_waker(Waker::noop())), Poll::Pending));
        // The lock is granted meanwhile; nobody polls.
        platform.sleep(50).await;
    }
    assert!(comes_free(&platform, "dropped").await);
}

#[wasm_bindgen_test]
async fn a_page_without_web_locks_has_none_and_one_that_refuses_them_too() {
    let platform = page("locks");
    let without = "Object.defineProperty(navigator, 'locks', { configurable: true, value: undefined })";
    let refusing = "Object.defineProperty(navigator, 'locks', { configurable: true, value: {
        request: () => Promise.reject(new DOMException('', 'SecurityError')),
    } })";
    let throwing = "Object.defineProperty(navigator, 'locks', { configurable: true, value: {
        request() { throw new TypeError('Illegal invocation') },
    } })";
    for script in [without, refusing, throwing] {
        let _replaced = Replaced::by(script, "delete navigator.locks");
        for wait_ms in [0, 1_000] {
            assert!(platform.lock("none", wait_ms).await.unwrap().is_none());
        }
    }
    assert!(platform.lock("none", 0).await.unwrap().is_some(), "and they are back");
}

#[wasm_bindgen_test]
async fn a_lock_manager_that_never_answers_is_not_waited_for() {
    let platform = page("locks");
    let silent = "Object.defineProperty(navigator, 'locks', { configurable: true, value: { request: () => new Promise(() => {}) } })";
    let _replaced = Replaced::by(silent, "delete navigator.locks");
    assert_eq!(platform.lock("silent", 30).await.err().unwrap().code(), "lock_timeout");
}

/// The witness for what the package's tests imitate.
#[wasm_bindgen_test]
async fn a_sandboxed_frame_refuses_locks_with_a_security_error() {
    let script = "const frame = document.createElement('iframe');
        frame.sandbox = 'allow-scripts';
        frame.srcdoc = `<script>
            navigator.locks.request('x', () => {}).then(() => 'granted', ({ name }) => name)
                .then((outcome) => parent.postMessage({ outcome }, '*'));
        </` + `script>`;
        return new Promise((resolve) => {
            addEventListener('message', function hear({ data }) {
                if (!data?.outcome) return;
                removeEventListener('message', hear);
                frame.remove();
                resolve(data.outcome);
            });
            document.body.append(frame);
        });";
    let outcome: Promise = Function::new_no_args(script).call0(&JsValue::UNDEFINED).unwrap().unchecked_into();
    assert_eq!(JsFuture::from(outcome).await.unwrap().as_string().as_deref(), Some("SecurityError"));
}
