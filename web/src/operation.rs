//! Operations that a caller can abort.

use std::pin::Pin;
use std::task::{Context, Poll};

use poolpass::error::{Error, ErrorKind};
use web_sys::AbortSignal;

use crate::platform::cancellation::Cancellation;

/// An operation under way. It does nothing until it is awaited, and stops where it is when it is dropped. To end one
/// cleanly, abort it: see [`Auth::with_signal`](crate::Auth::with_signal).
#[must_use = "an operation does nothing until it is awaited"]
pub struct Operation<T, E = Error>(Pin<Box<dyn Future<Output = Result<T, E>>>>);

/// Longer than any operation of the kit takes: a timer needs some number.
const LONGEST_MS: u32 = i32::MAX as u32;

impl<T: 'static, E: From<Error> + 'static> Operation<T, E> {
    pub(crate) fn new(signal: Option<&AbortSignal>, work: impl Future<Output = Result<T, E>> + 'static) -> Self {
        let Some(signal) = signal.cloned() else { return Self(Box::pin(work)) };
        Self(Box::pin(abortable(signal, Box::pin(work))))
    }
}

impl<T, E> Operation<T, E> {
    /// Work that hears of the signal by itself.
    pub(crate) fn unstoppable(work: impl Future<Output = Result<T, E>> + 'static) -> Self {
        Self(Box::pin(work))
    }
}

/// Returns the work's result, or `aborted` as soon as the signal fires. The work then continues in the background until it
/// notices the signal.
async fn abortable<T: 'static, E: From<Error> + 'static>(
    signal: AbortSignal,
    mut work: Pin<Box<dyn Future<Output = Result<T, E>>>>,
) -> Result<T, E> {
    let aborted = || Error::from(ErrorKind::Aborted).into();
    if signal.aborted() {
        return Err(aborted());
    }
    let Ok(cancellation) = Cancellation::new(Some(&signal), LONGEST_MS) else { return work.await };
    match cancellation.guard(&mut work).await {
        Ok(result) => result,
        Err(_) => {
            wasm_bindgen_futures::spawn_local(async move {
                // The caller has gone. If a session begins or ends, the listeners get the event.
                let _ = work.await;
            });
            Err(aborted())
        }
    }
}

impl<T, E> Future for Operation<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}
