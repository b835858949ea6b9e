//! The exports of the npm package. Inputs, results and errors cross as JSON text, which the wire needs a
//! reader and a writer for anyway; `www/poolpass/index.js` puts them in the form of the API.
#![cfg(target_arch = "wasm32")]
#![expect(unreachable_pub, reason = "wasm-bindgen exports public functions only")]

mod aws;
mod fields;
mod input;
mod output;
mod web;

use std::cell::RefCell;
use std::future::{Future, ready};
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::web::{AbortSignal, BrowserPlatform, release_locks};
use poolpass::config::Config;
use poolpass::encode::http_date;
use poolpass::error::{Error, Misuse};
use poolpass::json::{Value, Writer};
use poolpass::secret::Secret;

/// Half the size of the standard one (`docs/decisions.md`). The module has one thread.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// One client of one user pool.
#[wasm_bindgen]
pub struct Kit {
    client: Client,
    platform: BrowserPlatform,
}

thread_local! {
    static PANIC_LISTENER: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Has the function called if this code panics. The promises that are pending then never settle by
/// themselves; the Web Locks that are held are released.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(listener: Function) {
    PANIC_LISTENER.set(Some(listener));
    std::panic::set_hook(Box::new(|_| {
        release_locks();
        if let Some(listener) = PANIC_LISTENER.take() {
            let _ = listener.call0(&JsValue::UNDEFINED);
        }
    }));
}

type Client = poolpass::Client<BrowserPlatform>;

