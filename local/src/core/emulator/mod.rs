//! The emulator: one value that answers requests.

mod aws_services;
pub(crate) mod under_faults;

use serde_json::json;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use under_faults::Named;

use crate::core::config::Config;
use crate::core::directory::Pools;
use crate::core::iam::AccessKeys;
use crate::core::services::api::HookAnswer;
use crate::core::services::appsync::Stage;
use crate::core::services::dynamodb::Tables;
use crate::core::services::federation::{PendingSignIns, Returned};
use crate::core::services::hosted::{Browsers, HandOver, Visit};
use crate::core::services::identity::{IdentityPools, KeySets};
use crate::core::services::idp::Context;
use crate::core::services::s3::Buckets;
use crate::core::services::stand_ins::StandIns;
use crate::core::services::{api, control, federation, hosted, identity, oauth, page, s3, stand_ins, sts, well_known};
use crate::core::wire::cors;
use crate::core::wire::date::http_date;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::clock::{Clock, MovableClock};
use crate::core::world::faults::{Fault, Faults};
use crate::core::world::inbox::Inbox;
use crate::core::world::journal::Journal;
use crate::core::world::origins::Origins;
use crate::core::world::outbound::{NoNetwork, Outbound};
use crate::core::world::random::Random;
use crate::core::world::tokens::{Forgery, KeyRing, Role};

/// A local Amazon Cognito. It answers requests and does nothing else: no socket, no file, no thread of its own but for [`Self::warm_up`].
pub struct Emulator {
    pub(crate) config: Config,
    pub(crate) clock: MovableClock,
    pub(crate) keys: KeyRing,
    pub(crate) outbound: Box<dyn Outbound>,
    pub(crate) origins: Origins,
    state: Mutex<State>,
}

/// All that requests change.
pub(crate) struct State {
    pub(crate) pools: Pools,
    pub(crate) browsers: Browsers,
    pub(crate) federated: PendingSignIns,
    pub(crate) inbox: Inbox,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
    pub(crate) stand_ins: StandIns,
    pub(crate) identity_pools: IdentityPools,
    pub(crate) access_keys: AccessKeys,
    pub(crate) appsync: Stage,
    pub(crate) tables: Tables,
    pub(crate) buckets: Buckets,
    pub(crate) random: Random,
}

/// What was fetched for a request before the state was locked.
pub(crate) struct Fetched {
    pub(crate) key_sets: KeySets,
    pub(crate) hook: Option<HookAnswer>,
}

/// What remains to be done of a request when the state is free again.
enum Later {
    Finish(Box<Returned>),
    Start(Box<HandOver>),
}

impl Emulator {
    /// An emulator in the state that the configuration describes. The same seed gives the same keys, codes and tokens.
    #[must_use]
    pub fn new(config: Config, clock: impl Clock + 'static, seed: Option<u64>) -> Self {
        let clock = MovableClock::new(clock);
        let mut random = Random::new(seed);
        let keys = KeyRing::new(random.bytes());
        let pools = config.build(clock.now_ms(), &mut random);
        let (browsers, federated, inbox, faults, journal, stand_ins) = Default::default();
        let (identity_pools, access_keys) = (config.build_identity_pools(), AccessKeys::default());
        let appsync = Stage::new(config.build_notes(clock.now_ms()));
        let (tables, buckets) = (config.build_tables(), config.build_buckets());
        let state = State {
            pools,
            browsers,
            federated,
            inbox,
            faults,
            journal,
            stand_ins,
            identity_pools,
            access_keys,
            appsync,
            tables,
            buckets,
            random,
        };
        let origins = Origins::new(&config);
        Self { config, clock, keys, outbound: Box::new(NoNetwork), origins, state: Mutex::new(state) }
    }

    /// Tells it the address that it is served at, such as `http://localhost:9400`. This is the issuer of its tokens where the
    /// configuration says `local`, and its pages may control it.
    #[must_use]
    pub fn at(mut self, address: &str) -> Self {
        self.config.issuer.resolve(address);
        self.origins.add(address);
        self.state().pools.set_issuer_base(self.config.issuer.base());
        self
    }

    /// Lets it reach identity providers other than its own stand-ins.
    #[must_use]
    pub fn with_outbound(mut self, outbound: impl Outbound + 'static) -> Self {
        self.outbound = Box::new(outbound);
        self
    }

    /// Answers one request.
    #[must_use]
    pub fn handle(&self, request: HttpRequest) -> HttpResponse {
        let now_ms = self.clock.now_ms();
        if let Some(address) = s3::Address::of(&request, &self.config.region, &self.config.buckets) {
            return self.s3(&request, &address, now_ms);
        }
        if request.method == "OPTIONS" {
            return cors::preflight(&request);
        }
        let (key_sets, hook) = (identity::fetch_keys(self, &request), api::ask_hook(self, &request));
        let fetched = Fetched { key_sets, hook };
        let mut state = self.state();
        let mut later = None;
        let response = self.route(&mut state, &request, now_ms, &fetched, &mut later);
        // The clock may have been moved.
        self.tick_at(&mut state, self.clock.now_ms());
        let request_id = state.random.uuid();
        drop(state);
        let response = match later {
            Some(later) => HttpResponse { delivery: response.delivery, ..self.go_on(&request, later) },
            None => response,
        };
        let response = response.with("x-amzn-RequestId", request_id).with("Date", http_date(now_ms));
        if api::hides(&self.config, request.path(), response.status) {
            response
        } else {
            cors::allow(request.path(), response)
        }
    }

