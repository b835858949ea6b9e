//! One row in memory.

use std::ops::Deref;
use std::sync::Arc;

/// A thing that is shared until it is changed. Two rows are equal if nobody has changed either since one was cloned from the other.
pub(crate) struct Row<T>(Arc<T>);

impl<T> Row<T> {
    pub(crate) fn new(thing: T) -> Self {
        Self(Arc::new(thing))
    }
}

impl<T: Clone> Row<T> {
    /// The thing, to be changed.
    pub(crate) fn edit(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

impl<T> Clone for Row<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Default> Default for Row<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> Deref for Row<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> PartialEq for Row<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
