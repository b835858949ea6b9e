//! What the app and its page add to calls of the app client.

use std::fmt;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Function, Reflect};
use poolpass::platform::SendFailure;
use poolpass::secret::Secret;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::AbortSignal;

use super::cancellation::{Cancellation, Cause};

/// As long as a service may take.
const ANSWER_WITHIN_MS: u32 = 15_000;

type Hash = Pin<Box<dyn Future<Output = Result<Secret<String>, String>>>>;

/// The app's function that asks its server for the `SECRET_HASH` of a user name.
#[derive(Clone)]
pub(crate) struct SecretHash(Rc<dyn Fn(String) -> Hash>);

impl SecretHash {
    pub(crate) fn new<F>(ask: impl Fn(String) -> F + 'static) -> Self
    where
        F: Future<Output = Result<Secret<String>, String>> + 'static,
    {
        Self(Rc::new(move |username| Box::pin(ask(username))))
    }

    /// Calls the function, and waits no longer than for a service.
    pub(super) async fn ask(
        &self,
        username: &str,
        caller: Option<&AbortSignal>,
    ) -> Result<Secret<String>, SendFailure> {
        let hash = (self.0)(username.to_owned());
        let Ok(cancellation) = Cancellation::new(caller, ANSWER_WITHIN_MS) else {
            return hash.await.map_err(SendFailure::Callback);
        };
        match cancellation.guard(hash).await {
            Ok(result) => result.map_err(SendFailure::Callback),
            Err(Cause::Aborted) => Err(SendFailure::Aborted),
            Err(Cause::TimedOut) => {
                Err(SendFailure::Callback("the hash of the client secret did not come within 15 seconds".to_owned()))
            }
        }
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash")
    }
}

/// `AmazonCognitoAdvancedSecurityData.getData`, if AWS's script is on the page.
pub(super) fn user_context(username: &str, user_pool_id: &str, client_id: &str) -> Option<String> {
    let script = Reflect::get(&js_sys::global(), &"AmazonCognitoAdvancedSecurityData".into()).ok()?;
    let get_data: Function = Reflect::get(&script, &"getData".into()).ok()?.dyn_into().ok()?;
    let [username, user_pool_id, client_id] = [username, user_pool_id, client_id].map(JsValue::from_str);
    get_data.call3(&script, &username, &user_pool_id, &client_id).ok()?.as_string().filter(|data| !data.is_empty())
}
