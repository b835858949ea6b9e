//! The observations of a schedule, and the checks of the invariants of `src/session/store`.

use std::collections::{BTreeMap, BTreeSet};

/// The result of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Tokens, a user or credentials of this sign-in.
    Of(usize),
    /// Nobody is signed in, or a guest.
    Nobody,
    /// The result says nothing: no network, no lock, no storage.
    Unknown(String),
}

/// A running call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) tab: usize,
    pub(crate) what: String,
    started_ms: i64,
    epoch: u64,
    jumps: u64,
    was_frozen: bool,
}

/// The session that every tab must find.
#[derive(Clone, Debug)]
struct Live {
    family: usize,
    tab: usize,
    since_ms: i64,
}

/// A refresh token that was exchanged.
struct Spent {
    tab: usize,
    /// Until this time its tab must live so that the next token is stored.
    until_ms: i64,
    /// It may be sent again: other tabs may not have seen its successor.
    is_excused: bool,
    /// Its successor may be lost.
    is_lost: bool,
}

pub(crate) struct Book {
    pub(crate) lag_ms: i64,
    pub(crate) storage_fails: bool,
    is_synchronous: bool,
    pub(crate) violations: Vec<String>,
    pub(crate) trace: Option<Vec<String>>,
    calls: BTreeMap<u64, Call>,
    count: u64,
    /// Increases with everything that may change the current user.
    epoch: u64,
    jumps: u64,
    changing: usize,
    live: Option<Live>,
    /// The tab of each sign-in.
    homes: BTreeMap<usize, usize>,
    ended: BTreeMap<usize, i64>,
    spent: BTreeMap<String, Spent>,
    frozen: BTreeSet<usize>,
    /// Sign-ins whose latest refresh token may be lost.
    doubtful: Vec<usize>,
}

/// A running change of the current user.
pub(crate) struct Change {
    epoch: u64,
    was_alone: bool,
    before: Option<Live>,
}

/// The sign-in that a refresh token comes from.
fn family_of_refresh(token: &str) -> Option<usize> {
    token.split('-').nth(1)?.parse().ok()
}

/// The longest time of a sign-out with its own requests.
const SIGN_OUT_MS: i64 = 8_000;

impl Book {
    pub(crate) fn new(lag_ms: i64, storage_fails: bool, is_synchronous: bool, traces: bool) -> Self {
        Self {
            lag_ms,
            storage_fails,
            is_synchronous,
            violations: Vec::new(),
            trace: traces.then(Vec::new),
            calls: BTreeMap::new(),
            count: 0,
            epoch: 0,
            jumps: 0,
            changing: 0,
            live: None,
            homes: BTreeMap::new(),
            ended: BTreeMap::new(),
            spent: BTreeMap::new(),
            frozen: BTreeSet::new(),
            doubtful: Vec::new(),
        }
    }

