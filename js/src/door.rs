//! The door between the wasm and `www/poolpass/platform.js`. Effects go out by name, and their outcomes come back as JSON.
//!
//! The names are those of the table `effects` in `platform.js`; `tests/pack/imports.test.mjs` compares the two. What JavaScript
//! throws is caught there and arrives here as a failure's code: an exception that passed through the wasm would leave
//! futures that never finish, with their locks held.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use poolpass::json::{Value, Writer};
use poolpass::secret::Secret;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./platform.js")]
extern "C" {
    /// The time in milliseconds since 1970. `None` without a clock.
    pub(crate) fn now() -> Option<f64>;

    /// Fills the bytes from a cryptographically secure source. Returns whether it has.
    pub(crate) fn random(bytes: &mut [u8]) -> bool;

    /// Starts an effect. Returns its outcome if there is one at once; otherwise `resume` gets it later.
    fn effect(name: &str, kit: u32, job: u32, number: u32, words: &str) -> Option<String>;

    /// Reads a stored text. Returns it if it is there at once, or a sign (`texts.rs`); otherwise `resume` gets it later.
    fn get(kit: u32, scope: Option<&str>, key: &str, is_known: bool, number: u32) -> Option<String>;

    /// Settles the promise of a job with a result's or an error's JSON.
    pub(crate) fn done(job: u32, is_error: bool, json: &str);
}

/// What the browser is asked for.
#[derive(Clone, Copy)]
pub(crate) enum Effect {
    Open,
    Sleep,
    Fetch,
    Verify,
    Set,
    Remove,
    Keys,
    Lock,
    Release,
    Notify,
    Broadcast,
    Aborted,
    UserContext,
    DeviceName,
    LoadDeferred,
}

impl Effect {
    const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Sleep => "sleep",
            Self::Fetch => "fetch",
            Self::Verify => "verify",
            Self::Set => "set",
            Self::Remove => "remove",
            Self::Keys => "keys",
            Self::Lock => "lock",
            Self::Release => "release",
            Self::Notify => "notify",
            Self::Broadcast => "broadcast",
            Self::Aborted => "aborted",
            Self::UserContext => "userContext",
            Self::DeviceName => "deviceName",
            Self::LoadDeferred => "loadDeferred",
        }
    }
}

/// The outcome of an effect: a value, or the code of a failure.
pub(crate) type Outcome = Result<Value, String>;

/// The kit and the job that an effect belongs to. Job 0 is none: work in the background.
#[derive(Clone, Copy, Default)]
pub(crate) struct Asker {
    pub(crate) kit: u32,
    pub(crate) job: u32,
}

impl Asker {
    /// Starts an effect.
    pub(crate) fn start(self, effect: Effect, words: Writer) -> Pending {
        self.start_named(effect.name(), words)
    }

    /// Starts an effect by its name.
    pub(crate) fn start_named(self, name: &str, words: Writer) -> Pending {
        let pending = Pending::new(next_number());
        let words = words.finish();
        if let Some(json) = effect(name, self.kit, self.job, pending.0, words.expose_secret()) {
            settle(pending.0, json);
        }
        pending
    }

    /// Reads a stored text. It is the most frequent effect by far, so what it says at once does not become JSON.
    pub(crate) fn get(self, scope: Option<&str>, key: &str, is_known: bool) -> Result<String, Pending> {
        let number = next_number();
        get(self.kit, scope, key, is_known, number).ok_or_else(|| Pending::new(number))
    }

    /// Runs an effect that has its outcome at once.
    pub(crate) fn act(self, effect: Effect, words: Writer) -> Outcome {
        let pending = self.start(effect, words);
        pending.take().unwrap_or_else(|| Err(String::new()))
    }
}

enum Slot {
    Waiting(Option<Waker>),
    Settled(Outcome),
}

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
    static SLOTS: RefCell<Vec<(u32, Slot)>> = const { RefCell::new(Vec::new()) };
}

fn next_number() -> u32 {
    NEXT.replace(NEXT.get().wrapping_add(1))
}

/// Reads an outcome: JSON with a value or a failure.
fn read(outcome: &Secret<String>) -> Outcome {
    let Some(Value::Object(mut members)) = Value::parse(outcome.expose_secret()) else { return Err(String::new()) };
    match members.pop() {
        Some((name, value)) if name == "value" => Ok(value),
        Some((_, failure)) => Err(failure.as_str().unwrap_or_default().to_owned()),
        None => Err(String::new()),
    }
}

/// Takes the outcome of an effect in. Returns whether anybody waits for it.
pub(crate) fn settle(number: u32, outcome: String) -> bool {
    let outcome = read(&Secret::new(outcome));
    let before = SLOTS.with_borrow_mut(|slots| {
        let (_, slot) = slots.iter_mut().find(|(known, _)| *known == number)?;
        Some(std::mem::replace(slot, Slot::Settled(outcome)))
    });
    if let Some(Slot::Waiting(Some(waker))) = &before {
        waker.wake_by_ref();
    }
    before.is_some()
}

/// An effect under way.
pub(crate) struct Pending(u32);

impl Pending {
    fn new(number: u32) -> Self {
        SLOTS.with_borrow_mut(|slots| slots.push((number, Slot::Waiting(None))));
        Self(number)
    }

    fn take(&self) -> Option<Outcome> {
        SLOTS.with_borrow_mut(|slots| {
            let place =
                slots.iter().position(|(number, slot)| *number == self.0 && matches!(slot, Slot::Settled(_)))?;
            match slots.swap_remove(place).1 {
                Slot::Settled(outcome) => Some(outcome),
                Slot::Waiting(_) => None,
            }
        })
    }
}

impl Future for Pending {
    type Output = Outcome;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        if let Some(outcome) = self.take() {
            return Poll::Ready(outcome);
        }
        SLOTS.with_borrow_mut(|slots| {
            if let Some((_, slot)) = slots.iter_mut().find(|(number, _)| *number == self.0) {
                *slot = Slot::Waiting(Some(context.waker().clone()));
            }
        });
        Poll::Pending
    }
}

/// The outcome of an effect, read. It starts when it is asked for, and is no state machine of its own.
pub(crate) struct Reply<T> {
    pending: Pending,
    read: fn(Outcome) -> T,
}

impl Pending {
    /// Reads the outcome.
    pub(crate) const fn map<T>(self, read: fn(Outcome) -> T) -> Reply<T> {
        Reply { pending: self, read }
    }
}

impl<T> Future for Reply<T> {
    type Output = T;

    #[inline(never)]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        Pin::new(&mut self.pending).poll(context).map(self.read)
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        let unread = SLOTS.with_borrow_mut(|slots| {
            let place = slots.iter().position(|(number, _)| *number == self.0)?;
            Some(slots.swap_remove(place).1)
        });
        // A lock that was granted to a future which nobody polled again would be held for as long as the page is open.
        if let Some(Slot::Settled(Ok(outcome))) = unread
            && let Some(lock) = outcome.integer("number")
        {
            release(lock);
        }
    }
}

/// Releases a lock by its number. Releasing it twice does nothing.
pub(crate) fn release(lock: i64) {
    let mut words = Writer::object();
    words.integer("number", lock);
    let _ = Asker::default().act(Effect::Release, words);
}
