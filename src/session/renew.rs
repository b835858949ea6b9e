//! Renewing what is stored: once in a tab and once across tabs. Tokens and AWS credentials use the same procedure.

use std::cell::Cell;
use std::rc::Rc;

use super::Core;
use super::flight::{Flight, Flights};
use super::store::{TURN_WAIT_MS, Turn};
use crate::error::Error;
use crate::platform::{Platform, Storage};

/// What is renewed, and how.
pub(super) trait Renewal<P: Platform>: 'static {
    /// The renewed value.
    type Value: Clone + 'static;

    /// The renewals that are running in this tab.
    fn flights(core: &Core) -> &Flights<Result<Self::Value, Error>>;

    /// The name of the turn, which only one tab has at a time.
    fn turn_name(&self, core: &Core) -> String;

    /// The stored value, if another tab has renewed it.
    async fn newer(&self, core: &Core, platform: &P) -> Result<Option<Self::Value>, Error>;

    /// Requests a new value and stores it. Sets `has_sent` before a request that must not be sent twice.
    async fn request(&self, core: &Core, platform: &P, has_sent: &Cell<bool>) -> Result<Outcome<Self::Value>, Error>;

    /// Emits the events of an outcome.
    fn emit(core: &Core, platform: &P, outcome: &Result<Outcome<Self::Value>, Error>);

    /// Waits until the other tabs see a new value, and removes it if its session has ended meanwhile.
    async fn settle(&self, core: &Core, platform: &P, value: &Self::Value);
}

/// The outcome of a renewal. An error beside it means that the state of the session is unknown.
pub(super) enum Outcome<T> {
    /// There is a new value.
    Renewed(T),
    /// Another tab's value, or another session's.
    Adopted(T),
    /// The session has ended.
    Ended(Error),
    /// Any other failure. The session continues.
    Failed(Error),
}

impl Core {
    /// Joins the renewal with this key, or starts it.
    pub(super) async fn renew<P: Platform, R: Renewal<P>>(
        &self,
        platform: &P,
        key: &str,
        renewal: R,
    ) -> Result<R::Value, Error> {
        let start = |flight| {
            // Detached from the caller's abort signal.
            let (core, shared) = (self.clone(), platform.detached());
            platform.spawn(async move { core.run_renewal(&shared, &renewal, &flight).await });
        };
        R::flights(self).join(key, start).await
    }

    /// Takes the turn, renews, passes the result on, and keeps the turn until the other tabs see the write.
    async fn run_renewal<P: Platform, R: Renewal<P>>(
        &self,
        platform: &P,
        renewal: &R,
        flight: &Rc<Flight<Result<R::Value, Error>>>,
    ) {
        let turn = self.store.take_turn(platform, &renewal.turn_name(self), TURN_WAIT_MS).await;
        let has_sent = Cell::new(false);
        let outcome = self.renew_in_turn(platform, renewal, &turn, &has_sent).await;
        let renewed = match &outcome {
            Ok(Outcome::Renewed(value)) => Some(value.clone()),
            _ => None,
        };
        land::<P, R>(self, platform, flight, outcome);
        match renewed {
            Some(value) => renewal.settle(self, platform, &value).await,
            // The request may have used the token up. Other tabs must see first what has taken its place.
            None if has_sent.get() => self.store.wait_out_the_lag(platform).await,
            None => {}
        }
        if let Ok(turn) = turn {
            self.store.release(platform, turn).await;
        }
    }

    async fn renew_in_turn<P: Platform, R: Renewal<P>>(
        &self,
        platform: &P,
        renewal: &R,
        turn: &Result<Turn<P::Guard>, Error>,
        has_sent: &Cell<bool>,
    ) -> Result<Outcome<R::Value>, Error> {
        let mut looks_again = turn.as_ref().is_ok_and(|turn| turn.contended);
        loop {
            // Another tab may have renewed it while this one waited for its turn.
            if let Some(newer) = renewal.newer(self, platform).await? {
                return Ok(Outcome::Adopted(newer));
            }
            if !looks_again {
                break;
            }
            // The other tab may have died before its write was visible here.
            platform.sleep(platform.storage().lag_ms()).await;
            looks_again = false;
        }
        match turn {
            Ok(_) => renewal.request(self, platform, has_sent).await,
            Err(error) => Ok(Outcome::Failed(error.clone())),
        }
    }
}

/// Emits the events of an outcome and passes it to the callers.
fn land<P: Platform, R: Renewal<P>>(
    core: &Core,
    platform: &P,
    flight: &Rc<Flight<Result<R::Value, Error>>>,
    outcome: Result<Outcome<R::Value>, Error>,
) {
    R::emit(core, platform, &outcome);
    let result = match outcome {
        Ok(Outcome::Renewed(value) | Outcome::Adopted(value)) => Ok(value),
        Ok(Outcome::Ended(error) | Outcome::Failed(error)) | Err(error) => Err(error),
    };
    R::flights(core).land(flight, result);
}
