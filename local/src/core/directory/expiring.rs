//! What is kept for a time, and then forgotten.

use imbl::{OrdMap, OrdSet};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::core::world::rows::{Changes, Row};

/// Things by a handle that nobody can guess. Forgetting costs what is forgotten, not what is kept.
#[derive(Clone)]
pub(super) struct Expiring<T> {
    by_handle: OrdMap<String, Row<(u64, T)>>,
    by_time: OrdSet<(u64, String)>,
}

impl<T> Default for Expiring<T> {
    fn default() -> Self {
        Self { by_handle: OrdMap::new(), by_time: OrdSet::new() }
    }
}

impl<T: Clone> Expiring<T> {
    /// Keeps a thing until a time, and forgets those whose time is over.
    pub(super) fn put(&mut self, handle: String, thing: T, until_ms: u64, now_ms: u64) {
        while let Some((at, oldest)) = self.by_time.get_min().filter(|(at, _)| *at <= now_ms).cloned() {
            self.by_time.remove(&(at, oldest.clone()));
            self.by_handle.remove(&oldest);
        }
        if let Some(old) = self.by_handle.insert(handle.clone(), Row::new((until_ms, thing))) {
            self.by_time.remove(&(old.0, handle.clone()));
        }
        self.by_time.insert((until_ms, handle));
    }

    /// Keeps only what passes.
    pub(super) fn retain(&mut self, passes: impl Fn(&T) -> bool) {
        let gone: Vec<_> = self
            .by_handle
            .iter()
            .filter(|(_, row)| !passes(&row.1))
            .map(|(handle, row)| (row.0, handle.clone()))
            .collect();
        for entry in gone {
            self.by_handle.remove(&entry.1);
            self.by_time.remove(&entry);
        }
    }

    pub(super) fn get(&self, handle: &str) -> Option<&T> {
        self.by_handle.get(handle).map(|row| &row.1)
    }

    pub(super) fn get_mut(&mut self, handle: &str) -> Option<&mut T> {
        self.by_handle.get_mut(handle).map(|row| &mut row.edit().1)
    }

    pub(super) fn remove(&mut self, handle: &str) {
        if let Some(old) = self.by_handle.remove(handle) {
            self.by_time.remove(&(old.0, handle.to_owned()));
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.by_handle.iter().map(|(handle, row)| (handle.as_str(), &row.1))
    }
}

impl<T: Clone + Serialize> Expiring<T> {
    /// What has changed.
    pub(super) fn changes(before: Option<&Self>, now: Option<&Self>, path: &[&str], changes: &mut Changes) {
        changes.table(path, before.map(|kept| &kept.by_handle), now.map(|kept| &kept.by_handle));
    }

    /// Puts a row back.
    pub(super) fn restore(&mut self, handle: &str, row: &str) -> Result<(), serde_json::Error>
    where
        T: DeserializeOwned,
    {
        let (until_ms, thing) = serde_json::from_str(row)?;
        self.put(handle.to_owned(), thing, until_ms, 0);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_is_forgotten_and_the_rest_is_kept() {
        let mut kept = Expiring::default();
        kept.put("a".into(), 1, 10, 0);
        kept.put("b".into(), 2, 20, 0);
        kept.put("a".into(), 3, 30, 9);
        kept.put("c".into(), 4, 40, 20);
        assert_eq!(["a", "b", "c"].map(|handle| kept.get(handle).copied()), [Some(3), None, Some(4)]);
        assert_eq!(kept.by_time.len(), 2);
        kept.remove("a");
        assert!(kept.iter().eq([("c", &4)]) && kept.by_time.len() == 1);
    }
}
