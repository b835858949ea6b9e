//! The abort signal of a caller.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Poll, Waker};

#[derive(Default)]
pub(super) struct AbortSignal {
    fired: Cell<bool>,
    /// Of the waits that the signal ends.
    wakers: RefCell<Vec<Waker>>,
}

impl AbortSignal {
    pub(super) fn fire(&self) {
        self.fired.set(true);
        for waker in self.wakers.take() {
            waker.wake();
        }
    }

    pub(super) fn fired(&self) -> bool {
        self.fired.get()
    }

    /// Waits for the future, or until the signal fires.
    pub(super) async fn end(&self, future: impl Future<Output = ()>) {
        let mut future = pin!(future);
        poll_fn(|context| {
            if self.fired() || future.as_mut().poll(context).is_ready() {
                return Poll::Ready(());
            }
            self.wakers.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
