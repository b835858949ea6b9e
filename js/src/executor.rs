//! Runs the kit's futures. There is one thread, and JavaScript calls [`run`] whenever something can continue.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

type Task = Pin<Box<dyn Future<Output = ()>>>;

thread_local! {
    /// The tasks; a place is free when its task has finished. `None` too while the task runs.
    static TASKS: RefCell<Vec<Place>> = const { RefCell::new(Vec::new()) };
    /// The places of the tasks that can continue.
    static READY: RefCell<VecDeque<usize>> = const { RefCell::new(VecDeque::new()) };
    static IS_RUNNING: Cell<bool> = const { Cell::new(false) };
}

struct Place {
    task: Option<Task>,
    is_taken: bool,
    waker: Waker,
}

/// Wakes the task at a place. A late wake may poll the place's next task, which does no harm.
struct Wakener(usize);

impl Wake for Wakener {
    fn wake(self: Arc<Self>) {
        READY.with_borrow_mut(|ready| ready.push_back(self.0));
    }
}

/// Adds a task. It starts with the next [`run`].
pub(crate) fn spawn(task: Task) {
    let at = TASKS.with_borrow_mut(|places| {
        let free = places.iter().position(|place| !place.is_taken);
        let at = free.unwrap_or(places.len());
        if free.is_none() {
            places.push(Place { task: None, is_taken: true, waker: Waker::from(Arc::new(Wakener(at))) });
        }
        if let Some(place) = places.get_mut(at) {
            place.is_taken = true;
            place.task = Some(task);
        }
        at
    });
    READY.with_borrow_mut(|ready| ready.push_back(at));
}

/// Runs the tasks until all of them wait. A listener that calls the kit from within a task leaves its task to that run.
pub(crate) fn run() {
    if IS_RUNNING.replace(true) {
        return;
    }
    while let Some(at) = READY.with_borrow_mut(VecDeque::pop_front) {
        let taken = TASKS.with_borrow_mut(|places| {
            let place = places.get_mut(at)?;
            Some((place.task.take()?, place.waker.clone()))
        });
        let Some((mut task, waker)) = taken else { continue };
        let is_over = task.as_mut().poll(&mut Context::from_waker(&waker)).is_ready();
        TASKS.with_borrow_mut(|places| {
            if let Some(place) = places.get_mut(at) {
                if is_over {
                    place.is_taken = false;
                } else {
                    place.task = Some(task);
                }
            }
        });
    }
    IS_RUNNING.set(false);
}
