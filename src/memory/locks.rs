//! Locks by name, first come first served, waited for in the world's time.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use crate::error::{Error, ErrorKind};
use crate::platform::Guard;

pub(super) struct Locks {
    now_ms: Rc<Cell<i64>>,
    queues: Rc<RefCell<Queues>>,
}

#[derive(Default)]
struct Queues {
    next_ticket: u64,
    /// Of each lock: the holder's ticket first, then those of the waiting with their wakers.
    by_name: BTreeMap<String, VecDeque<(u64, Option<Waker>)>>,
}

/// A held lock of a [`super::World`].
pub struct MemoryGuard {
    place: Place,
    contended: bool,
}

impl Guard for MemoryGuard {
    fn contended(&self) -> bool {
        self.contended
    }
}

/// A place in a queue, left when dropped.
struct Place {
    queues: Rc<RefCell<Queues>>,
    name: String,
    ticket: u64,
}

impl Locks {
    pub(super) fn new(now_ms: Rc<Cell<i64>>) -> Self {
        Self { now_ms, queues: Rc::default() }
    }

    pub(super) async fn take(&self, name: &str, wait_ms: u32) -> Result<MemoryGuard, Error> {
        let deadline = self.now_ms.get().saturating_add(i64::from(wait_ms));
        let place = Place::at_the_end(&self.queues, name);
        let contended = !place.is_first();
        poll_fn(|context| {
            if place.is_first() {
                Poll::Ready(Ok(()))
            } else if self.now_ms.get() >= deadline {
                Poll::Ready(Err(ErrorKind::LockTimeout))
            } else {
                place.wake_by(context.waker());
                Poll::Pending
            }
        })
        .await?;
        Ok(MemoryGuard { place, contended })
    }

    pub(super) fn time_has_passed(&self) {
        for waker in self.queues.borrow_mut().by_name.values_mut().flatten().filter_map(|(_, waker)| waker.take()) {
            waker.wake();
        }
    }
}

impl Place {
    fn at_the_end(queues: &Rc<RefCell<Queues>>, name: &str) -> Self {
        let mut all = queues.borrow_mut();
        all.next_ticket += 1;
        let ticket = all.next_ticket;
        all.by_name.entry(name.to_owned()).or_default().push_back((ticket, None));
        Self { queues: Rc::clone(queues), name: name.to_owned(), ticket }
    }

    fn is_first(&self) -> bool {
        let queues = self.queues.borrow();
        queues.by_name.get(&self.name).and_then(VecDeque::front).is_some_and(|(ticket, _)| *ticket == self.ticket)
    }

    fn wake_by(&self, waker: &Waker) {
        let mut queues = self.queues.borrow_mut();
        let queue = queues.by_name.entry(self.name.clone()).or_default();
        if let Some((_, slot)) = queue.iter_mut().find(|(ticket, _)| *ticket == self.ticket) {
            *slot = Some(waker.clone());
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut queues = self.queues.borrow_mut();
        let Some(queue) = queues.by_name.get_mut(&self.name) else { return };
        queue.retain(|(ticket, _)| *ticket != self.ticket);
        if let Some(waker) = queue.front_mut().and_then(|(_, waker)| waker.take()) {
            waker.wake();
        }
    }
}

impl MemoryGuard {
    /// The name of the lock.
    pub fn name(&self) -> &str {
        &self.place.name
    }
}
