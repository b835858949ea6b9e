//! What the kit expects of every platform. The in-memory platform passes it natively, the browser's in Chromium.

use std::cell::Cell;
use std::rc::Rc;

use poolpass::event::Event;
use poolpass::platform::{FlowScope, FlowStorage, Guard, Platform, Storage};

/// Holds two views of one app to the contract: two tabs, or two platforms in a page.
pub(crate) async fn holds(one: &impl Platform, two: &impl Platform) {
    stores(&one.storage()).await;
    for scope in [FlowScope::Tab, FlowScope::Origin] {
        stores(&one.flow_storage(scope)).await;
        lists(&one.flow_storage(scope)).await;
    }
    locks(one, two).await;
    runs(one).await;
    is_random(one);
    // Without listeners nothing happens, and nothing fails.
    one.notify(&Event::TokenRefresh);
    one.broadcast(&Event::TokenRefresh);
    assert!(!one.aborted() && !one.detached().aborted());
}

async fn stores(storage: &impl Storage) {
    let get = async |key: &str| storage.get(key).await.unwrap().map(|text| text.expose_secret().clone());
    storage.remove("contract.a").await.unwrap();
    assert_eq!(get("contract.a").await, None);
    for text in ["first", "another", "", "ä \u{1f600} \u{0} \"'\\"] {
        storage.set("contract.a", text).await.unwrap();
        assert_eq!(get("contract.a").await.as_deref(), Some(text));
    }
    assert_eq!(get("contract").await, None, "a key is a whole key");
    storage.remove("contract.a").await.unwrap();
    assert_eq!(get("contract.a").await, None);
}

async fn lists(storage: &impl FlowStorage) {
    for key in ["contract.b", "contract.c", "other"] {
        storage.set(key, "1").await.unwrap();
    }
    let mut keys = storage.keys("contract.").unwrap();
    keys.sort();
    assert_eq!(keys, ["contract.b", "contract.c"]);
    for key in ["contract.b", "contract.c", "other"] {
        storage.remove(key).await.unwrap();
    }
    assert!(storage.keys("contract.").unwrap().is_empty());
}

async fn locks(one: &impl Platform, two: &impl Platform) {
    let held = one.lock("contract", 0).await.unwrap().unwrap();
    assert!(!held.contended());
    assert!(two.lock("contract.other", 0).await.unwrap().is_some(), "another name is another lock");
    for wait_ms in [0, 50] {
        assert_eq!(two.lock("contract", wait_ms).await.err().unwrap().code(), "lock_timeout");
        assert_eq!(one.lock("contract", wait_ms).await.err().unwrap().code(), "lock_timeout", "in its own tab too");
    }
    let clock = one.clone();
    one.spawn(async move {
        clock.sleep(50).await;
        drop(held);
    });
    let next = two.lock("contract", 10_000).await.unwrap().unwrap();
    assert!(next.contended(), "somebody else held it when it was requested");
    drop(next);
    one.sleep(10).await;
    assert!(one.lock("contract", 1_000).await.unwrap().is_some());
}

async fn runs(platform: &impl Platform) {
    let order = Rc::new(Cell::new(0));
    let task = Rc::clone(&order);
    let began_at_ms = platform.now_ms();
    platform.spawn(async move { task.set(1) });
    assert_eq!(order.get(), 0, "a task runs in the background");
    platform.sleep(20).await;
    assert_eq!(order.get(), 1);
    assert!(platform.now_ms() > began_at_ms);
}

fn is_random(platform: &impl Platform) {
    let mut blocks = [[0; 32]; 2];
    for block in &mut blocks {
        platform.fill_random(block).unwrap();
    }
    assert_ne!(blocks[0], blocks[1]);
    assert_ne!(blocks[0], [0; 32]);
}
