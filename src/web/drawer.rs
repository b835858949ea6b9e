//! `sessionStorage` and `localStorage` as drawers, for what has to outlive a page but not a flow. A browser that blocks
//! one has an empty drawer that nothing goes into.

use super::storage::JsStorage;
use crate::platform::Drawer;
use crate::secret::Secret;

fn open(drawer: Drawer) -> Option<JsStorage> {
    let name = match drawer {
        Drawer::Tab => "sessionStorage",
        Drawer::Origin => "localStorage",
    };
    JsStorage::global(name)
}

pub(super) fn peek(drawer: Drawer, key: &str) -> Option<Secret<String>> {
    open(drawer)?.get_item(key).ok()?.as_string().map(Secret::new)
}

pub(super) fn put(drawer: Drawer, key: &str, text: &str) -> bool {
    open(drawer).is_some_and(|storage| storage.set_item(key, text).is_ok())
}

pub(super) fn discard(drawer: Drawer, key: &str) {
    if let Some(storage) = open(drawer) {
        // What cannot be removed cannot be read either.
        let _ = storage.remove_item(key);
    }
}

pub(super) fn keys(drawer: Drawer, start: &str) -> Vec<String> {
    let Some(storage) = open(drawer) else { return Vec::new() };
    storage.keys().into_iter().filter(|key| key.starts_with(start)).collect()
}
