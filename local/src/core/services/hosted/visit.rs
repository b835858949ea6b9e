//! One request of a browser, and what it may read and change.

use super::browsers::{Browsers, LIFE_MS, Session, Step};
use super::flow::Flow;
use super::pending::PendingSignIns;
use crate::core::directory::{Pools, Proof};
use crate::core::service::Context;
use crate::core::wire::form::Form;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::faults::Faults;

/// The cookie's name at Amazon Cognito.
const COOKIE: &str = "cognito";

/// One request of a browser.
pub(crate) struct Visit<'a> {
    pub(crate) request: &'a HttpRequest,
    pub(crate) query: Form,
    /// The body of a form post.
    pub(crate) form: Form,
    pub(crate) pools: &'a mut Pools,
    pub(crate) context: Context<'a>,
    pub(crate) faults: &'a mut Faults,
    /// Sign-ins under way at other identity providers.
    pub(super) pending: &'a mut PendingSignIns,
    browsers: &'a mut Browsers,
    /// The cookie that is in force.
    browser: Option<String>,
    /// Whether the browser has to be told its cookie.
    cookie_changed: bool,
}

impl<'a> Visit<'a> {
    pub(crate) fn new(
        request: &'a HttpRequest,
        pools: &'a mut Pools,
        mut context: Context<'a>,
        faults: &'a mut Faults,
        browsers: &'a mut Browsers,
        pending: &'a mut PendingSignIns,
    ) -> Self {
        let query = request.query_form();
        let is_form = request.is_form_post();
        let form = if is_form { Form::parse(&String::from_utf8_lossy(&request.body)) } else { Form::default() };
        context.input.client_id = query.get("client_id").map(str::to_owned);
        let browser = browsers.known(request.cookies(COOKIE), context.now_ms);
        Self { request, query, form, pools, context, faults, pending, browsers, browser, cookie_changed: false }
    }

    pub(crate) fn is_post(&self) -> bool {
        self.request.method == "POST"
    }

    /// The id of the browser, given now if it has none.
    pub(crate) fn browser(&mut self) -> &str {
        if self.browser.is_none() {
            let (id, csrf) = (self.context.random.base64url::<32>(), self.context.random.base64url::<32>());
            self.browsers.add(id.clone(), csrf, self.context.now_ms);
            (self.browser, self.cookie_changed) = (Some(id), true);
        }
        self.browser.as_deref().unwrap_or_default()
    }

    /// What a form on a page has to carry.
    pub(crate) fn csrf(&mut self) -> String {
        let id = self.browser().to_owned();
        self.browsers.get(&id).map(|browser| browser.csrf().to_owned()).unwrap_or_default()
    }

    /// Whether a form post comes from a page that was made for this browser.
    pub(crate) fn is_genuine(&self) -> bool {
        let browser = self.browser.as_ref().and_then(|id| self.browsers.get(id));
        browser.is_some_and(|browser| self.form.get("_csrf") == Some(browser.csrf()))
    }

    /// Who is signed in to the pool of a flow, if that user may still sign in.
    pub(crate) fn session(&self, flow: &Flow) -> Option<Session> {
        let browser = self.browsers.get(self.browser.as_ref()?)?;
        let now_ms = self.context.now_ms;
        let session = browser.session(&flow.pool_id, now_ms)?;
        let pool = self.pools.find(&flow.pool_id)?;
        let reuse_ms = pool.session_tracking.reuse_ms(&flow.client.id);
        let is_over = now_ms >= session.signed_in_ms.saturating_add(reuse_ms)
            || pool.session_tracking.enabled && session.sso.as_ref().is_some_and(|id| !pool.has_sso(id, now_ms));
        let user = pool.find(&session.username)?;
        // Someone else may have the name since.
        let is_theirs = user.created_ms <= session.signed_in_ms;
        (user.enabled && is_theirs && !is_over).then(|| session.clone())
    }

    /// Remembers who signed in, under a new cookie.
    pub(crate) fn sign_in(&mut self, flow: &Flow, username: &str, proof: Proof) {
        let (old, new, now_ms) =
            (self.browser().to_owned(), self.context.random.base64url::<32>(), self.context.now_ms);
        let (mut life_ms, mut sso) = (LIFE_MS, None);
        if let Ok(pool) = self.pools.get(&flow.pool_id) {
            life_ms = pool.session_tracking.longest_reuse_ms();
            sso = pool.track_sso(username, &flow.client.id, self.context.random, now_ms);
        }
        let expires_ms = now_ms.saturating_add(life_ms);
        self.end_sso(Some(&flow.pool_id));
        self.browsers.rename(&old, new.clone(), expires_ms);
        if let Some(browser) = self.browsers.get_mut(&new) {
            let session = Session { username: username.into(), signed_in_ms: now_ms, expires_ms, sso, proof };
            browser.sign_in(&flow.pool_id, session);
            browser.set_step(&flow.query, None);
        }
        (self.browser, self.cookie_changed) = (Some(new), true);
    }

    /// Ends the sessions that pools track of this browser: those of one pool, or all.
    fn end_sso(&mut self, only: Option<&str>) {
        let Some(browser) = self.browser.as_ref().and_then(|id| self.browsers.get(id)) else { return };
        for (pool_id, session) in
            browser.sessions().iter().filter(|(pool_id, _)| only.is_none_or(|only| only == *pool_id))
        {
            if let (Some(sso), Ok(pool)) = (&session.sso, self.pools.get(pool_id)) {
                pool.end_sso(sso);
            }
        }
    }

    /// Forgets the browser.
    pub(crate) fn sign_out(&mut self) {
        self.end_sso(None);
        if let Some(id) = self.browser.take() {
            self.browsers.remove(&id);
        }
        self.cookie_changed = true;
    }

    /// What the person has to do next in this flow.
    pub(crate) fn step(&self, flow: &Flow) -> Option<Step> {
        self.browsers.get(self.browser.as_ref()?)?.step(&flow.query).cloned()
    }

    pub(crate) fn set_step(&mut self, flow: &Flow, step: Option<Step>) {
        let id = self.browser().to_owned();
        if let Some(browser) = self.browsers.get_mut(&id) {
            browser.set_step(&flow.query, step);
        }
    }

    /// Adds the cookie to a reply where it changed.
    pub(crate) fn with_cookie(&self, response: HttpResponse) -> HttpResponse {
        if !self.cookie_changed {
            return response;
        }
        let browser = self.browser.as_ref().and_then(|id| Some((id.as_str(), self.browsers.get(id)?)));
        let now_ms = self.context.now_ms;
        let (value, seconds) = browser.map_or(("", 0), |(id, browser)| (id, browser.seconds_left(now_ms)));
        response.with("Set-Cookie", format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"))
    }
}
