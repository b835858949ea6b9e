//! Web Locks ("Web Locks API", W3C): one holder of a name in all tabs of the origin.
//!
//! Some pages have none: old browsers, and sandboxed frames, where the request is rejected with a `SecurityError`. Tabs
//! then take turns with a lease in the storage.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Object, Promise};
use poolpass::error::{Error, ErrorKind};
use poolpass::platform::Guard;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use super::cancellation::Cancellation;
use super::scope;

/// How long the lock manager may take to say whether a lock is free.
const ANSWER_MS: u32 = 1_000;

// In web-sys these types are unstable: an app would have to be built with a `--cfg`.
#[wasm_bindgen]
extern "C" {
    type NavigatorLocks;
    #[wasm_bindgen(method, getter, catch)]
    fn locks(this: &NavigatorLocks) -> Result<Option<LockManager>, JsValue>;

    type LockManager;
    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &LockOptions, callback: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(extends = Object)]
    type LockOptions;
    #[wasm_bindgen(method, setter, js_name = ifAvailable)]
    fn set_if_available(this: &LockOptions, value: bool);
    #[wasm_bindgen(method, setter)]
    fn set_signal(this: &LockOptions, value: &AbortSignal);
}

thread_local! {
    /// The numbers of guards are never used again, also not after [`release_locks`].
    static NEXT: Cell<u32> = const { Cell::new(0) };
    /// The functions that release the locks which are held or requested, by the numbers of their guards.
    static RELEASES: RefCell<Vec<(u32, Function)>> = const { RefCell::new(Vec::new()) };
}

/// Releases every Web Lock that this wasm instance holds. Call it in a panic hook: after a panic nothing is dropped, and
/// other tabs would wait for a lock until this page is closed.
pub fn release_locks() {
    let releases = RELEASES.with(|releases| releases.try_borrow_mut().map(|mut all| std::mem::take(&mut *all)));
    for (_, release) in releases.unwrap_or_default() {
        let _ = release.call0(&JsValue::UNDEFINED);
    }
}

/// A held Web Lock.
pub struct WebGuard {
    number: u32,
    contended: bool,
}

impl WebGuard {
    /// Creates the guard of the lock that `release` releases.
    fn of(release: Function) -> Self {
        let number = NEXT.get();
        NEXT.set(number.wrapping_add(1));
        RELEASES.with_borrow_mut(|releases| releases.push((number, release)));
        Self { number, contended: false }
    }
}

impl Guard for WebGuard {
    fn contended(&self) -> bool {
        self.contended
    }
}

impl Drop for WebGuard {
    fn drop(&mut self) {
        let own = RELEASES.with_borrow_mut(|releases| {
            let place = releases.iter().position(|(number, _)| *number == self.number)?;
            Some(releases.remove(place).1)
        });
        if let Some(release) = own {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Takes the lock, waiting at most so long; a wait of 0 takes it only if it is free. `None` if the page has no Web
/// Locks.
///
/// # Errors
/// [`ErrorKind::LockTimeout`] if another tab still holds the lock.
pub(crate) async fn lock(name: &str, wait_ms: u32) -> Result<Option<WebGuard>, Error> {
    let Some(manager) = manager() else { return Ok(None) };
    let Ok(deadline) = Cancellation::new(None, if wait_ms == 0 { ANSWER_MS } else { wait_ms }) else {
        return Ok(None);
    };
    let options: LockOptions = Object::new().unchecked_into();
    options.set_if_available(true);
    match request(&manager, name, &options, &deadline).await {
        Ok(Some(guard)) => return Ok(Some(guard)),
        Ok(None) if wait_ms > 0 => {}
        Err(_) if deadline.cause().is_none() => return Ok(None),
        _ => return Err(ErrorKind::LockTimeout.into()),
    }
    let options: LockOptions = Object::new().unchecked_into();
    options.set_signal(&deadline.signal());
    match request(&manager, name, &options, &deadline).await {
        Ok(Some(mut guard)) => {
            guard.contended = true;
            Ok(Some(guard))
        }
        Err(_) if deadline.cause().is_none() => Ok(None),
        _ => Err(ErrorKind::LockTimeout.into()),
    }
}

fn manager() -> Option<LockManager> {
    scope::navigator()?.unchecked_into::<NavigatorLocks>().locks().ok()?
}

/// Requests the lock. `None` if it was not free; `Err` if the browser refused, or if the deadline passed.
async fn request(
    manager: &LockManager,
    name: &str,
    options: &LockOptions,
    deadline: &Cancellation,
) -> Result<Option<WebGuard>, JsValue> {
    let (held, release) = deferred();
    // Created first: a lock that is granted after the future was dropped is then released at once.
    let guard = WebGuard::of(release);
    let (granted, grant) = deferred();
    // Web Locks holds a lock for as long as the promise that the callback returns is pending.
    let callback = Closure::once_into_js(move |lock: JsValue| {
        let is_granted = !lock.is_null();
        let _ = grant.call1(&JsValue::UNDEFINED, &JsValue::from_bool(is_granted));
        if is_granted { JsValue::from(held) } else { JsValue::UNDEFINED }
    });
    let ended = manager.request(name, options, &callback)?;
    // The request ends without a call of the callback if the browser refuses it.
    let outcome = JsFuture::from(Promise::race(&Array::of2(&granted, &ended)));
    match deadline.guard(outcome).await {
        Ok(Ok(outcome)) => outcome.as_bool().map(|granted| granted.then_some(guard)).ok_or(outcome),
        Ok(Err(refusal)) => Err(refusal),
        Err(_) => Err(JsValue::UNDEFINED),
    }
}

/// A promise and the function that resolves it.
fn deferred() -> (Promise, Function) {
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _| resolver = Some(resolve));
    // The executor has run: promises call it at once.
    (promise, resolver.unwrap_or_default())
}
