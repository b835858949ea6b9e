//! The contract of platforms on the browser of Rust apps.

#[path = "../../../tests/shared/platform_contract/mod.rs"]
mod cases;
#[path = "../../../tests/shared/platform_contract/page.rs"]
mod page;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use cases::{Access, Bench, Habit, Heard, Part, Server, for_each_case};
use js_sys::{Function, Promise};
use page::World;
use poolpass::platform::Mediation;
use poolpass_web::{BrowserPlatform, Origin, Storage};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use crate::storage::open;

/// Gets the sources of modules, and resolves to the world and how to stop the servers.
const START: &str = "
    const load = (source) => import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
    return Promise.all([world, server, fetch].map(load)).then(([{ World }, { answer }, { serve }]) => {
        const origin = 'https://contract.example';
        return { world: new World(origin), stop: serve(origin, answer) };
    });";

thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

#[wasm_bindgen]
extern "C" {
    type Started;
    #[wasm_bindgen(method, getter)]
    fn world(this: &Started) -> World;
    #[wasm_bindgen(method)]
    fn stop(this: &Started);
}

struct WebBench {
    started: Started,
    world: World,
    /// An app client that no other case uses.
    client_id: String,
}

impl WebBench {
    async fn start() -> Self {
        let start = Function::new_with_args("world, server, fetch", START);
        let sources = [
            include_str!("../../../tests/shared/platform_contract/world.mjs"),
            include_str!("../../../tests/shared/platform_contract/server.mjs"),
            include_str!("../../../tests/shared/platform_contract/fetch.mjs"),
        ];
        let [world, server, fetch] = sources.map(JsValue::from_str);
        let promise: Promise = start.call3(&JsValue::UNDEFINED, &world, &server, &fetch).unwrap().unchecked_into();
        let started: Started = JsFuture::from(promise).await.unwrap().unchecked_into();
        COUNT.set(COUNT.get() + 1);
        Self { world: started.world(), started, client_id: format!("contract{}", COUNT.get()) }
    }

    fn shared(&self) -> Storage {
        Storage::from_js(&self.world.storage()).unwrap()
    }
}

impl Drop for WebBench {
    fn drop(&mut self) {
        self.world.restore();
        self.started.stop();
    }
}

impl Bench for WebBench {
    type Tab = BrowserPlatform;

    fn listening_tab(&self) -> (BrowserPlatform, Heard) {
        let tab = open(&self.client_id, self.shared());
        let heard = Rc::<RefCell<Vec<(String, bool)>>>::default();
        let ear = Rc::clone(&heard);
        let listener = tab.on_event_from(move |event, origin| {
            ear.borrow_mut().push((event.name().to_owned(), origin == Origin::OtherTab));
        });
        let heard = move || {
            let _ = &listener;
            heard.borrow().clone()
        };
        (tab, Box::new(heard))
    }

    fn tabs_by_storage(&self) -> Vec<(&'static str, BrowserPlatform, u32)> {
        let app = Storage::from_js(&self.world.storage()).unwrap();
        let kinds = [
            ("local", Storage::Local, 125),
            ("session", Storage::Session, 0),
            ("memory", Storage::Memory, 0),
            ("app", app, 125),
        ];
        kinds.map(|(name, storage, lag_ms)| (name, open(&self.client_id, storage), lag_ms)).into()
    }

    fn close(&self, tab: BrowserPlatform) {
        drop(tab);
    }

    fn abortable(&self, tab: &BrowserPlatform) -> (BrowserPlatform, Box<dyn FnOnce()>) {
        let controller = AbortController::new().unwrap();
        let caller = tab.with_signal(&controller.signal());
        (caller, Box::new(move || controller.abort()))
    }

    fn url(&self, server: Server) -> String {
        self.world.url(server)
    }

    fn fail(&self, access: Access) {
        self.world.fail(access);
    }

    fn delay_storage(&self) {
        self.world.delay_storage();
    }

    fn take_away(&self, part: Part) {
        self.world.take_away(part);
    }

    fn habit(&self, mediation: Mediation, habit: Habit) {
        self.world.habit(mediation, habit);
    }

    fn asked(&self) -> Vec<String> {
        self.world.asked()
    }
}

macro_rules! test {
    ($($module:ident::$case:ident,)*) => {
        $(#[wasm_bindgen_test]
        async fn $case() {
            let bench = WebBench::start().await;
            assert!(cases::run(stringify!($case), &bench).await);
        })*
    };
}
for_each_case!(test);
