//! The contract of platforms on the npm package's: its door, its executor, and `platform.js` as it is shipped.
//! `tests/pack/platform_contract.test.mjs` runs the cases in Node.js and in Chromium, from `page.mjs`.

#[path = "../../../tests/shared/platform_contract/mod.rs"]
mod cases;
#[path = "../../../tests/shared/platform_contract/page.rs"]
mod page;

use std::panic::set_hook;
use std::rc::Rc;

use poolpass::error::{Ceremony, Error, ErrorKind, PasskeyFault};
use poolpass::json::{Value, Writer};
use poolpass::platform::{Mediation, Passkeys};
use poolpass::secret::Secret;
use wasm_bindgen::prelude::*;

use crate::door::{Outcome, Pending};
use crate::platform::NpmPlatform;
use crate::{KITS, executor};
use cases::{Access, Bench, Habit, Heard, Part, Server, for_each_case};
use page::World;

#[wasm_bindgen]
extern "C" {
    /// The `Tabs` of `page.mjs`.
    pub type Tabs;
    #[wasm_bindgen(method, getter)]
    fn world(this: &Tabs) -> World;
    /// Opens a kit with a storage of this kind. Returns its number.
    #[wasm_bindgen(method)]
    fn open(this: &Tabs, storage: &str) -> u32;
    #[wasm_bindgen(method)]
    fn close(this: &Tabs, kit: u32);
    /// The messages that a kit's listeners have got so far, with whether another tab sent them: JSON.
    #[wasm_bindgen(method)]
    fn heard(this: &Tabs, kit: u32) -> String;
    /// Begins a job whose caller can abort it. Returns its number.
    #[wasm_bindgen(method)]
    fn job(this: &Tabs, kit: u32) -> u32;
    #[wasm_bindgen(method)]
    fn abort(this: &Tabs, job: u32);
    #[wasm_bindgen(method)]
    fn passed(this: &Tabs);

    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn print_error(message: &str);
}

macro_rules! names {
    ($($module:ident::$case:ident,)*) => {
        const NAMES: &[&str] = &[$(stringify!($case),)*];
    };
}
for_each_case!(names);

/// The names of the cases: JSON.
#[wasm_bindgen(js_name = contractCases)]
pub fn contract_cases() -> String {
    let names = NAMES.iter().map(|&name| Value::from(name)).collect();
    Value::Array(names).to_json().take()
}

/// Begins a case. Call [`crate::run`] next.
#[wasm_bindgen(js_name = startContract)]
pub fn start_contract(name: String, tabs: Tabs) {
    set_hook(Box::new(|info| print_error(&info.to_string())));
    let bench = NpmBench(Rc::new(tabs));
    executor::spawn(Box::pin(async move {
        assert!(cases::run(&name, &bench).await, "there is a case of this name");
        bench.0.passed();
    }));
}

struct NpmBench(Rc<Tabs>);

impl NpmBench {
    fn open(&self, storage: &str) -> NpmPlatform {
        platform_of(self.0.open(storage))
    }
}

fn platform_of(kit: u32) -> NpmPlatform {
    KITS.with_borrow(|kits| kits.iter().find(|(number, ..)| *number == kit).unwrap().1.clone())
}

/// `www/poolpass/passkeys.js`, which the package uses without the wasm.
impl Passkeys for NpmPlatform {
    fn get_passkey(&self, options: &str, mediation: Mediation) -> impl Future<Output = Result<Secret<String>, Error>> {
        ask(self, "get", options, mediation).map(|outcome| credential(outcome, Ceremony::SignIn))
    }

    fn create_passkey(&self, options: &str) -> impl Future<Output = Result<Secret<String>, Error>> {
        ask(self, "create", options, Mediation::Modal).map(|outcome| credential(outcome, Ceremony::Registration))
    }
}

fn ask(tab: &NpmPlatform, method: &str, options: &str, mediation: Mediation) -> Pending {
    let mut words = Writer::object();
    words.str("method", method);
    words.str("options", options);
    words.bool("isAutofill", mediation == Mediation::Conditional);
    tab.asker().start_named("passkey", words)
}

/// The credential, or an error, whose name and number have to be those of the kit's own.
fn credential(outcome: Outcome, ceremony: Ceremony) -> Result<Secret<String>, Error> {
    let outcome = outcome.unwrap();
    if let Value::String(json) = outcome {
        return Ok(json);
    }
    let text = |name| outcome.str(name).unwrap();
    let error: Error = match text("code") {
        "aborted" => return Err(ErrorKind::Aborted.into()),
        "passkey" => {
            let fault = PasskeyFault::ALL.into_iter().find(|fault| fault.as_str() == text("reason"));
            ErrorKind::Passkey(fault.unwrap(), ceremony).into()
        }
        code => panic!("{code}"),
    };
    assert_eq!((error.name(), &*error.message()), (text("name"), text("message")));
    assert_eq!(Some(error.retryable()), outcome.get("retryable").and_then(Value::as_bool));
    Err(error)
}

impl Bench for NpmBench {
    type Tab = NpmPlatform;

    fn listening_tab(&self) -> (NpmPlatform, Heard) {
        let tab = self.open("custom");
        let (tabs, kit) = (Rc::clone(&self.0), tab.asker().kit);
        let heard = move || {
            let messages = Value::parse(&tabs.heard(kit)).unwrap();
            let event = |message: &Value| {
                (message.string("event").unwrap(), message.get("isRemote").and_then(Value::as_bool).unwrap())
            };
            messages.elements().unwrap().iter().map(event).collect()
        };
        (tab, Box::new(heard))
    }

    fn tabs_by_storage(&self) -> Vec<(&'static str, NpmPlatform, u32)> {
        let kinds = [("local", 125), ("session", 0), ("memory", 0), ("custom", 125)];
        kinds.map(|(name, lag_ms)| (name, self.open(name), lag_ms)).into()
    }

    fn close(&self, tab: NpmPlatform) {
        self.0.close(tab.asker().kit);
    }

    fn abortable(&self, tab: &NpmPlatform) -> (NpmPlatform, Box<dyn FnOnce()>) {
        let (tabs, job) = (Rc::clone(&self.0), self.0.job(tab.asker().kit));
        (tab.for_job(job), Box::new(move || tabs.abort(job)))
    }

    fn url(&self, server: Server) -> String {
        self.0.world().url(server)
    }

    fn fail(&self, access: Access) {
        self.0.world().fail(access);
    }

    fn delay_storage(&self) {
        self.0.world().delay_storage();
    }

    fn take_away(&self, part: Part) {
        self.0.world().take_away(part);
    }

    fn habit(&self, mediation: Mediation, habit: Habit) {
        self.0.world().habit(mediation, habit);
    }

    fn asked(&self) -> Vec<String> {
        self.0.world().asked()
    }
}
