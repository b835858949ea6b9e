//! What is kept for a time, and then forgotten.

use imbl::{OrdMap, OrdSet};

/// Things by a handle that nobody can guess. Forgetting costs what is forgotten, not what is kept.
#[derive(Clone)]
pub(super) struct Expiring<T> {
    by_handle: OrdMap<String, (u64, T)>,
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
        if let Some((at, _)) = self.by_handle.insert(handle.clone(), (until_ms, thing)) {
            self.by_time.remove(&(at, handle.clone()));
        }
        self.by_time.insert((until_ms, handle));
    }

    /// Keeps only what passes.
    pub(super) fn retain(&mut self, passes: impl Fn(&T) -> bool) {
        let gone: Vec<_> = self
            .by_handle
            .iter()
            .filter(|(_, (_, thing))| !passes(thing))
            .map(|(handle, (at, _))| (*at, handle.clone()))
            .collect();
        for entry in gone {
            self.by_handle.remove(&entry.1);
            self.by_time.remove(&entry);
        }
    }

    pub(super) fn get(&self, handle: &str) -> Option<&T> {
        self.by_handle.get(handle).map(|(_, thing)| thing)
    }

    pub(super) fn get_mut(&mut self, handle: &str) -> Option<&mut T> {
        self.by_handle.get_mut(handle).map(|(_, thing)| thing)
    }

    pub(super) fn remove(&mut self, handle: &str) {
        if let Some((at, _)) = self.by_handle.remove(handle) {
            self.by_time.remove(&(at, handle.to_owned()));
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.by_handle.iter().map(|(handle, (_, thing))| (handle.as_str(), thing))
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
