//! What the tests share: a script runner, a server in place of `fetch`, and Cognito's replies.

pub(crate) mod cognito;
mod server;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, global};
use poolpass::event::Event;
use poolpass_web::{Auth, Listener, Origin, Storage, UserPool};
use wasm_bindgen::JsValue;

pub(crate) use server::{Sent, Server};

pub(crate) const POOL_ID: &str = "eu-west-1_PoolPass1";

/// Runs the body of a JavaScript function.
pub(crate) fn run(script: &str) -> JsValue {
    Function::new_no_args(script).call0(&global()).unwrap()
}

/// An `Auth` of an app client that no other test uses.
pub(crate) fn auth(client_id: &str, storage: Storage) -> Auth {
    Auth::builder(UserPool::new(POOL_ID, client_id)).storage(storage).open().unwrap()
}

/// Replaces a part of the page by a script while a test runs, and puts it back by another.
pub(crate) struct Replaced(&'static str);

impl Replaced {
    pub(crate) fn by(script: &str, back: &'static str) -> Self {
        run(script);
        Self(back)
    }
}

impl Drop for Replaced {
    fn drop(&mut self) {
        run(self.0);
    }
}

pub(crate) type Heard = Rc<RefCell<Vec<(Event, Origin)>>>;

/// Collects the events of an `Auth`.
pub(crate) fn listen(auth: &Auth) -> (Heard, Listener) {
    let heard = Heard::default();
    let ear = Rc::clone(&heard);
    let listener = auth.on_event_from(move |event, origin| ear.borrow_mut().push((event, origin)));
    (heard, listener)
}

/// The names of events, in the order in which they came.
pub(crate) fn names(heard: &Heard) -> Vec<(&'static str, Origin)> {
    heard.borrow().iter().map(|(event, origin)| (event.name(), *origin)).collect()
}

pub(crate) async fn sleep(ms: u32) {
    gloo_timers::future::TimeoutFuture::new(ms).await;
}

/// Waits until it is so, for ten seconds at most.
pub(crate) async fn until(mut is_so: impl FnMut() -> bool) {
    for _ in 0..1_000 {
        if is_so() {
            return;
        }
        sleep(10).await;
    }
    panic!("it never became so");
}
