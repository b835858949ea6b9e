//! Work in the background, and callers who abort.

use std::cell::Cell;
use std::rc::Rc;

use poolpass::platform::{Clock, Platform, Storage};

use super::{Bench, until};

/// Spawns a task that waits, uses the storage and then sets the flag.
fn spawn_work<P: Platform>(on: &P, with: P) -> Rc<Cell<bool>> {
    let is_done = Rc::new(Cell::new(false));
    let done = Rc::clone(&is_done);
    on.spawn(async move {
        with.sleep(30).await;
        with.storage().set("contract.task", "done").await.unwrap();
        done.set(true);
    });
    is_done
}

pub(crate) async fn a_task_runs_in_the_background<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let is_done = spawn_work(&tab, tab.clone());
    assert!(!is_done.get(), "its caller goes on");
    until(&tab, || is_done.get()).await;
    assert_eq!(tab.storage().get("contract.task").await.unwrap().unwrap().expose_secret(), "done");
}

pub(crate) async fn a_task_goes_on_after_an_abort<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let (caller, abort) = bench.abortable(&tab);
    let start_ms = tab.now_ms();
    let is_done = spawn_work(&caller, caller.detached());
    abort();
    drop(caller);
    until(&tab, || is_done.get()).await;
    assert!(tab.now_ms() - start_ms >= 25, "the abort did not end its sleep");
}

pub(crate) async fn a_task_goes_on_when_its_tab_is_closed<B: Bench>(bench: &B) {
    let (tab, other) = (bench.tab(), bench.tab());
    let is_done = spawn_work(&tab, tab.clone());
    bench.close(tab);
    until(&other, || is_done.get()).await;
}

pub(crate) async fn a_detached_platform_is_never_aborted<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let (caller, abort) = bench.abortable(&tab);
    let before = caller.detached();
    assert!(!tab.aborted() && !caller.aborted());
    let clone = caller.clone();
    abort();
    assert!(caller.aborted() && clone.aborted());
    assert!(!tab.aborted() && !before.aborted() && !caller.detached().aborted());
}