#[wasm_bindgen]
impl Kit {
    /// Checks the configuration (JSON) and opens the storage. The listener takes a message and whether
    /// another tab sent it. Throws an error's JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(config: String, storage: &JsValue, listener: Function) -> Result<Self, JsValue> {
        let open = || {
            let json = Value::parse(&config).ok_or(Misuse::Shape)?;
            let config = Config::read(&json)?;
            let tell = move |message: &str, remote: bool| {
                let _ = listener.call2(&JsValue::UNDEFINED, &message.into(), &remote.into());
            };
            let platform = BrowserPlatform::open(&config, storage, Rc::new(tell))?;
            Ok(Self { client: Client::new(config, platform.clone()), platform })
        };
        open().map_err(thrown)
    }

    /// The name of the storage in use.
    #[wasm_bindgen(getter)]
    pub fn storage(&self) -> String {
        output::storage_name(self.platform.storage_kind()).to_owned()
    }

    /// The first letters of the `state` of this client's flows, redirect and popup.
    #[wasm_bindgen(getter)]
    pub fn marks(&self) -> String {
        self.client.marks().concat()
    }

    /// `signUp`
    #[wasm_bindgen(js_name = signUp)]
    pub fn sign_up(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(
                async move { client.sign_up(&input::sign_up(&input)?).await.map(|result| output::sign_up(&result)) },
            )
        })
    }

    /// `confirmSignUp`
    #[wasm_bindgen(js_name = confirmSignUp)]
    pub fn confirm_sign_up(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                client.confirm_sign_up(&input::confirm_sign_up(&input)?).await.map(|()| output::sign_up_complete())
            })
        })
    }

    /// `resendSignUpCode`
    #[wasm_bindgen(js_name = resendSignUpCode)]
    pub fn resend_sign_up_code(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                client.resend_sign_up_code(&input::resend_sign_up_code(&input)?).await.map(|to| output::delivery(&to))
            })
        })
    }

    /// `signIn`
    #[wasm_bindgen(js_name = signIn)]
    pub fn sign_in(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move { client.sign_in(&input::sign_in(&input)?).await.map(output::sign_in) })
        })
    }

    /// `signInWithRedirect`
    #[wasm_bindgen(js_name = signInWithRedirect)]
    pub fn sign_in_with_redirect(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                let started = client.sign_in_with_redirect(&input::redirect(&input)?).await?;
                Ok(output::started(&started))
            })
        })
    }

    /// `handleRedirect`
    #[wasm_bindgen(js_name = handleRedirect)]
    pub fn handle_redirect(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                let redirected = client.handle_redirect(&input::url(&input)?).await;
                Ok(output::redirected(redirected.as_deref()))
            })
        })
    }

    /// `fetchProviderSession`
    #[wasm_bindgen(js_name = fetchProviderSession)]
    pub fn fetch_provider_session(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                let found = client.provider_token(&input::provider_name(&input)?).await?;
                Ok(output::provider_session(found.as_ref()))
            })
        })
    }

    /// `userInfo`
    #[wasm_bindgen(js_name = userInfo)]
    pub fn user_info(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                input::nothing(&input)?;
                client.user_info().await.map(|claims| output::object(&claims))
            })
        })
    }

    /// `verifyToken`
    #[wasm_bindgen(js_name = verifyToken)]
    pub fn verify_token(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                let (token, token_use) = input::token(&input)?;
                client.verify_token(&token, token_use).await.map(|claims| output::object(claims.json()))
            })
        })
    }

    /// `getCredentials`
    #[wasm_bindgen(js_name = getCredentials)]
    pub fn get_credentials(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                let session = client.aws_session(&aws::credentials_wish(&input)?).await?;
                Ok(aws::aws_session(&session))
            })
        })
    }

    /// `unlinkIdentity`
    #[wasm_bindgen(js_name = unlinkIdentity)]
    pub fn unlink_identity(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                let (wish, providers) = aws::unlink(&input)?;
                client.unlink_identity(&wish, &providers).await.map(|()| Writer::object())
            })
        })
    }

    /// `sign`
    #[wasm_bindgen(js_name = sign)]
    pub fn sign(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move { client.sign(&aws::sign(&input)?).await.map(|headers| aws::headers(&headers)) })
        })
    }

    /// `presign`
    #[wasm_bindgen(js_name = presign)]
    pub fn presign(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move { client.presign(&aws::presign(&input)?).await.map(|url| aws::url(&url)) })
        })
    }

    /// `authorize`
    #[wasm_bindgen(js_name = authorize)]
    pub fn authorize(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                client.authorize(&aws::outgoing(&input)?).await.map(|authorized| aws::authorized(&authorized))
            })
        })
    }

    /// Where to ask an AppSync API, and with what.
    #[wasm_bindgen(js_name = appsync)]
    pub fn appsync(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                let wish = aws::appsync(&input)?;
                client.appsync(&wish).await.map(|access| aws::appsync_access(&access, wish.purpose))
            })
        })
    }

    /// `correctClock`
    #[wasm_bindgen(js_name = correctClock)]
    pub fn correct_clock(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                let (url, date) = aws::server_date(&input)?;
                http_date::read(date).into_iter().for_each(|time_ms| client.correct_clock(url, time_ms));
                Ok(Writer::object())
            })
        })
    }

    /// Emits `signedOut` if the stored session is gone.
    #[wasm_bindgen(js_name = recheck)]
    pub fn recheck(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, _| Box::pin(async move { client.recheck().await.map(|()| Writer::object()) }))
    }

    /// `getCurrentUser`
    #[wasm_bindgen(js_name = getCurrentUser)]
    pub fn get_current_user(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                input::nothing(&input)?;
                client.current_record().await.map(|record| output::user(&record))
            })
        })
    }

    /// `fetchAuthSession`
    #[wasm_bindgen(js_name = fetchAuthSession)]
    pub fn fetch_auth_session(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                let record = client.fetch_auth_session(input::force_refresh(&input)?).await?;
                Ok(output::auth_session(record.as_deref()))
            })
        })
    }

    /// `fetchUserAttributes`
    #[wasm_bindgen(js_name = fetchUserAttributes)]
    pub fn fetch_user_attributes(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                input::nothing(&input)?;
                client.fetch_user_attributes().await.map(|attributes| output::attributes(&attributes))
            })
        })
    }

    /// `signOut`
    #[wasm_bindgen(js_name = signOut)]
    pub fn sign_out(&self, input: String, signal: Option<AbortSignal>) -> Promise {
        self.run(input, signal, |client, input| {
            Box::pin(async move {
                client.sign_out(&input::sign_out(&input)?).await.map(|result| output::signed_out(&result))
            })
        })
    }

    /// Hears and tells the other tabs no more.
    pub fn close(&self) {
        self.platform.close();
    }

    /// Runs an operation to a promise of JSON. The future owns all it needs, so that the object may be
    /// freed meanwhile.
    #[inline(never)]
    fn run(&self, input: String, signal: Option<AbortSignal>, work: fn(Client, Value) -> Work) -> Promise {
        let input = Secret::new(input);
        let client = self.client.on(self.platform.with_signal(signal));
        settle(match Value::parse(input.expose_secret()) {
            Some(json) => work(client, json),
            None => Box::pin(ready(Err(Misuse::Shape.into()))),
        })
    }
}

/// An operation under way. Boxed, so that what is around it is compiled once and not for each.
type Work = Pin<Box<dyn Future<Output = Result<Writer, Error>>>>;

fn settle(work: Work) -> Promise {
    future_to_promise(async {
        let result = work.await.map_err(thrown)?;
        Ok(JsValue::from_str(result.finish().expose_secret()))
    })
}

fn thrown(error: Error) -> JsValue {
    JsValue::from_str(output::error(&error).finish().expose_secret())
}
