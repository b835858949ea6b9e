//! The storages of sessions and of flows.

use poolpass::platform::{Clock, FlowScope, FlowStorage, Platform, Storage};

use super::{Access, Bench, Part, at_once};

const TEXT: &str = "text \u{e4} \u{1f600} \"\u{0}";
const SCOPES: [FlowScope; 2] = [FlowScope::Tab, FlowScope::Origin];

async fn read(storage: &impl Storage, key: &str) -> Option<String> {
    storage.get(key).await.unwrap().map(|text| text.expose_secret().clone())
}

pub(crate) async fn every_kind_keeps_and_forgets_at_once<B: Bench>(bench: &B) {
    for (kind, tab, lag_ms) in bench.tabs_by_storage() {
        let storage = tab.storage();
        assert_eq!(storage.lag_ms(), lag_ms, "{kind}");
        assert!(at_once(storage.get("contract")).unwrap().is_none(), "{kind}");
        for text in [TEXT, "", "another"] {
            at_once(storage.set("contract", text)).unwrap();
            assert_eq!(at_once(storage.get("contract")).unwrap().unwrap().expose_secret(), text, "{kind}");
        }
        assert!(at_once(storage.get("contract 2")).unwrap().is_none(), "{kind}: another key");
        // The second removal finds nothing, which is no error.
        for _ in 0..2 {
            at_once(storage.remove("contract")).unwrap();
            assert!(at_once(storage.get("contract")).unwrap().is_none(), "{kind}");
        }
    }
}

pub(crate) async fn tabs_share_a_storage<B: Bench>(bench: &B) {
    let (one, two) = (bench.tab(), bench.tab());
    one.storage().set("contract.shared", TEXT).await.unwrap();
    one.sleep(one.storage().lag_ms()).await;
    assert_eq!(read(&two.storage(), "contract.shared").await.as_deref(), Some(TEXT));
    two.storage().remove("contract.shared").await.unwrap();
    one.sleep(one.storage().lag_ms()).await;
    assert_eq!(read(&one.storage(), "contract.shared").await, None);
}

pub(crate) async fn a_failed_read_is_not_nothing<B: Bench>(bench: &B) {
    let tabs = bench.tabs_by_storage();
    bench.fail(Access::Read);
    for (kind, tab, _) in tabs.iter().filter(|(kind, ..)| *kind != "memory") {
        assert_eq!(
            tab.storage().get("contract.nothing").await.err().map(|error| error.code()),
            Some("storage_read"),
            "{kind}"
        );
    }
}

pub(crate) async fn a_failed_write_changes_nothing<B: Bench>(bench: &B) {
    let tabs = bench.tabs_by_storage();
    for (_, tab, _) in &tabs {
        tab.storage().set("contract.kept", TEXT).await.unwrap();
    }
    bench.fail(Access::Write);
    for (kind, tab, _) in tabs.iter().filter(|(kind, ..)| *kind != "memory") {
        let storage = tab.storage();
        assert_eq!(storage.set("contract.kept", "new").await.unwrap_err().code(), "storage_write", "{kind}");
        assert_eq!(read(&storage, "contract.kept").await.as_deref(), Some(TEXT), "{kind}");
        storage.remove("contract.kept").await.unwrap();
    }
}

pub(crate) async fn a_failed_removal_changes_nothing<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let storage = tab.storage();
    storage.set("contract.kept", TEXT).await.unwrap();
    bench.fail(Access::Remove);
    assert_eq!(storage.remove("contract.kept").await.unwrap_err().code(), "storage_write");
    assert_eq!(read(&storage, "contract.kept").await.as_deref(), Some(TEXT));
}

pub(crate) async fn an_asynchronous_storage_works<B: Bench>(bench: &B) {
    let tab = bench.tab();
    bench.delay_storage();
    let storage = tab.storage();
    assert_eq!(read(&storage, "contract.slow").await, None);
    storage.set("contract.slow", TEXT).await.unwrap();
    assert_eq!(read(&storage, "contract.slow").await.as_deref(), Some(TEXT));
    storage.remove("contract.slow").await.unwrap();
    assert_eq!(read(&storage, "contract.slow").await, None);
    bench.fail(Access::Read);
    assert_eq!(storage.get("contract.slow").await.err().unwrap().code(), "storage_read");
    bench.fail(Access::Write);
    assert_eq!(storage.set("contract.slow", TEXT).await.unwrap_err().code(), "storage_write");
    bench.fail(Access::Remove);
    assert_eq!(storage.remove("contract.slow").await.unwrap_err().code(), "storage_write");
}

