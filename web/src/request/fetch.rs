//! `fetch` with the credential that the rules give the request's origin. The request is repeated once where another
//! credential may help, and once where the right time may.

use poolpass::access::{Authorized, Outgoing, SignRequest as SignInput};
use poolpass::config::Auth as Rule;
use poolpass::encode::http_date;
use poolpass::error::{Error, ErrorKind, NetworkFailure, ValueProblem};
use poolpass::secret::Secret;
use poolpass::session::CredentialsOptions as CredentialsInput;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, Request, RequestInit, RequestRedirect, Response};

use super::outgoing::{
    attach, check_mode, headers, is_streamed, misuse, no_answer, of_url, payload_hash, refuse_dots, without_plus,
};
use super::refusal::{Remedy, remedy};
use crate::platform::scope;
use crate::{Auth, Operation};

/// A request of the app: see [`Auth::fetch`] and [`Auth::fetch_request`].
#[must_use = "a request is sent by .await"]
pub struct FetchRequest<Source = Url> {
    auth: Auth,
    source: Source,
    credentials: CredentialsInput,
}

/// A URL, and the options of `fetch`.
pub struct Url {
    url: String,
    init: RequestInit,
    headers: Vec<(String, String)>,
}

impl Auth {
    /// Sends a request with the credential that [`AuthBuilder::origin`](crate::AuthBuilder::origin) gives its origin: never
    /// to another origin, and never without it. If the server refuses the credential, another one is tried once.
    ///
    /// The result is the browser's `Response`, whatever its status. Its size is not bounded.
    ///
    /// # Errors
    /// An error that names the origin if it has no rule; `bad_input` for a request that cannot carry its credential;
    /// `signed_out`; those of [`Auth::credentials`]; network errors. Except for the last, nothing has been sent.
    pub fn fetch(&self, url: &str) -> FetchRequest {
        let source = Url { url: url.to_owned(), init: RequestInit::new(), headers: vec![] };
        FetchRequest { auth: self.clone(), source, credentials: CredentialsInput::default() }
    }

    /// The same for a request that `web-sys` or `gloo-net` has built.
    ///
    /// # Errors
    /// As [`Auth::fetch`].
    pub fn fetch_request(&self, request: &Request) -> FetchRequest<Request> {
        let source = request.to_owned();
        FetchRequest { auth: self.clone(), source, credentials: CredentialsInput::default() }
    }
}

impl FetchRequest<Url> {
    /// The method; `GET` unless given.
    pub fn method(self, method: &str) -> Self {
        self.source.init.set_method(method);
        self
    }

    /// A header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.source.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The body: a text, bytes as a `Uint8Array`, a `FormData`, or anything else that `fetch` takes.
    pub fn body(self, body: impl Into<JsValue>) -> Self {
        self.source.init.set_body(&body.into());
        self
    }
}

impl<Source> FetchRequest<Source> {
    /// A login of another provider for a signature, as [`CredentialsRequest::login`](crate::CredentialsRequest::login).
    pub fn login(mut self, provider: &str, token: impl Into<Secret<String>>) -> Self {
        self.credentials.logins.push((provider.to_owned(), token.into()));
        self
    }
}

impl IntoFuture for FetchRequest<Url> {
    type Output = Result<Response, Error>;
    type IntoFuture = Operation<Response>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, source: Url { url, init, headers }, credentials } = self;
        auth.clone().run(async move {
            let all = Headers::new().map_err(|_| misuse("headers", ValueProblem::NotSupported))?;
            for (name, value) in headers {
                all.append(&name, &value).map_err(|_| misuse(&name, ValueProblem::NotHeader))?;
            }
            init.set_headers_headers(&all);
            init.set_signal(auth.platform.signal());
            let request = of_url(&url, &init)?;
            // A relative address cannot be a key of S3.
            if url.contains("://") && rule_of(&auth, &request.url()) == Some(Rule::Iam) {
                refuse_dots(&url)?;
            }
            Fetch { auth, credentials }.run(request).await
        })
    }
}

impl IntoFuture for FetchRequest<Request> {
    type Output = Result<Response, Error>;
    type IntoFuture = Operation<Response>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, source, credentials } = self;
        auth.clone().run(async move {
            if source.body_used() {
                return Err(misuse("The request", ValueProblem::Used));
            }
            // The app's own stays unread.
            let request = source.clone().map_err(|_| misuse("The request", ValueProblem::NotCopied))?;
            Fetch { auth, credentials }.run(request).await
        })
    }
}