    /// Makes the signing keys of the configured pools in the background, so that the first sign-in need not wait.
    pub fn warm_up(self: &Arc<Self>) {
        let ids: Vec<String> = self.config.pool_ids().map(str::to_owned).collect();
        for role in [Role::Id, Role::Access] {
            let (keys, ids) = (self.keys.clone(), ids.clone());
            std::thread::spawn(move || ids.iter().for_each(|id| drop(keys.key(id, role))));
        }
    }

    /// Back to the state that the configuration describes. Keys are kept.
    pub(crate) fn reset(&self, state: &mut State) {
        self.clock.reset();
        state.pools = self.config.build(self.clock.now_ms(), &mut state.random);
        (state.browsers, state.federated, state.inbox) = Default::default();
        (state.faults, state.journal, state.stand_ins) = Default::default();
        (state.identity_pools, state.access_keys) = (self.config.build_identity_pools(), AccessKeys::default());
        state.appsync.reset(self.config.build_notes(self.clock.now_ms()));
        (state.tables, state.buckets) = (self.config.build_tables(), self.config.build_buckets());
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn route(
        &self,
        state: &mut State,
        request: &HttpRequest,
        now_ms: u64,
        fetched: &Fetched,
        later: &mut Option<Later>,
    ) -> HttpResponse {
        let path = request.path();
        if path == "/" && (request.method == "POST" || sts::parameters(request).is_some()) {
            return self.service(state, request, now_ms, fetched);
        }
        if let Some(rest) = path.strip_prefix(stand_ins::PREFIX) {
            return stand_ins::answer(self, state, request, rest, now_ms);
        }
        let control = path.strip_prefix(control::PREFIX);
        let is_page = path == "/" && request.method == "GET";
        if (is_page || control.is_some_and(|rest| rest != control::HEALTH))
            && let Err(text) = self.origins.check(request)
        {
            return HttpResponse::json(403, &json!({ "message": text }));
        }
        if is_page {
            return page::render(self, state, request, now_ms);
        }
        if let Some(rest) = control {
            return control::answer(self, state, request, rest);
        }
        if let Some(response) = self.appsync_answer(state, request, now_ms) {
            return response;
        }
        if path.starts_with(api::PREFIX) {
            let named = Named { operation: path.into(), client_id: None };
            return self.under_faults(state, named, now_ms, api::ordered_error, |state, _| {
                api::answer(self, state, request, now_ms, fetched.hook.as_ref())
            });
        }
        if let Some(operation) = hosted::page(path) {
            let named = Named { operation: operation.into(), client_id: request.query("client_id") };
            return self.under_faults(state, named, now_ms, oauth::ordered_error, |state, fault| {
                self.visit(state, request, now_ms, fault, |visit| {
                    let response = hosted::answer(visit, path);
                    *later = visit.hand_over.take().map(|hand_over| Later::Start(Box::new(hand_over)));
                    response
                })
            });
        }
        if let Some(operation) = federation::callback(path) {
            let named = Named { operation: operation.into(), client_id: None };
            return self.under_faults(state, named, now_ms, oauth::ordered_error, |state, _| {
                match federation::returned(state, request, now_ms) {
                    Ok(returned) => *later = Some(Later::Finish(Box::new(returned))),
                    Err(response) => return response,
                }
                // Another answer takes the place of this one.
                HttpResponse::redirect("/error")
            });
        }
        if let Some((operation, _)) = oauth::endpoint(path) {
            let named = Named { operation: operation.into(), client_id: oauth::client_id(request) };
            return self.under_faults(state, named, now_ms, oauth::ordered_error, |state, fault| {
                let State { pools, inbox, random, .. } = state;
                let region = self.config.region.clone();
                let context = Context { inbox, random, keys: &self.keys, region, now_ms, forgery: forgery(fault) };
                oauth::answer(request, path, pools, context, fault)
            });
        }
        match well_known::parse(path) {
            Some((pool_id, document)) if request.method == "GET" => {
                let named = Named { operation: document.operation().into(), client_id: None };
                self.under_faults(state, named, now_ms, oauth::ordered_error, |state, _| {
                    well_known::answer(&state.pools, &self.keys, request, pool_id, document)
                })
            }
            _ => HttpResponse::json(
                404,
                &json!({ "message": format!("poolpass-local has nothing at {} {path}", request.method) }),
            ),
        }
    }

    /// The part of a request that asks other servers.
    fn go_on(&self, request: &HttpRequest, later: Later) -> HttpResponse {
        match later {
            Later::Start(hand_over) => federation::start(self, request, *hand_over),
            Later::Finish(returned) => federation::finish(self, request, *returned),
        }
    }

    /// Answers a request of a browser: what `work` replies, and the cookie where it changed.
    pub(crate) fn visit(
        &self,
        state: &mut State,
        request: &HttpRequest,
        now_ms: u64,
        fault: Option<&Fault>,
        work: impl FnOnce(&mut Visit<'_>) -> HttpResponse,
    ) -> HttpResponse {
        let State { pools, inbox, random, faults, browsers, .. } = state;
        let region = self.config.region.clone();
        let context = Context { inbox, random, keys: &self.keys, region, now_ms, forgery: forgery(fault) };
        let mut visit = Visit::new(request, pools, context, faults, browsers);
        let response = work(&mut visit);
        visit.with_cookie(response)
    }
}

pub(crate) fn forgery(fault: Option<&Fault>) -> Option<Forgery> {
    fault.and_then(Fault::forgery)
}
