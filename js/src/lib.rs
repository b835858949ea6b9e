//! The wasm of the npm package. It exports a few functions, and everything crosses as JSON, which the kit needs a reader and
//! a writer for anyway; `www/poolpass/index.js` gives inputs, results and errors the form of the API. `www/poolpass/
//! platform.js` does what the browser is asked for.
#![cfg(target_arch = "wasm32")]

#[cfg(feature = "aws")]
mod aws;
#[cfg(feature = "contract")]
#[path = "../tests/contract/mod.rs"]
pub mod contract;
mod deferred;
mod door;
mod event;
mod executor;
mod fields;
#[cfg(feature = "hosted-ui")]
mod hosted_ui;
mod operations;
mod output;
mod platform;
mod texts;
mod tokens;
mod user_pool;

use std::cell::RefCell;

use poolpass::config::{Config, Parts};
#[cfg(feature = "aws")]
use poolpass::crypto::sha256::sha256;
#[cfg(feature = "aws")]
use poolpass::encode::hex;
use poolpass::error::{Error, Misuse};
use poolpass::json::{Value, Writer};
use poolpass::platform::Platform;
use poolpass::secret::Secret;
use wasm_bindgen::prelude::*;

use operations::{Client, Operation};
use platform::NpmPlatform;

/// Half the size of the standard one (`docs/decisions.md`). The module has one thread.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

thread_local! {
    /// The open kits by the numbers that JavaScript gave them.
    static KITS: RefCell<Vec<(u32, NpmPlatform, Client)>> = const { RefCell::new(Vec::new()) };
}

/// Checks the configuration (JSON) and opens the storage. `shown` is the session that the page has already shown, if any.
/// Returns JSON: the storage in use, the prefix of its keys, the URL of the user pool service, and the first letters of the `state` of this client's flows; or
/// the error.
#[wasm_bindgen]
pub fn open(kit: u32, config: &str, shown: Option<String>) -> String {
    let open = || {
        let json = Value::parse(config).ok_or(Misuse::Shape)?;
        let parts = Parts { hosted_ui: cfg!(feature = "hosted-ui"), aws: cfg!(feature = "aws") };
        let config = Config::read_parts(&json, parts)?;
        let platform = NpmPlatform::open(kit, &config)?;
        let client = Client::new(config, platform.clone());
        let mut opened = Writer::object();
        if let Some(session_id) = shown {
            client.expect_session(session_id);
        }
        opened.str("storage", output::storage_name(platform.storage_kind()));
        opened.str("prefix", client.storage_prefix());
        opened.str_if("idpUrl", client.config().user_pool().map(|pool| pool.idp_url()));
        #[cfg(feature = "hosted-ui")]
        opened.str("statePrefixes", &client.state_prefixes().concat());
        KITS.with_borrow_mut(|kits| kits.push((kit, platform, client)));
        Ok(opened)
    };
    let result = open().unwrap_or_else(|error: Error| {
        let mut json = Writer::object();
        output::write_error_member(&mut json, &error);
        json
    });
    result.finish().take()
}

/// Begins an operation of a kit. Its result goes to `done` in `platform.js`. Call [`run`] next.
#[wasm_bindgen]
pub fn perform(kit: u32, job: u32, name: &str, input: String) {
    let input = Secret::new(input);
    let found = KITS.with_borrow(|kits| {
        let (_, platform, client) = kits.iter().find(|(number, ..)| *number == kit)?;
        let platform = platform.for_job(job);
        Some((client.on(platform.clone()), platform))
    });
    let input = Value::parse(input.expose_secret());
    let name = name.to_owned();
    executor::spawn(Box::pin(async move {
        let result = match (&found, &input) {
            (Some((client, platform)), Some(input)) => operate(client, platform, &name, input).await,
            _ => Err(Misuse::Shape.into()),
        };
        match result {
            Ok(Some(result)) => door::done(job, false, result.finish().expose_secret()),
            Ok(None) => door::done(job, false, "null"),
            Err(error) => door::done(job, true, output::error(&error).finish().expose_secret()),
        }
    }));
}

/// Performs a method. `None` if it returns nothing.
async fn operate(client: &Client, platform: &NpmPlatform, name: &str, input: &Value) -> Result<Option<Writer>, Error> {
    match find(name) {
        Some(operation) => operation(client, input).await.map(Some),
        None => platform.load_deferred().await?.run(deferred::perform(client, name, input)).await,
    }
}

fn find(name: &str) -> Option<Operation> {
    let found = user_pool::find(name);
    #[cfg(feature = "hosted-ui")]
    let found = found.or_else(|| hosted_ui::find(name));
    #[cfg(feature = "aws")]
    let found = found.or_else(|| aws::find(name));
    #[cfg(not(feature = "aws"))]
    let found = found.or_else(|| tokens::find(name));
    found
}

/// Gives an effect its outcome. Returns whether anybody waits for it. Call [`run`] next.
#[wasm_bindgen]
pub fn resume(number: u32, outcome: String) -> bool {
    door::settle(number, outcome)
}

/// Continues everything that can continue.
#[wasm_bindgen]
pub fn run() {
    executor::run();
}

/// Forgets a kit. What it has under way goes on.
#[wasm_bindgen]
pub fn close(kit: u32) {
    KITS.with_borrow_mut(|kits| kits.retain(|(number, ..)| *number != kit));
}

/// SHA-256 of a small body, in hexadecimal.
#[cfg(feature = "aws")]
#[wasm_bindgen(js_name = sha256)]
pub fn sha256_hex(body: Vec<u8>) -> String {
    let body = Secret::new(body);
    hex::encode(&sha256(&[body.expose_secret()]))
}
