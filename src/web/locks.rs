//! Web Locks ("Web Locks API", W3C): one holder of a name in all tabs of the origin.
//!
//! A browser without them has no lock between tabs; within a tab the refresh is single-flight anyway.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{member, object};
use crate::error::{Error, ErrorKind};
use crate::platform::Guard;

#[wasm_bindgen]
extern "C" {
    type LockManager;
    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &JsValue, callback: &JsValue) -> Result<Promise, JsValue>;

    type Timeout;
    #[wasm_bindgen(static_method_of = Timeout, js_class = AbortSignal)]
    fn timeout(ms: u32) -> JsValue;
}

/// A held Web Lock.
pub struct WebGuard {
    release: Option<Function>,
    contended: bool,
}

impl Guard for WebGuard {
    fn contended(&self) -> bool {
        self.contended
    }
}

impl Drop for WebGuard {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Takes the lock, waiting at most so long.
pub(super) async fn lock(name: &str, wait_ms: u32) -> Result<Option<WebGuard>, Error> {
    let locks = member(&js_sys::global(), "navigator").and_then(|navigator| member(&navigator, "locks"));
    let Some(locks) = locks else { return Ok(None) };
    let locks: LockManager = locks.unchecked_into();
    let at_once = object(&[("ifAvailable", JsValue::TRUE)]);
    if let Some(release) = hold(&locks, name, &at_once).await? {
        return Ok(Some(WebGuard { release: Some(release), contended: false }));
    }
    let in_time = object(&[("signal", Timeout::timeout(wait_ms))]);
    Ok(Some(WebGuard { release: hold(&locks, name, &in_time).await?, contended: true }))
}

/// Asks for the lock. It is held until the function that comes back is called; `None` if it was not there.
async fn hold(locks: &LockManager, name: &str, options: &JsValue) -> Result<Option<Function>, Error> {
    let (held, release) = deferred();
    let (granted, grant) = deferred();
    // Web Locks holds a lock for as long as the promise that the callback returns is pending.
    let callback = Closure::once(move |lock: JsValue| {
        let got = !lock.is_null();
        let _ = grant.call1(&JsValue::UNDEFINED, &JsValue::from_bool(got));
        if got { JsValue::from(held) } else { JsValue::UNDEFINED }
    });
    let request = locks.request(name, options, callback.as_ref()).map_err(|_| ErrorKind::LockTimeout)?;
    let either: Array = [JsValue::from(granted), JsValue::from(request)].into_iter().collect();
    let got = JsFuture::from(Promise::race(&either)).await.map_err(|_| ErrorKind::LockTimeout)?;
    Ok(got.is_truthy().then_some(release))
}

/// A promise and the function that resolves it.
fn deferred() -> (Promise, Function) {
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _| resolver = Some(resolve));
    // The executor has run: promises call it at once.
    (promise, resolver.unwrap_or_default())
}
