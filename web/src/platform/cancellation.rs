//! Ends a wait when its time is over, when the caller's `AbortSignal` fires, or when the future that waits is dropped.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal};

/// Why a wait has ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The caller's signal fired.
    Aborted,
    /// The time is over.
    TimedOut,
}

#[derive(Default)]
struct State {
    cause: Cell<Option<Cause>>,
    waker: RefCell<Option<Waker>>,
}

/// A deadline together with the caller's signal. It has a signal of its own to hand to the browser, which also fires when
/// this is dropped.
///
/// `AbortSignal.any` and `AbortSignal.timeout` would do, but the former is missing in browsers of 2023.
pub(crate) struct Cancellation {
    state: Rc<State>,
    controller: AbortController,
    _timeout: Timeout,
    _listener: Option<EventListener>,
}

impl Cancellation {
    /// Starts the clock. `Err` if the browser has no `AbortController`.
    pub(crate) fn new(caller: Option<&AbortSignal>, after_ms: u32) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        let state = Rc::<State>::default();
        let cancel = |cause| {
            let (state, controller) = (Rc::clone(&state), controller.clone());
            move || {
                if state.cause.get().is_none() {
                    state.cause.set(Some(cause));
                    controller.abort();
                    if let Some(waker) = state.waker.take() {
                        waker.wake();
                    }
                }
            }
        };
        if caller.is_some_and(AbortSignal::aborted) {
            cancel(Cause::Aborted)();
        }
        let timeout = Timeout::new(after_ms, cancel(Cause::TimedOut));
        let listener = caller.map(|signal| {
            let abort = cancel(Cause::Aborted);
            EventListener::once(signal, "abort", move |_| abort())
        });
        Ok(Self { state, controller, _timeout: timeout, _listener: listener })
    }

    /// The signal for the browser's functions.
    pub(crate) fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// Why the wait ended, if it did.
    pub(crate) fn cause(&self) -> Option<Cause> {
        self.state.cause.get()
    }

    /// The future's result, or the cause if that comes first.
    pub(crate) async fn guard<T>(&self, future: impl Future<Output = T>) -> Result<T, Cause> {
        let mut future = pin!(future);
        poll_fn(|context| {
            if let Poll::Ready(value) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(value));
            }
            if let Some(cause) = self.cause() {
                return Poll::Ready(Err(cause));
            }
            self.state.waker.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await
    }
}

impl Drop for Cancellation {
    fn drop(&mut self) {
        self.controller.abort();
    }
}
