//! Named locks, first come first served, with time limits in the world's time.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::executor::Executor;
use crate::error::{Error, ErrorKind};
use crate::platform::Guard;

#[derive(Default)]
pub(super) struct Locks {
    queues: Rc<RefCell<Queues>>,
}

#[derive(Default)]
struct Queues {
    next_ticket: u64,
    /// For each lock: the holder's ticket, then those of the waiting tasks with their wakers.
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

/// A place in a queue. Dropping it leaves the queue.
struct Place {
    queues: Rc<RefCell<Queues>>,
    name: String,
    ticket: u64,
}

impl Locks {
    pub(super) async fn take(&self, executor: &Executor, name: &str, wait_ms: u32) -> Result<MemoryGuard, Error> {
        let deadline = executor.now_ms().saturating_add(i64::from(wait_ms));
        let place = Place::at_the_end(&self.queues, name);
        let contended = !place.is_first();
        poll_fn(|context| {
            if place.is_first() {
                Poll::Ready(Ok(()))
            } else if executor.now_ms() >= deadline {
                Poll::Ready(Err(ErrorKind::LockTimeout))
            } else {
                place.wake_by(context.waker());
                executor.wake_at(deadline, context.waker());
                Poll::Pending
            }
        })
        .await?;
        Ok(MemoryGuard { place, contended })
    }

    /// The names of the locks that are held.
    pub(super) fn held(&self) -> Vec<String> {
        let queues = self.queues.borrow();
        queues.by_name.iter().filter(|(_, queue)| !queue.is_empty()).map(|(name, _)| name.clone()).collect()
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
