//! The users of a pool, and the indexes that find them without looking at all of them. A copy costs nothing until it is changed.

use imbl::{OrdMap, OrdSet};
use serde::{Deserialize, Serialize};
use std::ops::Bound;
use std::sync::Arc;

use super::user_entries::{By, entries};
use super::{PoolSettings, User};
use crate::core::world::rows::{Changes, Row};

/// All users of one pool.
#[derive(Clone, Default)]
pub(super) struct Users {
    /// By [`PoolSettings::user_key`].
    by_key: OrdMap<Arc<str>, Row<User>>,
    /// What every user but the lent one can be found by.
    index: OrdSet<Entry>,
    /// The key of the user who was lent last to be changed. Entries that are not known yet can't be in the index: they are added when
    /// the next one is lent, and until then this user is looked at.
    lent: Option<Arc<str>>,
}

/// One thing that a user can be found by.
#[derive(Clone, Eq, Ord, PartialEq, PartialOrd)]
struct Entry {
    by: By,
    value: Arc<str>,
    key: Arc<str>,
}

/// Where a page of users begins: behind this entry.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Place {
    pub(crate) value: String,
    pub(crate) key: String,
}

impl Users {
    pub(super) fn len(&self) -> usize {
        self.by_key.len()
    }

    /// In the order of their keys.
    pub(super) fn iter(&self) -> impl Iterator<Item = &User> {
        self.by_key.values().map(|row| &**row)
    }

    pub(super) fn get(&self, key: &str) -> Option<&User> {
        self.by_key.get(key).map(|row| &**row)
    }

    /// Lends a user to be changed in any way but the name.
    pub(super) fn get_mut(&mut self, settings: &PoolSettings, key: &str) -> Option<&mut User> {
        self.settle(settings);
        let key = self.by_key.get_key_value(key)?.0.clone();
        self.unlist(settings, &key);
        self.lent = Some(key.clone());
        self.by_key.get_mut(&key).map(Row::edit)
    }

    /// Adds a user, or puts one in place of another.
    pub(super) fn insert(&mut self, settings: &PoolSettings, user: User) {
        let key: Arc<str> = settings.user_key(&user.username).into();
        self.settle(settings);
        self.unlist(settings, &key);
        self.by_key.insert(key.clone(), Row::new(user));
        self.list(settings, &key);
    }

    pub(super) fn remove(&mut self, settings: &PoolSettings, key: &str) -> Option<Row<User>> {
        self.settle(settings);
        self.unlist(settings, key);
        self.by_key.remove(key)
    }

    /// The few users who have an entry with this value, in the order of their names.
    pub(super) fn with(&self, settings: &PoolSettings, by: By, value: &str) -> Vec<&User> {
        let start = Entry { by, value: value.into(), key: "".into() };
        let listed = self.index.range(start..).take_while(|entry| entry.by == by && &*entry.value == value);
        let lent = self.lent.as_deref().and_then(|key| self.get(key));
        let lent = lent.filter(|user| entries(settings, user).any(|(own, text)| own == by && text == value));
        let mut users: Vec<&User> = listed.filter_map(|entry| self.get(&entry.key)).chain(lent).collect();
        users.sort_by(|left, right| left.username.cmp(&right.username));
        users
    }

    /// The users behind a place, in the order of their keys, each with its own place.
    pub(super) fn all_after(&self, place: Option<&Place>) -> impl Iterator<Item = (Place, &User)> {
        let start = place.map_or(Bound::Unbounded, |place| Bound::Excluded(Arc::from(place.key.as_str())));
        let users = self.by_key.range::<_, Arc<str>>((start, Bound::Unbounded));
        users.map(|(key, user)| (Place { value: String::new(), key: key.to_string() }, &**user))
    }

    /// The users behind a place who have an entry that begins with this text, in the order of these entries and their keys.
    pub(super) fn with_prefix_after<'a>(
        &'a mut self,
        settings: &PoolSettings,
        by: By,
        prefix: &'a str,
        place: Option<&Place>,
    ) -> impl Iterator<Item = (Place, &'a User)> {
        self.settle(settings);
        let entry = |value: &str, key: &str| Entry { by, value: value.into(), key: key.into() };
        let start = match place {
            Some(place) if place.value.as_str() >= prefix => Bound::Excluded(entry(&place.value, &place.key)),
            _ => Bound::Included(entry(prefix, "")),
        };
        let users = self.index.range::<_, Entry>((start, Bound::Unbounded));
        let users = users.take_while(move |entry| entry.by == by && entry.value.starts_with(prefix));
        users.filter_map(|entry| {
            let place = Place { value: entry.value.to_string(), key: entry.key.to_string() };
            Some((place, &**self.by_key.get(&entry.key)?))
        })
    }

    /// What has changed.
    pub(super) fn changes(before: Option<&Self>, now: Option<&Self>, path: &[&str], changes: &mut Changes) {
        changes.table(path, before.map(|users| &users.by_key), now.map(|users| &users.by_key));
    }

    /// Takes note of what was done to the user who was lent.
    fn settle(&mut self, settings: &PoolSettings) {
        if let Some(key) = self.lent.take() {
            self.list(settings, &key);
        }
    }

    fn list(&mut self, settings: &PoolSettings, key: &Arc<str>) {
        let Some(user) = self.by_key.get(key) else { return };
        for (by, value) in entries(settings, user) {
            self.index.insert(Entry { by, value: value.as_ref().into(), key: key.clone() });
        }
    }

    fn unlist(&mut self, settings: &PoolSettings, key: &str) {
        let Some((key, user)) = self.by_key.get_key_value(key) else { return };
        for (by, value) in entries(settings, user) {
            self.index.remove(&Entry { by, value: value.as_ref().into(), key: key.clone() });
        }
    }
}
