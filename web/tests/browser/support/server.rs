//! A server in place of `fetch`, while a test runs.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Promise, Reflect, global};
use wasm_bindgen::prelude::*;
use web_sys::{Request, RequestInit, Response};

/// A request that was sent.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) request: Request,
    /// What was given beside it.
    pub(crate) init: RequestInit,
}

impl Sent {
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.request.headers().get(name).unwrap()
    }

    /// The operation of Cognito that it calls; empty for another request.
    pub(crate) fn operation(&self) -> String {
        let target = self.header("x-amz-target").unwrap_or_default();
        target.rsplit('.').next().unwrap_or_default().to_owned()
    }
}

/// Answers requests until it is dropped.
pub(crate) struct Server {
    before: JsValue,
    sent: Rc<RefCell<Vec<Sent>>>,
    _fetch: Closure<dyn FnMut(JsValue, JsValue) -> Promise>,
}

impl Server {
    /// A response for each request; `Err` is what `fetch` is rejected with.
    pub(crate) fn start(mut answer: impl FnMut(&Sent) -> Result<Response, JsValue> + 'static) -> Self {
        Self::start_with_promises(move |sent| match answer(sent) {
            Ok(response) => Promise::resolve(&JsValue::from(response)),
            Err(error) => Promise::reject(&error),
        })
    }

    pub(crate) fn start_with_promises(mut answer: impl FnMut(&Sent) -> Promise + 'static) -> Self {
        let sent = Rc::<RefCell<Vec<Sent>>>::default();
        let log = Rc::clone(&sent);
        let fetch = Closure::new(move |input: JsValue, init: JsValue| {
            let init: RequestInit = init.unchecked_into();
            let request = match input.as_string() {
                Some(url) => Request::new_with_str_and_init(&url, &init),
                None => Ok(input.unchecked_into()),
            };
            let sent = Sent { request: request.unwrap(), init };
            log.borrow_mut().push(sent.clone());
            answer(&sent)
        });
        let before = Reflect::get(&global(), &"fetch".into()).unwrap();
        Reflect::set(&global(), &"fetch".into(), fetch.as_ref()).unwrap();
        Self { before, sent, _fetch: fetch }
    }

    /// The requests so far.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.sent.borrow().clone()
    }

    /// The operations of Cognito that were called so far.
    pub(crate) fn operations(&self) -> Vec<String> {
        self.sent.borrow().iter().map(Sent::operation).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        Reflect::set(&global(), &"fetch".into(), &self.before).unwrap();
    }
}
