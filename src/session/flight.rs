//! One run of an operation at a time for each key. Callers that join meanwhile get the same result. The operation runs
//! in the background, so no caller's abort stops it, and it may continue after it has handed its result over.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// The running operations.
pub(crate) struct Flights<T>(RefCell<Vec<(String, Rc<Flight<T>>)>>);

/// One running operation.
pub(crate) struct Flight<T> {
    result: RefCell<Option<T>>,
    waiting: RefCell<Vec<Waker>>,
}

impl<T> Default for Flights<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T: Clone> Flights<T> {
    /// Joins the operation with this key, or starts it. `start` runs it and passes its result to [`Flights::land`].
    pub(crate) async fn join(&self, key: &str, start: impl FnOnce(Rc<Flight<T>>)) -> T {
        let under_way = self.0.borrow().iter().find(|(known, _)| known == key).map(|(_, flight)| Rc::clone(flight));
        let flight = match under_way {
            Some(flight) => flight,
            None => {
                let flight = Rc::new(Flight { result: RefCell::new(None), waiting: RefCell::new(Vec::new()) });
                self.0.borrow_mut().push((key.to_owned(), Rc::clone(&flight)));
                start(Rc::clone(&flight));
                flight
            }
        };
        poll_fn(|context| match &*flight.result.borrow() {
            Some(result) => Poll::Ready(result.clone()),
            None => {
                flight.waiting.borrow_mut().push(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }

    /// Passes the result to all waiting callers. The next caller starts the operation again.
    pub(crate) fn land(&self, flight: &Rc<Flight<T>>, result: T) {
        self.0.borrow_mut().retain(|(_, other)| !Rc::ptr_eq(other, flight));
        flight.result.replace(Some(result));
        for waker in flight.waiting.take() {
            waker.wake();
        }
    }
}
