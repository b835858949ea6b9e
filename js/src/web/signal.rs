//! `AbortSignal`: the caller's, and the deadline of a wait.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

use super::reflect::{call, call_global, construct, get, global, member};

#[wasm_bindgen]
extern "C" {
    /// The browser's `AbortSignal`.
    #[derive(Clone)]
    pub type AbortSignal;
}

impl AbortSignal {
    /// Whether the signal has fired. One that cannot be asked has not.
    pub fn aborted(&self) -> bool {
        get(self, "aborted").is_ok_and(|aborted| aborted.is_truthy())
    }

    /// A signal that fires after a time; `None` if the browser cannot make one.
    pub(crate) fn timeout(ms: u32) -> Option<Self> {
        let ms = JsValue::from(ms);
        let made = call(&global("AbortSignal"), "timeout", &[&ms]).or_else(|_| {
            // Browsers before 2022, and test environments with an AbortSignal of their own.
            let controller = construct("AbortController", &[])?;
            let abort = call(&get(&controller, "abort")?, "bind", &[&controller])?;
            let timer = call_global("setTimeout", &[&abort, &ms])?;
            // Node.js has it: a process does not stay alive for a deadline.
            let _ = call(&timer, "unref", &[]);
            get(&controller, "signal")
        });
        made.ok().filter(|signal| member(signal, "aborted").is_some()).map(JsCast::unchecked_into)
    }

    /// A signal that fires with the first of the two; undefined if there is none. A browser without `AbortSignal.any`
    /// gets the deadline.
    pub(crate) fn either(caller: Option<&Self>, deadline: Option<&Self>) -> JsValue {
        let both: Array = caller.into_iter().chain(deadline).collect();
        let either = call(&global("AbortSignal"), "any", &[&both]);
        either.unwrap_or_else(|_| deadline.or(caller).map(JsValue::from).unwrap_or_default())
    }

    /// A promise that is rejected when the signal fires, and never resolved. Wait for it at once: a rejection that
    /// nobody handles is reported.
    pub(crate) fn rejection(signal: Option<&Self>) -> JsValue {
        let promise = Promise::new(&mut |_, reject| {
            if let Some(signal) = signal {
                let _ = call(signal, "addEventListener", &[&"abort".into(), &reject]);
            }
        });
        promise.into()
    }
}
