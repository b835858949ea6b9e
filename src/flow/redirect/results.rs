//! Gives every caller the same result for one authorization response.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use super::RedirectResult;
use crate::platform::Platform;
use crate::session::Flights;

/// The results of the redirects to this page, by their `state`.
#[derive(Default)]
pub(crate) struct RedirectResults {
    finished: RefCell<Vec<(String, Rc<RedirectResult>)>>,
    under_way: Flights<Rc<RedirectResult>>,
}

impl RedirectResults {
    /// Returns the result for this `state`. The work runs once, in the background: the code is single-use, so it does not
    /// depend on a caller that may be dropped.
    pub(super) async fn once<P: Platform>(
        self: &Rc<Self>,
        platform: &P,
        state: &str,
        work: impl Future<Output = Rc<RedirectResult>> + 'static,
    ) -> Rc<RedirectResult> {
        let known =
            self.finished.borrow().iter().find(|(known, _)| known == state).map(|(_, result)| Rc::clone(result));
        if let Some(result) = known {
            return result;
        }
        let start = |flight| {
            let (redirects, state) = (Rc::clone(self), state.to_owned());
            platform.spawn(async move {
                let result = work.await;
                redirects.finished.borrow_mut().push((state, Rc::clone(&result)));
                redirects.under_way.land(&flight, result);
            });
        };
        self.under_way.join(state, start).await
    }
}
