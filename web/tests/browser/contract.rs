//! The browser's platform does what the kit expects of a platform, with every storage.

use poolpass_web::Storage;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::platform_contract;
use crate::storage::open;
use crate::support::run;

#[wasm_bindgen_test]
async fn the_browser_holds_the_contract_with_every_storage() {
    let object = run("const map = new Map();
        return {
            getItem: async (key) => map.get(key),
            setItem: async (key, text) => map.set(key, text),
            removeItem: async (key) => map.delete(key),
        };");
    for storage in [Storage::Local, Storage::Session, Storage::Memory, Storage::from_js(&object).unwrap()] {
        let (one, two) = (open("contract", storage.clone()), open("contract", storage));
        platform_contract::holds(&one, &two).await;
    }
}