pub(crate) async fn flows_are_kept_in_both_scopes<B: Bench>(bench: &B) {
    let tab = bench.tab();
    let [own, origin] = SCOPES.map(|scope| tab.flow_storage(scope));
    assert_eq!((own.lag_ms(), origin.lag_ms()), (0, 125));
    for (flows, other) in [(&own, &origin), (&origin, &own)] {
        at_once(flows.set("contract.scope", TEXT)).unwrap();
        assert_eq!(at_once(flows.get("contract.scope")).unwrap().unwrap().expose_secret(), TEXT);
        assert!(at_once(other.get("contract.scope")).unwrap().is_none(), "the scopes are apart");
        for _ in 0..2 {
            at_once(flows.remove("contract.scope")).unwrap();
        }
        assert!(at_once(flows.get("contract.scope")).unwrap().is_none());
    }
}

pub(crate) async fn keys_of_flows_are_listed_by_prefix<B: Bench>(bench: &B) {
    let tab = bench.tab();
    for scope in SCOPES {
        let flows = tab.flow_storage(scope);
        let keys = ["contract.flow.a", "contract.flow.b", "contract.other"];
        for key in keys {
            flows.set(key, TEXT).await.unwrap();
        }
        let listed = |prefix: &str| {
            let mut listed = flows.keys(prefix).unwrap();
            listed.sort();
            listed
        };
        assert_eq!(listed("contract.flow."), keys[..2], "{scope:?}");
        assert_eq!(listed("contract."), keys, "{scope:?}");
        assert_eq!(listed("ontract."), [""; 0], "{scope:?}");
        flows.remove(keys[0]).await.unwrap();
        assert_eq!(listed("contract.flow."), keys[1..2], "{scope:?}");
        for key in keys {
            flows.remove(key).await.unwrap();
        }
    }
}

pub(crate) async fn failing_storages_of_flows_are_errors<B: Bench>(bench: &B) {
    let tab = bench.tab();
    for scope in SCOPES {
        tab.flow_storage(scope).set("contract.kept", TEXT).await.unwrap();
    }
    bench.fail(Access::Write);
    for scope in SCOPES {
        let flows = tab.flow_storage(scope);
        assert_eq!(flows.set("contract.kept", "new").await.unwrap_err().code(), "storage_write", "{scope:?}");
        assert_eq!(read(&flows, "contract.kept").await.as_deref(), Some(TEXT), "{scope:?}");
        flows.remove("contract.kept").await.unwrap();
    }
    bench.fail(Access::Read);
    for scope in SCOPES {
        let flows = tab.flow_storage(scope);
        assert_eq!(flows.get("contract.kept").await.err().map(|error| error.code()), Some("storage_read"), "{scope:?}");
    }
    bench.fail(Access::Remove);
    for scope in SCOPES {
        let flows = tab.flow_storage(scope);
        assert_eq!(flows.remove("contract.kept").await.unwrap_err().code(), "storage_write", "{scope:?}");
    }
}

pub(crate) async fn blocked_storages_of_flows_are_errors<B: Bench>(bench: &B) {
    let tab = bench.tab();
    bench.take_away(Part::FlowStorages);
    for scope in SCOPES {
        let flows = tab.flow_storage(scope);
        assert_eq!(flows.get("contract").await.err().map(|error| error.code()), Some("storage_read"), "{scope:?}");
        assert_eq!(flows.set("contract", TEXT).await.unwrap_err().code(), "storage_write", "{scope:?}");
        assert_eq!(flows.remove("contract").await.unwrap_err().code(), "storage_write", "{scope:?}");
        assert_eq!(flows.keys("contract").unwrap_err().code(), "storage_read", "{scope:?}");
    }
}
