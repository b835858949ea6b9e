//! The clock and its timers.

use std::cell::RefCell;

use poolpass::platform::Clock;

use super::{Bench, all, both};

/// A browser's timers and its clock may disagree by a millisecond or two.
const TOLERANCE_MS: i64 = 5;
/// No case waits so long: a sleep that ends was ended by something else.
const FOREVER_MS: u32 = 3_600_000;

pub(crate) async fn the_clock_moves_while_a_sleep_waits<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let before_ms = tab.now_ms();
    assert!(before_ms > 1_700_000_000_000, "milliseconds since 1970");
    tab.sleep(50).await;
    assert!(tab.now_ms() >= before_ms + 50 - TOLERANCE_MS);
}

pub(crate) async fn sleeps_end_in_the_order_of_their_lengths<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let ended = RefCell::new(Vec::new());
    let sleeper = |ms: u32| {
        let (tab, ended) = (tab.clone(), &ended);
        Box::pin(async move {
            tab.sleep(ms).await;
            ended.borrow_mut().push(ms);
        }) as _
    };
    all([200, 0, 100].map(sleeper)).await;
    assert_eq!(*ended.borrow(), [0, 100, 200]);
}

pub(crate) async fn a_sleep_ends_early_for_an_abort<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let (caller, abort) = bench.abortable(&tab);
    let start_ms = tab.now_ms();
    let abort = async {
        tab.sleep(20).await;
        abort();
    };
    both(caller.sleep(FOREVER_MS), abort).await;
    assert!(tab.now_ms() - start_ms < i64::from(FOREVER_MS));
}

pub(crate) async fn a_sleep_of_an_aborted_caller_ends_at_once<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let (caller, abort) = bench.abortable(&tab);
    abort();
    let start_ms = tab.now_ms();
    caller.sleep(FOREVER_MS).await;
    assert!(tab.now_ms() - start_ms < i64::from(FOREVER_MS));
}
