//! The same answer for the same arrival, however often it is asked for.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use super::Redirected;
use crate::session::SingleFlight;

/// The arrivals that this page has had, by their `state`.
#[derive(Default)]
pub(crate) struct Arrivals(RefCell<Vec<(String, Rc<Entry>)>>);

struct Entry {
    answer: OnceCell<Rc<Redirected>>,
    running: SingleFlight<Rc<Redirected>>,
}

impl Arrivals {
    /// The answer to this arrival: the one there is, or that of the work, which is done once.
    pub(super) async fn once<F: Future<Output = Rc<Redirected>>>(
        &self,
        state: &str,
        work: impl FnOnce() -> F,
    ) -> Rc<Redirected> {
        let entry = self.entry(state);
        if let Some(answer) = entry.answer.get() {
            return Rc::clone(answer);
        }
        let answer = entry.running.run(work).await;
        Rc::clone(entry.answer.get_or_init(|| answer))
    }

    fn entry(&self, state: &str) -> Rc<Entry> {
        let mut entries = self.0.borrow_mut();
        if let Some((_, entry)) = entries.iter().find(|(known, _)| known == state) {
            return Rc::clone(entry);
        }
        let entry = Rc::new(Entry { answer: OnceCell::new(), running: SingleFlight::default() });
        entries.push((state.to_owned(), Rc::clone(&entry)));
        entry
    }
}
