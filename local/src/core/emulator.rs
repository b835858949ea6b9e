//! The emulator: one value that answers requests.

use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::clock::{Clock, MovableClock};
use super::config::Config;
use super::date::http_date;
use super::faults::{FaultKind, Faults};
use super::http::{Delivery, HttpRequest, HttpResponse};
use super::idp::{self, Context};
use super::inbox::Inbox;
use super::journal::{Entry, Journal};
use super::outbound::{NoNetwork, Outbound};
use super::pools::Pools;
use super::random::Random;
use super::stand_ins::{self, StandIns};
use super::tokens::{KeyRing, Role};
use super::{control, cors, page, well_known};

/// A local Amazon Cognito. It answers requests and does nothing else: no socket, no file, no thread of its own but for [`Self::warm_up`].
pub struct Emulator {
    pub(super) config: Config,
    pub(super) clock: MovableClock,
    pub(super) keys: KeyRing,
    pub(super) outbound: Box<dyn Outbound>,
    state: Mutex<State>,
}

/// All that requests change.
pub(super) struct State {
    pub(super) pools: Pools,
    pub(super) inbox: Inbox,
    pub(super) faults: Faults,
    pub(super) journal: Journal,
    pub(super) stand_ins: StandIns,
    pub(super) random: Random,
}

impl Emulator {
    /// An emulator in the state that the configuration describes. The same seed gives the same keys, codes and tokens.
    #[must_use]
    pub fn new(config: Config, clock: impl Clock + 'static, seed: Option<u64>) -> Self {
        let clock = MovableClock::new(clock);
        let mut random = Random::new(seed);
        let keys = KeyRing::new(random.bytes());
        let pools = config.build(clock.now_ms(), &mut random);
        let (inbox, faults, journal, stand_ins) = Default::default();
        let state = Mutex::new(State { pools, inbox, faults, journal, stand_ins, random });
        Self { config, clock, keys, outbound: Box::new(NoNetwork), state }
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
        if request.method == "OPTIONS" {
            return cors::preflight(&request);
        }
        let now_ms = self.clock.now_ms();
        let mut state = self.state();
        let response = self.route(&mut state, &request, now_ms);
        let response = response.with("x-amzn-RequestId", state.random.uuid()).with("Date", http_date(now_ms));
        drop(state);
        cors::allow(response)
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
    pub(super) fn reset(&self, state: &mut State) {
        self.clock.reset();
        state.pools = self.config.build(self.clock.now_ms(), &mut state.random);
        (state.inbox, state.faults, state.journal, state.stand_ins) = Default::default();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn route(&self, state: &mut State, request: &HttpRequest, now_ms: u64) -> HttpResponse {
        let path = request.path();
        match (request.method.as_str(), path) {
            ("POST", "/") => return self.service(state, request, now_ms),
            ("GET", "/") => return page::render(self, state, request, now_ms),
            _ => {}
        }
        if let Some(rest) = path.strip_prefix(stand_ins::PREFIX) {
            return stand_ins::answer(self, state, request, rest, now_ms);
        }
        if let Some(rest) = path.strip_prefix(control::PREFIX) {
            return control::answer(self, state, request, rest);
        }
        match well_known::parse(path) {
            Some((pool_id, document)) if request.method == "GET" => {
                let response = well_known::answer(&state.pools, &self.keys, request, pool_id, document);
                let operation = document.operation().to_owned();
                state.journal.add(Entry {
                    operation,
                    client_id: None,
                    at_ms: now_ms,
                    status: response.status,
                    error_type: None,
                });
                response
            }
            _ => HttpResponse::json(
                404,
                &json!({ "message": format!("poolpass-local has nothing at {} {path}", request.method) }),
            ),
        }
    }

    /// A request to the JSON service: a fault if one was ordered, else the work.
    fn service(&self, state: &mut State, request: &HttpRequest, now_ms: u64) -> HttpResponse {
        let operation = idp::operation_name(request);
        let body: Result<Value, _> = serde_json::from_slice(&request.body);
        let client_id = body.as_ref().ok().and_then(|body| Some(body.get("ClientId")?.as_str()?.to_owned()));
        let fault = state.faults.strike(&operation);
        let kind = fault.as_ref().map(|fault| fault.kind);
        let mut response = match (&fault, kind) {
            (Some(fault), Some(FaultKind::Error)) => idp::ordered_error(fault).response(),
            (_, Some(FaultKind::DropBefore)) => HttpResponse::json(500, &json!({})),
            _ => {
                let forged = kind == Some(FaultKind::WrongKey);
                let State { pools, inbox, random, .. } = &mut *state;
                let mut context = Context { inbox, random, keys: &self.keys, now_ms, forged };
                idp::answer(pools, &mut context, request, &operation, body)
            }
        };
        match kind {
            Some(FaultKind::DropAfter | FaultKind::DropBefore) => response.delivery = Delivery::Drop,
            Some(FaultKind::Garbage) => response.body = b"<html>not what you expected".to_vec(),
            Some(FaultKind::Late) => {
                let wait = fault.as_ref().and_then(|fault| fault.delay_ms).unwrap_or_default();
                response.delivery = Delivery::Late(std::time::Duration::from_millis(wait));
            }
            Some(FaultKind::Truncate) => {
                let bytes = fault.as_ref().and_then(|fault| fault.bytes).unwrap_or(response.body.len() / 2);
                response.delivery = Delivery::Truncate(bytes.min(response.body.len().saturating_sub(1)));
            }
            Some(FaultKind::Error | FaultKind::WrongKey) | None => {}
        }
        let error_type = response.header("x-amzn-ErrorType").map(|name| name.trim_end_matches(':').to_owned());
        state.journal.add(Entry { operation, client_id, at_ms: now_ms, status: response.status, error_type });
        response
    }
}
