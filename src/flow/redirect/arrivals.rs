//! Gives every caller the same result for one arrival.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use super::Redirected;
use crate::platform::Platform;
use crate::session::Flights;

/// The results of the arrivals on this page, by their `state`.
#[derive(Default)]
pub(crate) struct Arrivals {
    finished: RefCell<Vec<(String, Rc<Redirected>)>>,
    under_way: Flights<Rc<Redirected>>,
}

impl Arrivals {
    /// Returns the result for this `state`. The work runs once, in the background: the code is single-use, so it does not
    /// depend on a caller that may be dropped.
    pub(super) async fn once<P: Platform>(
        self: &Rc<Self>,
        platform: &P,
        state: &str,
        work: impl Future<Output = Rc<Redirected>> + 'static,
    ) -> Rc<Redirected> {
        let known =
            self.finished.borrow().iter().find(|(known, _)| known == state).map(|(_, result)| Rc::clone(result));
        if let Some(result) = known {
            return result;
        }
        let start = |flight| {
            let (arrivals, state) = (Rc::clone(self), state.to_owned());
            platform.spawn(async move {
                let result = work.await;
                arrivals.finished.borrow_mut().push((state, Rc::clone(&result)));
                arrivals.under_way.land(&flight, result);
            });
        };
        self.under_way.join(state, start).await
    }
}
