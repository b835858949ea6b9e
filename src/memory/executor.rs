//! Tasks and timers of a world: deterministic, with a clock that moves on only when all tasks wait.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

/// The owner of a task: a tab's number, or none.
pub(super) type Owner = Option<usize>;

pub(super) struct Executor {
    now_ms: Cell<i64>,
    timers: RefCell<Vec<(i64, Waker)>>,
    tasks: RefCell<Vec<Rc<Task>>>,
    frozen: RefCell<BTreeSet<usize>>,
    /// The owner of the task that is being polled.
    running: Cell<Owner>,
    /// Chooses one of the tasks that can continue. Without it the oldest one continues.
    choose: RefCell<Option<Box<Choose>>>,
}

type Choose = dyn FnMut(usize) -> usize;

struct Task {
    owner: Owner,
    woken: Arc<Flag>,
    future: RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>>,
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Flag {
    fn new() -> Arc<Self> {
        Arc::new(Self(AtomicBool::new(true)))
    }

    fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}

impl Executor {
    pub(super) fn new(now_ms: i64) -> Self {
        Self {
            now_ms: Cell::new(now_ms),
            timers: RefCell::default(),
            tasks: RefCell::default(),
            frozen: RefCell::default(),
            running: Cell::new(None),
            choose: RefCell::default(),
        }
    }

    pub(super) fn now_ms(&self) -> i64 {
        self.now_ms.get()
    }

    /// Moves the clock on and wakes the timers that are due.
    pub(super) fn advance_ms(&self, ms: i64) {
        self.now_ms.set(self.now_ms().saturating_add(ms));
        let now_ms = self.now_ms();
        let mut timers = self.timers.borrow_mut();
        let mut due = Vec::new();
        timers.retain(|(at_ms, waker)| {
            let is_due = *at_ms <= now_ms;
            if is_due {
                due.push(waker.clone());
            }
            !is_due
        });
        drop(timers);
        for waker in due {
            waker.wake();
        }
    }

    /// Waits until the clock reaches this time.
    pub(super) async fn sleep_until(&self, at_ms: i64) {
        poll_fn(|context| {
            if self.now_ms() >= at_ms {
                return Poll::Ready(());
            }
            self.timers.borrow_mut().push((at_ms, context.waker().clone()));
            Poll::Pending
        })
        .await;
    }

    pub(super) fn wake_at(&self, at_ms: i64, waker: &Waker) {
        self.timers.borrow_mut().push((at_ms, waker.clone()));
    }

    pub(super) fn spawn(&self, owner: Owner, future: Pin<Box<dyn Future<Output = ()>>>) {
        let task = Task { owner, woken: Flag::new(), future: RefCell::new(Some(future)) };
        self.tasks.borrow_mut().push(Rc::new(task));
    }

    pub(super) fn running(&self) -> Owner {
        self.running.get()
    }

    pub(super) fn choose_with(&self, choose: impl FnMut(usize) -> usize + 'static) {
        self.choose.replace(Some(Box::new(choose)));
    }

    pub(super) fn freeze(&self, tab: usize, frozen: bool) {
        if frozen {
            self.frozen.borrow_mut().insert(tab);
        } else {
            self.frozen.borrow_mut().remove(&tab);
        }
    }

    /// Drops all tasks of a tab, like a crash.
    pub(super) fn kill(&self, tab: usize) {
        let (dead, alive) = self.tasks.take().into_iter().partition(|task: &Rc<Task>| task.owner == Some(tab));
        self.tasks.replace(alive);
        drop(dead);
    }

    /// Runs a task until it waits. Returns whether there was one to run.
    pub(super) fn run_one(&self) -> bool {
        let ready: Vec<Rc<Task>> = {
            let frozen = self.frozen.borrow();
            let can_run = |task: &&Rc<Task>| {
                task.woken.0.load(Ordering::Relaxed) && task.owner.is_none_or(|tab| !frozen.contains(&tab))
            };
            self.tasks.borrow().iter().filter(can_run).cloned().collect()
        };
        if ready.is_empty() {
            return false;
        }
        let chosen = self.choose.borrow_mut().as_mut().map_or(0, |choose| choose(ready.len()) % ready.len());
        let task = &ready[chosen];
        task.woken.take();
        let waker = Waker::from(Arc::clone(&task.woken));
        let Some(mut future) = task.future.take() else { return true };
        self.running.set(task.owner);
        let progress = future.as_mut().poll(&mut Context::from_waker(&waker));
        self.running.set(None);
        if progress.is_ready() {
            self.tasks.borrow_mut().retain(|other| !Rc::ptr_eq(other, task));
        } else {
            task.future.replace(Some(future));
        }
        true
    }

    /// Runs all tasks until they wait for the clock.
    pub(super) fn run_ready(&self) {
        while self.run_one() {}
    }

    /// Moves the clock to the next timer. Returns whether there is one.
    pub(super) fn advance_to_next_timer(&self) -> bool {
        let next_ms = self.timers.borrow().iter().map(|(at_ms, _)| *at_ms).min();
        match next_ms {
            Some(at_ms) => {
                self.advance_ms((at_ms - self.now_ms()).max(0));
                true
            }
            None => false,
        }
    }

    /// Runs a future to its end, and all tasks with it. Moves the clock on whenever all of them wait.
    pub(super) fn run<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        let woken = Flag::new();
        let waker = Waker::from(Arc::clone(&woken));
        let output = loop {
            if woken.take()
                && let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker))
            {
                break output;
            }
            let went_on = self.run_one() || woken.0.load(Ordering::Relaxed);
            assert!(went_on || self.advance_to_next_timer(), "the future waits for something that never comes");
        };
        // The remaining background tasks continue with the next future.
        self.run_ready();
        output
    }

    /// Runs all tasks to their ends.
    pub(super) fn settle(&self) {
        self.run_ready();
        while !self.tasks.borrow().is_empty() && self.advance_to_next_timer() {
            self.run_ready();
        }
    }
}
