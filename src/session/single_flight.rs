//! One run of an operation at a time. Callers that join meanwhile get the same result.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};

/// Shares the result of an operation between all callers while it runs.
pub(crate) struct SingleFlight<T> {
    running: RefCell<Option<Rc<Flight<T>>>>,
}

struct Flight<T> {
    result: RefCell<Option<T>>,
    over: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl<T> Default for SingleFlight<T> {
    fn default() -> Self {
        Self { running: RefCell::default() }
    }
}

impl<T: Clone> SingleFlight<T> {
    /// Joins the running operation, or runs this one.
    pub(crate) async fn run<F: Future<Output = T>>(&self, operation: impl FnOnce() -> F) -> T {
        loop {
            let joined = self.running.borrow().clone();
            let Some(flight) = joined else { break };
            // Without a result, the future that ran it was dropped, so this caller tries again.
            if let Some(result) = flight.wait().await {
                return result;
            }
        }
        let flight =
            Rc::new(Flight { result: RefCell::new(None), over: Cell::new(false), waiting: RefCell::new(Vec::new()) });
        self.running.replace(Some(Rc::clone(&flight)));
        let landing = Landing { running: &self.running, flight: &flight };
        let result = operation().await;
        flight.result.replace(Some(result.clone()));
        drop(landing);
        result
    }
}

impl<T: Clone> Flight<T> {
    async fn wait(&self) -> Option<T> {
        poll_fn(|context| {
            if self.over.get() {
                return Poll::Ready(self.result.borrow().clone());
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}

/// Ends a flight, even if its future is dropped before the end.
struct Landing<'a, T> {
    running: &'a RefCell<Option<Rc<Flight<T>>>>,
    flight: &'a Flight<T>,
}

impl<T> Drop for Landing<'_, T> {
    fn drop(&mut self) {
        self.running.replace(None);
        self.flight.over.set(true);
        for waker in self.flight.waiting.take() {
            waker.wake();
        }
    }
}
