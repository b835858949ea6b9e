//! Locks across tabs.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use poolpass::platform::{Clock, Guard, Locks};

use super::{Bench, Part, all, both};

/// Longer than any case runs.
const LONG_MS: u32 = 60_000;

pub(crate) async fn a_lock_has_one_holder<B: Bench>(bench: &B) {
    let (holders, most) = (Cell::new(0), Cell::new(0));
    let worker = |tab: B::Tab| {
        let (holders, most) = (&holders, &most);
        Box::pin(async move {
            for _ in 0..3 {
                let guard = tab.lock("contract one holder", LONG_MS).await.unwrap().unwrap();
                holders.set(holders.get() + 1);
                most.set(most.get().max(holders.get()));
                tab.sleep(2).await;
                holders.set(holders.get() - 1);
                drop(guard);
            }
        }) as _
    };
    all([bench.tab(), bench.tab(), bench.tab()].map(worker)).await;
    assert_eq!(most.get(), 1);
}

pub(crate) async fn another_name_is_another_lock<B: Bench>(bench: &B) {
    let (one, two) = (bench.tab(), bench.tab());
    let held = one.lock("contract a", LONG_MS).await.unwrap().unwrap();
    let other = two.lock("contract b", 0).await.unwrap().unwrap();
    assert!(!held.contended() && !other.contended());
}

pub(crate) async fn a_wait_of_nothing_takes_a_free_lock_only<B: Bench>(bench: &B) {
    let (one, two) = (bench.tab(), bench.tab());
    let held = one.lock("contract free", 0).await.unwrap().unwrap();
    for tab in [&one, &two] {
        assert_eq!(tab.lock("contract free", 0).await.err().unwrap().code(), "lock_timeout");
    }
    drop(held);
    assert!(two.lock("contract free", LONG_MS).await.unwrap().is_some(), "a dropped guard releases");
}

pub(crate) async fn a_wait_ends_at_its_limit<B: Bench>(bench: &B) {
    let (one, two) = (bench.tab(), bench.tab());
    let held = one.lock("contract limit", LONG_MS).await.unwrap().unwrap();
    assert_eq!(two.lock("contract limit", 30).await.err().unwrap().code(), "lock_timeout");
    drop(held);
    assert!(two.lock("contract limit", LONG_MS).await.unwrap().is_some(), "a wait that ended left the queue");
}

pub(crate) async fn waiting_tabs_get_a_lock_in_their_order<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let held = tab.lock("contract order", LONG_MS).await.unwrap().unwrap();
    let held = RefCell::new(Some(held));
    let granted = RefCell::new(Vec::new());
    let waiting = |number: u32| {
        let (other, held, granted) = (bench.tab(), &held, &granted);
        Box::pin(async move {
            // One after the other, and the lock becomes free when all wait.
            other.sleep(number * 50).await;
            if number == 4 {
                held.take();
                return;
            }
            let guard = other.lock("contract order", LONG_MS).await.unwrap().unwrap();
            assert!(guard.contended());
            granted.borrow_mut().push(number);
        }) as _
    };
    all([3, 1, 2, 4].map(waiting)).await;
    assert_eq!(*granted.borrow(), [1, 2, 3]);
}

pub(crate) async fn a_request_that_is_dropped_leaves_the_queue<B: Bench>(bench: &B) {
    let (one, two) = (bench.tab(), bench.tab());
    let held = one.lock("contract dropped", LONG_MS).await.unwrap().unwrap();
    {
        let mut request = pin!(two.lock("contract dropped", LONG_MS));
        let mut pause = pin!(one.sleep(50));
        // Both are polled until the pause is over: the request is in the queue then.
        poll_fn(|context| {
            assert!(request.as_mut().poll(context).is_pending());
            pause.as_mut().poll(context)
        })
        .await;
    }
    drop(held);
    assert!(one.lock("contract dropped", LONG_MS).await.unwrap().is_some());
    {
        let mut request = pin!(two.lock("contract dropped", LONG_MS));
        let is_pending = poll_fn(|context| Poll::Ready(request.as_mut().poll(context).is_pending())).await;
        assert!(is_pending);
        // The lock is granted to a future that nobody polls.
        one.sleep(50).await;
    }
    assert!(one.lock("contract dropped", LONG_MS).await.unwrap().is_some());
}

/// A caller who aborts drops what it waits for. The kit's own work goes on, such as a refresh for others.
pub(crate) async fn an_abort_does_not_end_a_wait_for_a_lock<B: Bench>(bench: &B) {
    let (tab, holder) = (bench.tab(), bench.tab());
    let held = holder.lock("contract abort", LONG_MS).await.unwrap().unwrap();
    let (caller, abort) = bench.abortable(&tab);
    let other = async {
        tab.sleep(20).await;
        abort();
        tab.sleep(20).await;
        drop(held);
    };
    let (guard, ()) = both(caller.lock("contract abort", LONG_MS), other).await;
    assert!(guard.unwrap().unwrap().contended());
}

pub(crate) async fn without_locks_there_is_none<B: Bench>(bench: &B) {
    let tab = bench.tab();
    bench.take_away(Part::Locks);
    for wait_ms in [0, 1_000] {
        assert!(tab.lock("contract none", wait_ms).await.unwrap().is_none());
    }
}
