//! Web Locks ("Web Locks API", W3C): one holder of a name in all tabs of the origin.
//!
//! Some pages have none: old browsers, Node.js before 24, and sandboxed frames, where the request is rejected with a
//! `SecurityError`. Tabs then take turns with a lease in the storage (`session/store/turn.rs`).

use std::cell::{Cell, RefCell};

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::reflect::{call, deferred, first, get, global, object};
use super::signal::AbortSignal;
use poolpass::error::{Error, ErrorKind};
use poolpass::platform::Guard;

/// How long the lock manager may take to say whether a lock is free.
const ANSWER_MS: u32 = 1_000;

thread_local! {
    /// The numbers of guards are never used again, also not after [`release_locks`].
    static NEXT: Cell<u32> = const { Cell::new(0) };
    /// The functions that release the locks which are held or requested, by the numbers of their guards.
    static RELEASES: RefCell<Vec<(u32, Function)>> = const { RefCell::new(Vec::new()) };
}

/// Releases every Web Lock that this wasm instance holds. For panic hooks: after a panic nothing is dropped, and other
/// tabs would wait for a lock until this page is closed. The npm package does it in its own hook.
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
    /// The guard of the lock that `release` lets go of.
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
    let locks = get(&global("navigator"), "locks").unwrap_or_default();
    let deadline = AbortSignal::timeout(if wait_ms == 0 { ANSWER_MS } else { wait_ms });
    let mut options = object(&[("ifAvailable", JsValue::TRUE)]);
    let mut contended = false;
    loop {
        match hold(&locks, name, &options, deadline.as_ref()).await {
            Ok(Some(mut guard)) => {
                guard.contended = contended;
                return Ok(Some(guard));
            }
            Ok(None)
                if wait_ms > 0
                    && !contended
                    && let Some(signal) = &deadline =>
            {
                options = object(&[("signal", signal.into())]);
                contended = true;
            }
            Err(_) if !deadline.as_ref().is_some_and(AbortSignal::aborted) => return Ok(None),
            _ => return Err(ErrorKind::LockTimeout.into()),
        }
    }
}

/// Requests the lock. `None` if it was not free; `Err` if the browser refused, or if the deadline passed.
async fn hold(
    locks: &JsValue,
    name: &str,
    options: &JsValue,
    deadline: Option<&AbortSignal>,
) -> Result<Option<WebGuard>, JsValue> {
    let (held, release) = deferred();
    // From here on: a lock that is granted after nobody waits for it any more is released at once.
    let guard = WebGuard::of(release);
    let (granted, grant) = deferred();
    // Web Locks holds a lock for as long as the promise that the callback returns is pending.
    let callback = Closure::once(move |lock: JsValue| {
        let got = !lock.is_null();
        let _ = grant.call1(&JsValue::UNDEFINED, &JsValue::from_bool(got));
        if got { JsValue::from(held) } else { JsValue::UNDEFINED }
    });
    let request = call(locks, "request", &[&JsValue::from_str(name), options, callback.as_ref()])?;
    let outcome = first(&[&granted, &request, &AbortSignal::rejection(deadline)]).await?;
    match outcome.as_bool() {
        Some(got) => Ok(got.then_some(guard)),
        // The request ended without a call back.
        None => Err(outcome),
    }
}
