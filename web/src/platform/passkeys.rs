//! The browser's passkeys ("Web Authentication", W3C).
//!
//! A page has one request for a passkey at a time. So a dialog interrupts a wait for autofill, which goes on after a dialog that
//! failed.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use js_sys::{Function, Object, Promise, Reflect};
use poolpass::error::{Ceremony, Error, ErrorKind, PasskeyFault};
use poolpass::event::Event;
use poolpass::platform::{AUTOFILL_MS, Mediation, Passkeys};
use poolpass::secret::Secret;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::BrowserPlatform;
use super::cancellation::{Cancellation, Cause};
use super::{passkey_json, scope};

/// A dialog ends by itself. This is longer than any browser lets one be open, in milliseconds.
const DIALOG_MS: u32 = 3_600_000;

thread_local! {
    /// The requests of this page.
    static PAGE: Rc<Page> = Rc::default();
}

#[derive(Default)]
struct Page {
    /// The dialogs that are open.
    dialogs: Cell<u32>,
    /// The number of the latest wait for autofill.
    latest: Cell<u32>,
    /// The browser's request for autofill, which has to end before the next request starts.
    autofill: RefCell<Option<AbortController>>,
    /// Of the waits for autofill.
    wakers: RefCell<Vec<Waker>>,
}

impl Page {
    fn get() -> Rc<Self> {
        PAGE.with(Rc::clone)
    }

    /// Ends the request for autofill.
    fn interrupt(&self) {
        if let Some(controller) = self.autofill.take() {
            controller.abort();
        }
        self.changed();
    }

    fn changed(&self) {
        for waker in self.wakers.take() {
            waker.wake();
        }
    }
}

/// An open dialog.
struct Dialog(Rc<Page>);

impl Dialog {
    fn open() -> Self {
        let page = Page::get();
        page.dialogs.set(page.dialogs.get() + 1);
        page.interrupt();
        Self(page)
    }
}

impl Drop for Dialog {
    fn drop(&mut self) {
        self.0.dialogs.set(self.0.dialogs.get() - 1);
        self.0.changed();
    }
}

/// A request to the browser, which ends when this is dropped.
struct Request {
    controller: AbortController,
    credential: JsFuture,
}

impl Request {
    fn start(method: &str, options: &JsValue, mediation: Mediation) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        let init = Object::new();
        Reflect::set(&init, &"publicKey".into(), options)?;
        Reflect::set(&init, &"signal".into(), &controller.signal())?;
        if mediation == Mediation::Conditional {
            Reflect::set(&init, &"mediation".into(), &"conditional".into())?;
        }
        let container = container().ok_or(JsValue::UNDEFINED)?;
        let function: Function = Reflect::get(&container, &method.into())?.dyn_into()?;
        let promise = function.call1(&container, &init)?;
        Ok(Self { controller, credential: JsFuture::from(Promise::resolve(&promise)) })
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        self.controller.abort();
    }
}

/// `navigator.credentials`
fn container() -> Option<JsValue> {
    let container = Reflect::get(&scope::navigator()?, &"credentials".into()).ok()?;
    container.is_object().then_some(container)
}

/// Why there is no credential.
enum Failure {
    Fault(PasskeyFault),
    Browser(JsValue),
    Ended(Cause),
}

impl From<JsValue> for Failure {
    fn from(thrown: JsValue) -> Self {
        Self::Browser(thrown)
    }
}

impl BrowserPlatform {
    async fn passkey(&self, ceremony: Ceremony, options: &str, mediation: Mediation) -> Result<Secret<String>, Error> {
        let start_ms = js_sys::Date::now();
        let result = match mediation {
            Mediation::Modal => self.dialog(ceremony, options).await,
            Mediation::Conditional => self.autofill(options).await,
        };
        let fault = match result {
            Ok(credential) => return Ok(credential),
            Err(Failure::Ended(Cause::Aborted)) => return Err(ErrorKind::Aborted.into()),
            Err(Failure::Ended(Cause::TimedOut)) => PasskeyFault::TimedOut,
            Err(Failure::Fault(fault)) => fault,
            Err(Failure::Browser(thrown)) => {
                let lasted_ms = js_sys::Date::now() - start_ms;
                match fault_of(&thrown) {
                    // Browsers call both the same, but a dialog that was open for so long has ended by itself.
                    PasskeyFault::Cancelled if lasted_ms >= passkey_json::timeout_ms(options) => PasskeyFault::TimedOut,
                    fault => fault,
                }
            }
        };
        Err(ErrorKind::Passkey(fault, ceremony).into())
    }

