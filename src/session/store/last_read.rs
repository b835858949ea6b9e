//! The last text that was read from a key, with what it says.

use std::cell::RefCell;
use std::rc::Rc;

use crate::secret::Secret;

/// One text and its value. A text that has changed, or is gone, takes its value with it.
pub(super) struct LastRead<T>(RefCell<Option<Known<T>>>);

type Known<T> = (Rc<Secret<String>>, Rc<T>);

impl<T> Default for LastRead<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T> LastRead<T> {
    /// The value of this text, if it is the last one.
    pub(super) fn of(&self, text: &Rc<Secret<String>>) -> Option<Rc<T>> {
        let last = self.0.borrow();
        let (known, value) = last.as_ref()?;
        let is_same = Rc::ptr_eq(known, text) || known.expose_secret() == text.expose_secret();
        is_same.then(|| Rc::clone(value))
    }

    pub(super) fn keep(&self, text: Rc<Secret<String>>, value: &Rc<T>) {
        self.0.replace(Some((text, Rc::clone(value))));
    }

    pub(super) fn forget(&self) {
        self.0.replace(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_text_has_the_value() {
        let last = LastRead::default();
        let text = || Rc::new(Secret::from("text"));
        assert!(last.of(&text()).is_none());
        let value = Rc::new(7);
        last.keep(text(), &value);
        assert!(Rc::ptr_eq(&last.of(&text()).unwrap(), &value));
        assert!(last.of(&Rc::new(Secret::from("texts"))).is_none());
        last.forget();
        assert!(last.of(&text()).is_none());
        assert_eq!(Rc::strong_count(&value), 1);
    }
}
