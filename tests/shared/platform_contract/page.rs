//! The outside world of a platform in a page: `world.mjs`.

use poolpass::platform::Mediation;
use wasm_bindgen::prelude::*;

use super::cases::{Access, Habit, Part, Server};

#[wasm_bindgen]
extern "C" {
    pub(crate) type World;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn storage(this: &World) -> JsValue;

    #[wasm_bindgen(method, js_name = url)]
    fn url_of(this: &World, path: &str) -> String;

    #[wasm_bindgen(method, js_name = fail)]
    fn fail_by_name(this: &World, access: &str);

    #[wasm_bindgen(method, js_name = delayStorage)]
    pub(crate) fn delay_storage(this: &World);

    #[wasm_bindgen(method, js_name = takeAway)]
    fn take_away_by_name(this: &World, part: &str);

    #[wasm_bindgen(method, js_name = habit)]
    fn habit_by_name(this: &World, is_autofill: bool, habit: &str);

    #[wasm_bindgen(method)]
    pub(crate) fn asked(this: &World) -> Vec<String>;

    #[wasm_bindgen(method)]
    pub(crate) fn restore(this: &World);
}

impl World {
    pub(crate) fn url(&self, server: Server) -> String {
        self.url_of(server.path())
    }

    pub(crate) fn fail(&self, access: Access) {
        self.fail_by_name(match access {
            Access::Read => "read",
            Access::Write => "write",
            Access::Remove => "remove",
        });
    }

    pub(crate) fn take_away(&self, part: Part) {
        self.take_away_by_name(match part {
            Part::Crypto => "crypto",
            Part::Locks => "locks",
            Part::FlowStorages => "flowStorages",
            Part::Passkeys => "passkeys",
            Part::PasskeyJson => "passkeyJson",
            Part::Autofill => "autofill",
        });
    }

    pub(crate) fn habit(&self, mediation: Mediation, habit: Habit) {
        self.habit_by_name(
            mediation == Mediation::Conditional,
            match habit {
                Habit::Agrees => "agrees",
                Habit::Leaves => "leaves",
                Habit::Throws(name) => name,
            },
        );
    }
}