/// The kind of credential for a URL; `None` if its origin has no rule.
fn rule_of(auth: &Auth, url: &str) -> Option<Rule> {
    let origin = |url: &str| web_sys::Url::new(url).ok().map(|url| url.origin());
    let wanted = origin(url)?;
    let rules = &auth.client.config().origins();
    rules.iter().find(|rule| origin(rule.origin()).as_ref() == Some(&wanted)).map(|rule| rule.auth())
}

/// A fetch under way.
struct Fetch {
    auth: Auth,
    credentials: CredentialsInput,
}

impl Fetch {
    async fn run(&self, mut request: Request) -> Result<Response, Error> {
        let rule = rule_of(&self.auth, &request.url());
        if rule == Some(Rule::Iam) {
            request = without_plus(request)?;
        }
        if rule.is_some_and(|rule| rule != Rule::None) {
            check_mode(&request)?;
        }
        let is_stream = is_streamed(&request);
        let payload = if rule == Some(Rule::Iam) { payload_hash(&request, is_stream).await? } else { None };
        let mut credential = self.authorize(&request, payload.as_deref(), None).await?;
        let mut tried = Vec::new();
        loop {
            let again = if is_stream || tried.len() > 1 { None } else { request.clone().ok() };
            let response = self.send(&request, &credential).await?;
            let Some(again) = again else { return Ok(response) };
            let Some(remedy) = remedy(&response, credential.auth).await else { return Ok(response) };
            // A machine that slept for long and has a wrong clock needs both.
            if tried.contains(&remedy) {
                return Ok(response);
            }
            let next = self.remedied(remedy, &response, &again, payload.as_deref(), credential.fingerprint).await;
            let next = match next {
                Ok(Some(next)) => next,
                Err(error) if matches!(error.kind(), ErrorKind::Aborted) => return Err(error),
                // The answer at hand is the result.
                _ => return Ok(response),
            };
            if let Some(body) = response.body().filter(|body| !body.locked()) {
                let cancelled = JsFuture::from(body.cancel());
                wasm_bindgen_futures::spawn_local(async move { drop(cancelled.await) });
            }
            tried.push(remedy);
            (request, credential) = (again, next);
        }
    }

    async fn authorize(
        &self,
        request: &Request,
        payload: Option<&str>,
        refused: Option<i64>,
    ) -> Result<Authorized, Error> {
        let outgoing = Outgoing {
            request: SignInput {
                method: request.method(),
                url: request.url(),
                headers: headers(&request.headers()),
                payload: payload.map(str::to_owned),
                credentials: self.credentials.clone(),
                ..SignInput::default()
            },
            refused,
        };
        self.auth.client.authorize(&outgoing).await
    }

    /// Another credential, or one with the right time; `None` if there is none for now.
    async fn remedied(
        &self,
        remedy: Remedy,
        response: &Response,
        request: &Request,
        payload: Option<&str>,
        fingerprint: Option<i64>,
    ) -> Result<Option<Authorized>, Error> {
        match remedy {
            Remedy::Clock => {
                let date = response.headers().get("date").ok().flatten().unwrap_or_default();
                let Some(time_ms) = http_date::read(&date) else { return Ok(None) };
                self.auth.client.correct_clock(&request.url(), time_ms);
                self.authorize(request, payload, None).await.map(Some)
            }
            Remedy::Renew => {
                let next = self.authorize(request, payload, fingerprint).await?;
                Ok((next.fingerprint != fingerprint).then_some(next))
            }
        }
    }

    async fn send(&self, request: &Request, credential: &Authorized) -> Result<Response, Error> {
        attach(&credential.headers, request)?;
        let url = request.url();
        let init = RequestInit::new();
        // A redirect could take the credential to another origin. `manual` follows none.
        if !credential.headers.is_empty() && request.redirect() != RequestRedirect::Manual {
            init.set_redirect(RequestRedirect::Error);
        }
        let fetch = scope::fetch().ok_or_else(|| no_answer(&url, NetworkFailure::NoFetch))?;
        let failed = |_| {
            if request.signal().aborted() {
                ErrorKind::Aborted.into()
            } else {
                no_answer(&url, NetworkFailure::Unreachable)
            }
        };
        let promise = fetch.call2(&js_sys::global(), request, &init).map_err(failed)?;
        let response = JsFuture::from(js_sys::Promise::resolve(&promise)).await.map_err(failed)?;
        response.dyn_into().map_err(|_| no_answer(&url, NetworkFailure::NoFetch))
    }
}
