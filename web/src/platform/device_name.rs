//! The name of the device: brands and platform where the browser has User-Agent Client Hints, otherwise its `userAgent`. Without
//! the exact versions and the model, which a browser gives only on request.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::scope;

/// `None` without a navigator, or with one that an app has replaced by something else.
pub(super) fn read() -> Option<String> {
    let navigator = scope::navigator()?;
    let hints = get(&navigator, "userAgentData").and_then(|hints| from_hints(&hints));
    hints.or_else(|| get(&navigator, "userAgent")?.as_string())
}

fn from_hints(hints: &JsValue) -> Option<String> {
    let mut name = get(hints, "platform")?.as_string()?;
    for entry in get(hints, "brands")?.dyn_into::<Array>().ok()?.iter() {
        let brand = get(&entry, "brand")?.as_string()?;
        // One of the brands is made up, so that nobody relies on their list (GREASE).
        if !brand.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| word == "Not") {
            name = [&name, " ", &brand, "/", &get(&entry, "version")?.as_string()?].concat();
        }
    }
    Some(name)
}

fn get(object: &JsValue, key: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(key)).ok()
}
