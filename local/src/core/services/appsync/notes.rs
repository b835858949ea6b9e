//! The notes.

use std::collections::BTreeMap;

/// One note.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Note {
    pub(crate) id: String,
    pub(crate) owner: String,
    pub(crate) title: String,
    pub(crate) content: Option<String>,
    /// Everybody reads it, editors write it.
    pub(crate) shared: bool,
    pub(crate) created_at: String,
}

/// All notes, in the order in which they were written.
#[derive(Default)]
pub(crate) struct Notes {
    by_number: BTreeMap<u64, Note>,
    last: u64,
}

impl Notes {
    pub(crate) fn add(&mut self, note: Note) {
        self.last += 1;
        self.by_number.insert(self.last, note);
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Note> {
        self.by_number.values().find(|note| note.id == id)
    }

    /// Puts a note in the place of the one with its id.
    pub(crate) fn replace(&mut self, note: Note) {
        if let Some(old) = self.by_number.values_mut().find(|old| old.id == note.id) {
            *old = note;
        }
    }

    pub(crate) fn remove(&mut self, id: &str) {
        self.by_number.retain(|_, note| note.id != id);
    }

    /// The notes after a number, with theirs.
    pub(crate) fn after(&self, number: u64) -> impl Iterator<Item = (u64, &Note)> {
        self.by_number.range(number.saturating_add(1)..).map(|(number, note)| (*number, note))
    }
}
