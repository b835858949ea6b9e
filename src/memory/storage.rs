//! A storage that tabs share. A tab sees its own writes at once and the others' after a lag, all in the same order,
//! like `localStorage` in a browser with a process for each tab.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// A fault of the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StorageFault {
    /// Reading and writing fail.
    Fails,
    /// Reading fails.
    ReadsFail,
    /// Writing fails, as if the storage were full.
    WritesFail,
    /// Writing seems to succeed, but stores nothing.
    WritesAreLost,
}

/// An operation on the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// A value is read.
    Read,
    /// A value is written.
    Write,
    /// A value is removed.
    Remove,
}

type Fails = dyn FnMut(usize, Access, &str) -> bool;

/// A change that not every tab has seen yet.
struct Change {
    tab: Option<usize>,
    at_ms: i64,
    key: String,
    text: Option<String>,
}

#[derive(Default)]
pub(super) struct Storage {
    /// The texts that every tab sees.
    settled: RefCell<BTreeMap<String, String>>,
    /// Later changes, oldest first.
    recent: RefCell<Vec<Change>>,
    pub(super) lag_ms: Cell<i64>,
    /// How long an operation takes; 0 for a synchronous storage.
    pub(super) operation_ms: Cell<u32>,
    pub(super) fault: Cell<Option<StorageFault>>,
    pub(super) fails: RefCell<Option<Box<Fails>>>,
}

impl Storage {
    /// The text that a tab sees under a key. Without a tab, the text that all tabs will see.
    pub(super) fn get(&self, tab: Option<usize>, now_ms: i64, key: &str) -> Option<String> {
        self.settle(now_ms);
        let recent = self.recent.borrow();
        let seen = |change: &&Change| change.key == key && (tab.is_none() || change.tab == tab);
        match recent.iter().rev().find(seen) {
            Some(change) => change.text.clone(),
            None => self.settled.borrow().get(key).cloned(),
        }
    }

    pub(super) fn set(&self, tab: Option<usize>, now_ms: i64, key: &str, text: Option<String>) {
        self.settle(now_ms);
        self.recent.borrow_mut().push(Change { tab, at_ms: now_ms, key: key.to_owned(), text });
    }

    pub(super) fn keys(&self, tab: Option<usize>, now_ms: i64) -> Vec<String> {
        self.settle(now_ms);
        let mut keys: Vec<String> = self.settled.borrow().keys().cloned().collect();
        keys.extend(self.recent.borrow().iter().map(|change| change.key.clone()));
        keys.sort();
        keys.dedup();
        keys.retain(|key| self.get(tab, now_ms, key).is_some());
        keys
    }

    pub(super) fn is_broken(&self, tab: usize, access: Access, key: &str) -> bool {
        let broken = match self.fault.get() {
            Some(StorageFault::Fails) => access != Access::Remove,
            Some(StorageFault::ReadsFail) => access == Access::Read,
            Some(StorageFault::WritesFail) => access == Access::Write,
            _ => false,
        };
        broken || self.fails.borrow_mut().as_mut().is_some_and(|fails| fails(tab, access, key))
    }

    /// Applies the changes that are old enough for every tab to see.
    fn settle(&self, now_ms: i64) {
        let mut recent = self.recent.borrow_mut();
        let known = |change: &Change| change.at_ms.saturating_add(self.lag_ms.get()) <= now_ms;
        let count = recent.iter().take_while(|change| known(change)).count();
        let mut settled = self.settled.borrow_mut();
        for change in recent.drain(..count) {
            match change.text {
                Some(text) => settled.insert(change.key, text),
                None => settled.remove(&change.key),
            };
        }
    }
}
