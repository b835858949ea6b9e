//! Signing in at a sign-in page in a window of its own.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo_timers::future::TimeoutFuture;
use poolpass::error::Error;
use poolpass::flow::redirect::{Page, Provider, RedirectSignIn};
use poolpass::json::{Value, decimal};
use web_sys::Window;

use super::redirect::{RedirectError, RedirectResult, flow, flow_options};
use crate::platform::cancellation::Cancellation;
use crate::platform::scope;
use crate::popup_channel::{PopupChannel, TAKEN};
use crate::response_url::state_of;
use crate::{Auth, Operation};

/// How long a flow is valid.
const LIFE_MS: u32 = 600_000;
const LOOK_EVERY_MS: u32 = 250;
const CLOSED_FOR_MS: u32 = 1_500;
/// Width and height in CSS pixels.
const SIZE: (u32, u32) = (500, 650);

/// A sign-in in a popup: see [`Auth::sign_in_with_popup`].
#[must_use = "a request is sent by .await"]
pub struct PopupRequest {
    auth: Auth,
    input: RedirectSignIn,
    size: (u32, u32),
}

impl Auth {
    /// Opens the hosted UI's sign-in page in a window of its own, and waits for its response. The page at the callback URL
    /// must open an `Auth` of the same app client, which hands the response over and closes the window.
    ///
    /// `.await` it in the handler of a click before anything else is awaited: browsers block other windows.
    ///
    /// # Errors
    /// [`PopupError`]. If the browser blocks the window, offer [`Auth::sign_in_with_redirect`].
    pub fn sign_in_with_popup(&self) -> PopupRequest {
        PopupRequest { auth: self.clone(), input: RedirectSignIn { in_popup: true, ..flow() }, size: SIZE }
    }
}

flow_options!(PopupRequest);

impl PopupRequest {
    /// The window's width and height in CSS pixels; 500 by 650 unless given.
    pub fn size(mut self, width: u32, height: u32) -> Self {
        self.size = (width, height);
        self
    }
}

impl IntoFuture for PopupRequest {
    type Output = Result<RedirectResult, PopupError>;
    type IntoFuture = Operation<RedirectResult, PopupError>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, input, size } = self;
        // Now, and not when the future is polled first: the click must still count.
        let popup = open(size).map(Popup);
        auth.clone().run(async move {
            let popup = popup.ok_or(PopupError::Blocked)?;
            let started = auth.client.sign_in_with_redirect(&input).await?;
            if popup.is_closed() {
                return Err(PopupError::Closed);
            }
            let inbox = Inbox::open(&started.state).ok_or(PopupError::Blocked)?;
            popup.0.location().replace(started.url.expose_secret()).map_err(|_| PopupError::Closed)?;
            let url = wait(&auth, &popup, inbox).await?;
            match auth.client.handle_redirect(&url).await {
                Some(redirected) => Ok(RedirectResult::of(&redirected)?),
                None => Err(PopupError::Closed),
            }
        })
    }
}

/// The popup. Closed when dropped.
struct Popup(Window);

impl Popup {
    fn is_closed(&self) -> bool {
        self.0.closed().unwrap_or(true)
    }
}

impl Drop for Popup {
    fn drop(&mut self) {
        let _ = self.0.close();
    }
}

fn open((width, height): (u32, u32)) -> Option<Window> {
    let window = scope::window()?;
    let number = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64());
    let centred = |start: Option<f64>, outer: Option<f64>, size: u32| {
        let outer = outer.unwrap_or_else(|| size.into());
        decimal((start.unwrap_or_default() + (outer - f64::from(size)) / 2.0).max(0.0) as i64)
    };
    let left = centred(number(window.screen_x()), number(window.outer_width()), width);
    let top = centred(number(window.screen_y()), number(window.outer_height()), height);
    let (width, height) = (decimal(width.into()), decimal(height.into()));
    let features = ["popup,width=", &width, ",height=", &height, ",left=", &left, ",top=", &top].concat();
    window.open_with_url_and_target_and_features("", "_blank", &features).ok()?
}

