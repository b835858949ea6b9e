//! The passkeys of a world: what its user does when a tab asks for one.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::{MemoryPlatform, yield_once};
use crate::error::{Ceremony, Error, ErrorKind, PasskeyFault};
use crate::json::Value;
use crate::platform::{AUTOFILL_MS, Mediation, Passkeys};
use crate::secret::Secret;

/// What a tab asks the user for.
#[derive(Clone, Copy, Debug)]
pub struct PasskeyRequest<'a> {
    /// The tab's number.
    pub tab: usize,
    /// What the passkey is for.
    pub ceremony: Ceremony,
    /// How the user is asked.
    pub mediation: Mediation,
    /// The options: JSON.
    pub options: &'a str,
}

/// What the user does.
#[derive(Clone, Debug)]
pub enum PasskeyAnswer {
    /// Uses a passkey or makes one. The credential is JSON.
    Credential(Secret<String>),
    /// Does something that fails.
    Fault(PasskeyFault),
    /// Does nothing.
    Nothing,
}

pub(super) type User = dyn Fn(&PasskeyRequest<'_>) -> PasskeyAnswer;

/// A dialog without a `timeout` of its own ends after this time, in milliseconds.
const DIALOG_MS: i64 = 300_000;

/// The requests of a tab.
#[derive(Default)]
pub(super) struct Asking {
    /// The dialogs that are open.
    dialogs: Cell<u32>,
    /// How often the user has signed in.
    sign_ins: Cell<u32>,
    /// The number of the latest wait for autofill.
    latest: Cell<u32>,
    /// Of the waits for autofill.
    wakers: RefCell<Vec<Waker>>,
}

impl Asking {
    pub(super) fn signed_in(&self) {
        self.sign_ins.set(self.sign_ins.get() + 1);
        self.wake();
    }

    /// The number of a request, which is the latest wait for autofill if it is one.
    fn next(&self, waits: bool) -> u32 {
        if waits {
            self.latest.set(self.latest.get() + 1);
            self.wake();
        }
        self.latest.get()
    }

    fn add_dialog(&self, count: i8) {
        self.dialogs.set(self.dialogs.get().saturating_add_signed(count.into()));
        self.wake();
    }

    fn wake(&self) {
        for waker in self.wakers.take() {
            waker.wake();
        }
    }

    /// Waits until it is so, or until the future ends.
    async fn until(&self, is_so: impl Fn() -> bool, end: impl Future<Output = ()>) {
        let mut end = pin!(end);
        poll_fn(|context| {
            if is_so() {
                return Poll::Ready(());
            }
            self.wakers.borrow_mut().push(context.waker().clone());
            end.as_mut().poll(context)
        })
        .await
    }
}

/// An open dialog.
struct Dialog(Rc<Asking>);

impl Dialog {
    fn open(asking: &Rc<Asking>) -> Self {
        asking.add_dialog(1);
        Self(Rc::clone(asking))
    }
}

impl Drop for Dialog {
    fn drop(&mut self) {
        self.0.add_dialog(-1);
    }
}

impl MemoryPlatform {
    async fn ask(&self, request: &PasskeyRequest<'_>) -> Result<Secret<String>, Error> {
        let fail = |fault| ErrorKind::Passkey(fault, request.ceremony);
        let end_ms = self.world.now_ms().saturating_add(match request.mediation {
            Mediation::Conditional => AUTOFILL_MS.into(),
            Mediation::Modal => {
                Value::parse(request.options).and_then(|options| options.integer("timeout")).unwrap_or(DIALOG_MS)
            }
        });
        let asking = self.world.asking(self.tab);
        let dialog = (request.mediation == Mediation::Modal).then(|| Dialog::open(&asking));
        let waits = dialog.is_none();
        let (sign_ins, number) = (asking.sign_ins.get(), asking.next(waits));
        let fault = || match () {
            () if waits && asking.sign_ins.get() != sign_ins => Some(PasskeyFault::Superseded),
            () if waits && asking.latest.get() != number => Some(PasskeyFault::Interrupted),
            () if self.world.now_ms() >= end_ms => Some(PasskeyFault::TimedOut),
            () => None,
        };
        // A dialog hides the suggestions; after it they are there again.
        let is_hidden = || waits && asking.dialogs.get() > 0;
        yield_once().await;
        loop {
            if self.signal.fired() {
                return Err(ErrorKind::Aborted.into());
            }
            if let Some(fault) = fault() {
                return Err(fail(fault).into());
            }
            let was_hidden = is_hidden();
            if !was_hidden {
                match self.world.ask_user(request) {
                    PasskeyAnswer::Credential(credential) => return Ok(credential),
                    PasskeyAnswer::Fault(fault) => return Err(fail(fault).into()),
                    PasskeyAnswer::Nothing => {}
                }
            }
            let rest_ms = u32::try_from(end_ms - self.world.now_ms()).unwrap_or(u32::MAX);
            let change = || fault().is_some() || is_hidden() != was_hidden;
            self.signal.end(asking.until(change, self.world.sleep_ms(rest_ms))).await;
        }
    }
}

impl Passkeys for MemoryPlatform {
    async fn get_passkey(&self, options: &str, mediation: Mediation) -> Result<Secret<String>, Error> {
        let ceremony = Ceremony::SignIn;
        self.ask(&PasskeyRequest { tab: self.tab, ceremony, mediation, options }).await
    }

    async fn create_passkey(&self, options: &str) -> Result<Secret<String>, Error> {
        let (ceremony, mediation) = (Ceremony::Registration, Mediation::Modal);
        self.ask(&PasskeyRequest { tab: self.tab, ceremony, mediation, options }).await
    }
}
