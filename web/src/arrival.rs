//! Taking the answer of a sign-in page out of this page's URL. Rust apps call it as the first thing they do; the npm
//! package has its own, `www/poolpass/arrival.js`, which runs before the wasm is there.

use wasm_bindgen::prelude::*;

use crate::reflect::member;
use poolpass::encode::form;

#[wasm_bindgen]
extern "C" {
    type History;
    #[wasm_bindgen(method, getter)]
    fn state(this: &History) -> JsValue;
    #[wasm_bindgen(method, catch, js_name = replaceState)]
    fn replace_state(this: &History, state: &JsValue, unused: &str, url: &str) -> Result<(), JsValue>;
}

/// What an answer puts into the query.
const OURS: [&str; 6] = ["code", "error", "error_description", "error_uri", "iss", "state"];

/// The URL of this page if it carries an answer to a flow of this kit, for [`poolpass::Client::handle_redirect`]. The
/// answer is taken out of the address bar and the history; the rest of the query and the fragment stay.
pub fn take_arrival() -> Option<String> {
    let global = js_sys::global();
    let url = member(&member(&global, "location")?, "href")?.as_string()?;
    let (page, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let (path, query) = page.split_once('?')?;
    form::value(query, "state").filter(|state| state.expose_secret().starts_with("pp1"))?;
    let is_ours = |pair: &&str| OURS.contains(&pair.split('=').next().unwrap_or_default());
    let rest: Vec<&str> = query.split('&').filter(|pair| !is_ours(pair)).collect();
    let separator = if rest.is_empty() { "" } else { "?" };
    let clean = [path, separator, &rest.join("&"), fragment].concat();
    let history: History = member(&global, "history")?.unchecked_into();
    // Some browsers refuse it when it is called too often. The answer is good all the same.
    let _ = history.replace_state(&history.state(), "", &clean);
    Some(url)
}