    async fn dialog(&self, ceremony: Ceremony, options: &str) -> Result<Secret<String>, Failure> {
        let cancellation = self.cancellation(DIALOG_MS)?;
        let options = passkey_json::options(ceremony, options)?;
        let _dialog = Dialog::open();
        let method = if ceremony == Ceremony::Registration { "create" } else { "get" };
        let mut request = Request::start(method, &options, Mediation::Modal)?;
        let credential = cancellation.guard(&mut request.credential).await.map_err(Failure::Ended)??;
        Ok(passkey_json::credential(&credential)?)
    }

    async fn autofill(&self, options: &str) -> Result<Secret<String>, Failure> {
        let cancellation = self.cancellation(AUTOFILL_MS)?;
        let options = passkey_json::options(Ceremony::SignIn, options)?;
        if !passkey_json::has_autofill().await {
            return Err(Failure::Fault(PasskeyFault::NotSupported));
        }
        let page = Page::get();
        let number = page.latest.get().wrapping_add(1);
        page.latest.set(number);
        page.interrupt();
        let is_signed_in = Rc::<Cell<bool>>::default();
        let _listener = self.on_event_from({
            let (is_signed_in, page) = (Rc::clone(&is_signed_in), Rc::clone(&page));
            move |event, _| {
                if matches!(event, Event::SignedIn(_)) {
                    is_signed_in.set(true);
                    page.changed();
                }
            }
        });
        let end = || {
            if is_signed_in.get() {
                Some(PasskeyFault::Superseded)
            } else {
                (page.latest.get() != number).then_some(PasskeyFault::Interrupted)
            }
        };
        let waiting = async {
            loop {
                page.until(|| page.dialogs.get() == 0 || end().is_some()).await;
                if let Some(fault) = end() {
                    return Err(Failure::Fault(fault));
                }
                let mut request = Request::start("get", &options, Mediation::Conditional)?;
                page.autofill.replace(Some(request.controller.clone()));
                let changed = page.until(|| page.dialogs.get() > 0 || end().is_some());
                if let Some(credential) = first(&mut request.credential, changed).await {
                    return Ok(passkey_json::credential(&credential?)?);
                }
            }
        };
        cancellation.guard(waiting).await.map_err(Failure::Ended)?
    }

    fn cancellation(&self, after_ms: u32) -> Result<Cancellation, Failure> {
        let cancellation = Cancellation::new(self.signal(), after_ms)?;
        match cancellation.cause() {
            Some(cause) => Err(Failure::Ended(cause)),
            None if passkey_json::has_passkeys() && container().is_some() => Ok(cancellation),
            None => Err(Failure::Fault(PasskeyFault::NotSupported)),
        }
    }
}

impl Page {
    /// Waits until it is so.
    async fn until(&self, is_so: impl Fn() -> bool) {
        poll_fn(|context| {
            if is_so() {
                return Poll::Ready(());
            }
            self.wakers.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// The first future's result, or `None` if the other has ended.
async fn first<T>(future: impl Future<Output = T>, other: impl Future<Output = ()>) -> Option<T> {
    let (mut future, mut other) = (pin!(future), pin!(other));
    poll_fn(|context| match other.as_mut().poll(context) {
        Poll::Ready(()) => Poll::Ready(None),
        Poll::Pending => future.as_mut().poll(context).map(Some),
    })
    .await
}

/// The fault for what the browser throws, by its name.
fn fault_of(thrown: &JsValue) -> PasskeyFault {
    let name = Reflect::get(thrown, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
    match name.as_str() {
        "AbortError" | "OperationError" => PasskeyFault::Interrupted,
        "EncodingError" | "TypeError" => PasskeyFault::BadOptions,
        "InvalidStateError" => PasskeyFault::Exists,
        "NotAllowedError" => PasskeyFault::Cancelled,
        "ConstraintError" | "NotSupportedError" => PasskeyFault::NotSupported,
        "SecurityError" => PasskeyFault::WrongDomain,
        _ => PasskeyFault::Failed,
    }
}

impl Passkeys for BrowserPlatform {
    async fn get_passkey(&self, options: &str, mediation: Mediation) -> Result<Secret<String>, Error> {
        self.passkey(Ceremony::SignIn, options, mediation).await
    }

    async fn create_passkey(&self, options: &str) -> Result<Secret<String>, Error> {
        self.passkey(Ceremony::Registration, options, Mediation::Modal).await
    }
}