    pub(crate) fn note(&mut self, now_ms: i64, line: impl FnOnce() -> String) {
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{:>9} {}", now_ms % 1_000_000_000, line()));
        }
    }

    fn violate(&mut self, now_ms: i64, text: String) {
        self.note(now_ms, || format!("VIOLATION {text}"));
        self.violations.push(text);
    }

    pub(crate) fn start(&mut self, now_ms: i64, tab: usize, what: String) -> u64 {
        self.count += 1;
        self.note(now_ms, || format!("tab {tab}: {what} …"));
        let call = Call {
            tab,
            what,
            started_ms: now_ms,
            epoch: self.epoch,
            jumps: self.jumps,
            was_frozen: self.frozen.contains(&tab),
        };
        self.calls.insert(self.count, call);
        self.count
    }

    /// A call has returned.
    pub(crate) fn finish(&mut self, now_ms: i64, call: u64, outcome: &Outcome) {
        let Some(call) = self.calls.remove(&call) else { return };
        self.note(now_ms, || format!("tab {}: {} gave {outcome:?}", call.tab, call.what));
        if let Outcome::Of(family) = outcome
            && self.ended.get(family).is_some_and(|ended_ms| *ended_ms < now_ms)
            && !call.was_frozen
        {
            self.violate(
                now_ms,
                format!("I1: {} in tab {} gave sign-in {family} after its sign-out", call.what, call.tab),
            );
        }
        let Some(live) = self.live.clone() else { return };
        let knows = call.tab == live.tab || (!self.storage_fails && call.started_ms > live.since_ms + self.lag_ms);
        if call.epoch != self.epoch || !knows || call.started_ms < live.since_ms {
            return;
        }
        match outcome {
            Outcome::Of(family) if *family != live.family => {
                let text = format!("I3: {} in tab {} gave sign-in {family}, not {}", call.what, call.tab, live.family);
                self.violate(now_ms, text);
            }
            Outcome::Nobody if !self.doubtful.contains(&live.family) => {
                let text = format!("I2: {} in tab {} found nobody, not sign-in {}", call.what, call.tab, live.family);
                self.violate(now_ms, text);
            }
            _ => {}
        }
    }

    /// A sign-in or sign-out starts.
    pub(crate) fn change(&mut self) -> Change {
        self.epoch += 1;
        self.changing += 1;
        Change { epoch: self.epoch, was_alone: self.changing == 1, before: self.live.take() }
    }

    /// It has ended, and this sign-in is the current one. With `None` it changed nothing.
    pub(crate) fn signed_in(&mut self, now_ms: i64, tab: usize, change: Change, family: Option<usize>) {
        self.changing = self.changing.saturating_sub(1);
        if let Some(family) = family {
            self.homes.insert(family, tab);
        }
        if change.was_alone && change.epoch == self.epoch {
            self.live = family.map(|family| Live { family, tab, since_ms: now_ms }).or(change.before);
            self.epoch += 1;
        }
    }

    /// A sign-out has resolved; it had found this sign-in.
    pub(crate) fn signed_out(
        &mut self,
        now_ms: i64,
        call: u64,
        change: &Change,
        family: Option<usize>,
        is_plain: bool,
    ) {
        self.changing = self.changing.saturating_sub(1);
        // In an asynchronous storage, a sign-in may happen between the test's read and the sign-out's read.
        let is_sure = self.is_synchronous || (change.was_alone && change.epoch == self.epoch);
        if let Some(family) = family.filter(|_| is_sure) {
            self.ended.entry(family).or_insert(now_ms);
        }
        if let Some(call) = self.calls.remove(&call) {
            self.note(now_ms, || format!("tab {}: {} done, it was sign-in {family:?}", call.tab, call.what));
            let took_ms = now_ms - call.started_ms;
            if is_plain && took_ms > SIGN_OUT_MS && call.jumps == self.jumps && !call.was_frozen {
                self.violate(now_ms, format!("I6: a sign-out in tab {} took {took_ms} ms", call.tab));
            }
        }
    }

    /// A sign-out has failed, so the state of the session is unknown.
    pub(crate) fn failed_sign_out(&mut self, now_ms: i64, call: u64) {
        self.changing = self.changing.saturating_sub(1);
        self.finish(now_ms, call, &Outcome::Unknown("sign-out failed".to_owned()));
    }

    /// The current user is unknown until the next sign-in.
    pub(crate) fn forget_live(&mut self) {
        self.epoch += 1;
        self.live = None;
    }

    pub(crate) fn jump(&mut self, by_ms: i64) {
        self.jumps += 1;
        self.spent.values_mut().for_each(|spent| spent.until_ms += by_ms);
    }

    /// A tab has died and left these texts in the storage.
    pub(crate) fn crash(&mut self, now_ms: i64, tab: usize, stored: &[String]) {
        self.note(now_ms, || format!("tab {tab} crashes"));
        let dead: Vec<u64> = self.calls.iter().filter(|(_, call)| call.tab == tab).map(|(id, _)| *id).collect();
        for id in dead {
            let call = self.calls.remove(&id).unwrap();
            if call.what.starts_with("sign") {
                self.changing = self.changing.saturating_sub(1);
                self.forget_live();
            }
        }
        // Its memory is lost.
        if self.storage_fails
            || self.live.as_ref().is_some_and(|live| live.tab == tab && live.since_ms + self.lag_ms >= now_ms)
        {
            self.forget_live();
        }
        let fails = self.storage_fails;
        let is_of_it = |spent: &Spent| spent.tab == tab && (fails || now_ms <= spent.until_ms);
        for (token, spent) in self.spent.iter_mut().filter(|(_, spent)| is_of_it(spent)) {
            spent.is_excused = true;
            // Where the used token is still stored, its successor never was.
            let quoted = format!("\"{token}\"");
            spent.is_lost |= fails || stored.iter().any(|text| text.contains(&quoted));
        }
    }

    pub(crate) fn freeze(&mut self, now_ms: i64, tab: usize) {
        self.note(now_ms, || format!("tab {tab} freezes"));
        self.frozen.insert(tab);
        self.calls.values_mut().filter(|call| call.tab == tab).for_each(|call| call.was_frozen = true);
    }

    pub(crate) fn thaw(&mut self) {
        self.frozen.clear();
    }

    /// A refresh token was exchanged for another one, which arrives by this time or is lost.
    pub(crate) fn spend(&mut self, token: &str, family: usize, tab: usize, until_ms: i64, is_lost: bool) {
        // If the storage fails, the new token may be in the memory of a tab other than the user's.
        if is_lost || (self.storage_fails && self.homes.get(&family).is_some_and(|home| *home != tab)) {
            self.doubt(family);
        }
        self.spent.insert(token.to_owned(), Spent { tab, until_ms, is_excused: is_lost, is_lost });
    }

    /// A refresh token was sent again after it had been exchanged.
    pub(crate) fn sent_again(&mut self, now_ms: i64, token: &str, family: usize, tab: usize) {
        let (is_excused, is_lost) =
            self.spent.get(token).map_or((false, false), |spent| (spent.is_excused, spent.is_lost));
        if is_lost || self.storage_fails {
            self.doubt(family);
        } else if !is_excused {
            self.violate(now_ms, format!("I4: tab {tab} sent {token} again"));
        }
    }

    pub(crate) fn doubt(&mut self, family: usize) {
        self.doubtful.push(family);
    }

    pub(crate) fn is_doubtful(&self, family: usize) -> bool {
        self.doubtful.contains(&family)
            || self.spent.iter().any(|(token, spent)| spent.is_lost && family_of_refresh(token) == Some(family))
    }

    /// The sign-in that must be found at the end, and the tab where it began.
    pub(crate) fn expected(&self) -> Option<(usize, usize)> {
        self.live.as_ref().map(|live| (live.family, live.tab)).filter(|(family, _)| !self.is_doubtful(*family))
    }

    pub(crate) fn has_calls(&self) -> bool {
        !self.calls.is_empty()
    }

    /// All tasks have ended.
    pub(crate) fn at_rest(&mut self, now_ms: i64, locks: &[String]) {
        let pending: Vec<String> =
            self.calls.values().map(|call| format!("{} in tab {}", call.what, call.tab)).collect();
        for call in pending {
            self.violate(now_ms, format!("I5: {call} never settled"));
        }
        for lock in locks {
            self.violate(now_ms, format!("I5: the lock {lock} is still held"));
        }
    }

    pub(crate) fn stored(&mut self, now_ms: i64, key: &str, family: usize) {
        if self.ended.contains_key(&family) {
            self.violate(now_ms, format!("I1: {key} still has something of sign-in {family}, which has signed out"));
        }
    }

    pub(crate) fn lost(&mut self, now_ms: i64, text: String) {
        self.violate(now_ms, text);
    }
}
