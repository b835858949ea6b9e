//! JavaScript's values, through `Reflect`.
//!
//! A page, a test or a polyfill can replace any getter and any method by one that throws. A thrown value must not pass
//! through the wasm: it would leave futures that never finish, with their locks held. So the platform looks at values
//! and calls methods through the functions here, which return it as an `Err`.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// A member of the global object; undefined if it is missing or throws when read.
pub(crate) fn global(name: &str) -> JsValue {
    get(&js_sys::global(), name).unwrap_or_default()
}

/// A member of an object; `Err` if the value is no object or the getter throws.
pub(crate) fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &JsValue::from_str(name))
}

/// A member of an object; `None` if it is missing, null, or throws when read.
pub(crate) fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    get(object, name).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// Calls a method; `Err` if it is missing or throws.
pub(crate) fn call(object: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = get(object, method)?.unchecked_into();
    Reflect::apply(&method, object, &arguments.iter().collect())
}

/// Calls a global function; `Err` if it is missing or throws.
pub(crate) fn call_global(function: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    call(&js_sys::global(), function, arguments)
}

/// A new object of a global class; `Err` if the class is missing or throws.
pub(crate) fn construct(class: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let class: Function = global(class).unchecked_into();
    Reflect::construct(&class, &arguments.iter().collect())
}

/// A plain object of these members.
pub(crate) fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // A fresh object refuses no member.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// Waits for the first of these values as `await` does: any thenable is followed, any other value is its own result.
pub(crate) fn first(values: &[&JsValue]) -> JsFuture {
    let values: Array = values.iter().collect();
    JsFuture::from(Promise::race(&values))
}

/// A promise and the function that resolves it.
pub(crate) fn deferred() -> (Promise, Function) {
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _| resolver = Some(resolve));
    // The executor has run: promises call it at once.
    (promise, resolver.unwrap_or_default())
}