/// The response that comes from the popup.
struct Inbox {
    _channel: PopupChannel,
    response: Rc<RefCell<Response>>,
}

#[derive(Default)]
struct Response {
    url: Option<String>,
    waker: Option<Waker>,
}

impl Inbox {
    fn open(state: &str) -> Option<Self> {
        let response = Rc::<RefCell<Response>>::default();
        let (seen, expected) = (Rc::clone(&response), state.to_owned());
        // Confirmations go out on a side of their own: a channel does not hear itself.
        let confirm = PopupChannel::open(state, |_| ())?;
        let channel = PopupChannel::open(state, move |message| {
            if message == TAKEN || state_of(message).as_ref() != Some(&expected) {
                return;
            }
            confirm.post(TAKEN);
            let mut response = seen.borrow_mut();
            response.url.get_or_insert_with(|| message.to_owned());
            if let Some(waker) = response.waker.take() {
                waker.wake();
            }
        })?;
        Some(Self { _channel: channel, response })
    }

    /// The popup's URL.
    async fn url(&self) -> String {
        std::future::poll_fn(|context| {
            let mut response = self.response.borrow_mut();
            match response.url.clone() {
                Some(url) => Poll::Ready(url),
                None => {
                    response.waker = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }

    /// The popup's URL, if it comes within so long.
    async fn url_within(&self, ms: u32) -> Option<String> {
        let Ok(time) = Cancellation::new(None, ms) else {
            TimeoutFuture::new(ms).await;
            return self.response.borrow().url.clone();
        };
        time.guard(self.url()).await.ok()
    }
}

/// The URL that the popup comes back with.
///
/// Under Cross-Origin-Opener-Policy a window reports that it is closed while the user is signing in there, and nothing
/// distinguishes it from a closed one. So when the user is back at this page without a response, this gives up, and a
/// response that comes later still signs in.
async fn wait(auth: &Auth, popup: &Popup, inbox: Inbox) -> Result<String, PopupError> {
    let (mut waited_ms, mut closed_ms) = (0, 0);
    loop {
        if let Some(url) = inbox.url_within(LOOK_EVERY_MS).await {
            return Ok(url);
        }
        if auth.platform.signal().is_some_and(web_sys::AbortSignal::aborted) {
            return Err(Error::from(poolpass::error::ErrorKind::Aborted).into());
        }
        waited_ms += LOOK_EVERY_MS;
        if waited_ms >= LIFE_MS {
            return Err(PopupError::Closed);
        }
        closed_ms = if popup.is_closed() && has_focus() { closed_ms + LOOK_EVERY_MS } else { 0 };
        if closed_ms > CLOSED_FOR_MS {
            let client = auth.client.clone();
            wasm_bindgen_futures::spawn_local(async move {
                if let Some(url) = inbox.url_within(LIFE_MS - waited_ms).await {
                    // The result reaches the app as an event.
                    client.handle_redirect(&url).await;
                }
            });
            return Err(PopupError::Unanswered);
        }
    }
}

fn has_focus() -> bool {
    scope::window().and_then(|window| window.document()).is_some_and(|document| document.has_focus().unwrap_or(false))
}

/// Why a sign-in in a popup failed.
#[derive(Clone)]
#[non_exhaustive]
pub enum PopupError {
    /// The browser blocked the window.
    Blocked,
    /// The window was closed, or the sign-in took too long. No response can arrive any more.
    Closed,
    /// The user came back to this page, and the window seems to be closed. A response that arrives later still signs in.
    Unanswered,
    /// The sign-in itself failed.
    Failed(RedirectError),
}

impl From<Error> for PopupError {
    fn from(error: Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<RedirectError> for PopupError {
    fn from(error: RedirectError) -> Self {
        Self::Failed(error)
    }
}

impl fmt::Debug for PopupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blocked => f.write_str("Blocked"),
            Self::Closed => f.write_str("Closed"),
            Self::Unanswered => f.write_str("Unanswered"),
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for PopupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blocked => f.write_str("The browser blocked the window."),
            Self::Closed => f.write_str("The window was closed."),
            Self::Unanswered => f.write_str("The user came back, and the window has not answered."),
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PopupError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }
}
