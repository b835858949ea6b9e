//! The emulator: one value that answers requests. It asks its services in turn, and knows nothing of what they do.

mod attempt;
mod keep;
mod kept;
mod network;
mod sockets;

use serde_json::json;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::config::Config;
use super::house::House;
use super::service::{Desk, Service, Shared, World, stamped};
use super::wire::cors;
use super::wire::http::{HttpRequest, HttpResponse};
use super::world::clock::{Clock, MovableClock};
use super::world::faults::Faults;
use super::world::journal::Journal;
use super::world::origins::Origins;
use super::world::outbound::{NoNetwork, Outbound};
use super::world::outside::Outside;
use super::world::random::Random;
use super::world::tokens::{KeyRing, Role};
use super::{control, page};

/// A local Amazon Cognito. It answers requests and does nothing else: no socket, no file, no thread of its own but for [`Self::warm_up`].
pub struct Emulator {
    config: Config,
    world: World,
    outbound: Box<dyn Outbound>,
    state: Mutex<State>,
}

/// All that requests change.
struct State {
    shared: Shared,
    services: Vec<Box<dyn Service>>,
    faults: Faults,
    journal: Journal,
    random: Random,
    kept: Option<kept::Kept>,
}

impl Emulator {
    /// An emulator in the state that the configuration describes. The same seed gives the same keys, codes and tokens.
    #[must_use]
    pub fn new(config: Config, clock: impl Clock + 'static, seed: Option<u64>) -> Self {
        let clock = MovableClock::new(clock);
        let mut random = Random::new(seed);
        let keys = KeyRing::new(random.bytes());
        let now_ms = clock.now_ms();
        let shared = config.shared(now_ms, &mut random);
        let services = config.services(now_ms);
        let state =
            State { shared, services, faults: Faults::default(), journal: Journal::default(), random, kept: None };
        let origins = Origins::new(config.allowed_origins());
        let (region, hooks) = (config.region.clone(), config.hooks.clone());
        let world = World { region, clock, keys, origins, hooks };
        Self { config, world, outbound: Box::new(NoNetwork), state: Mutex::new(state) }
    }

    /// Tells it the address that it is served at, such as `http://localhost:9400`. This is the issuer of its tokens where the
    /// configuration says `local`, and its pages may control it.
    #[must_use]
    pub fn at(mut self, address: &str) -> Self {
        self.config.issuer.resolve(address);
        self.world.origins.add(address);
        self.state().shared.pools.set_issuer_base(self.config.issuer.base());
        self
    }

    /// Lets it reach identity providers and hooks other than its own stand-ins.
    #[must_use]
    pub fn with_outbound(mut self, outbound: impl Outbound + 'static) -> Self {
        self.outbound = Box::new(outbound);
        self
    }

    /// Answers one request.
    #[must_use]
    pub fn handle(&self, request: HttpRequest) -> HttpResponse {
        let reply = self.reply(&request);
        // The clock may have been moved.
        self.tick();
        reply
    }

    fn reply(&self, request: &HttpRequest) -> HttpResponse {
        let now_ms = self.world.clock.now_ms();
        let mut state = self.state();
        if let Some(index) = state.services.iter().position(|service| service.takes(request)) {
            if request.method == "OPTIONS" {
                return state.services[index].preflight(request, now_ms);
            }
            return self.serve(state, index, request, now_ms);
        }
        if request.method == "OPTIONS" {
            return cors::preflight(request, control::methods(request));
        }
        let reply = self.look_around(&mut state, request, now_ms);
        cors::allow(stamped(reply, &mut state.random, now_ms))
    }

    /// The control API and the page, which look into all rooms.
    fn look_around(&self, state: &mut State, request: &HttpRequest, now_ms: u64) -> HttpResponse {
        let path = request.path();
        let is_page = path == "/" && request.method == "GET";
        let control = path.strip_prefix(control::PREFIX);
        if !is_page && control.is_none() {
            let text = format!("poolpass-local has nothing at {} {path}", request.method);
            return HttpResponse::json(404, &json!({ "message": text }));
        }
        if control != Some(control::HEALTH)
            && let Err(text) = self.world.origins.check(request)
        {
            return HttpResponse::json(403, &json!({ "message": text }));
        }
        let State { shared, services, faults, journal, random, .. } = state;
        let mut fresh = random.fork();
        let desk = Desk {
            world: &self.world,
            shared,
            faults,
            journal,
            outside: &mut Outside::default(),
            random,
            fault: None,
            now_ms,
            may_ask: false,
        };
        let mut reset = |now_ms| self.config.shared(now_ms, &mut fresh);
        let mut house = House { desk, services, reset: &mut reset, was_reset: false };
        let reply = match control {
            Some(rest) => control::answer(&mut house, request, rest),
            None => page::render(),
        };
        let anew = house.was_reset;
        state.keep(&self.world, anew).map_or_else(kept::not_kept, |()| reply)
    }

    /// Makes the signing keys of the configured pools in the background, so that the first sign-in need not wait.
    pub fn warm_up(self: &Arc<Self>) {
        let ids: Vec<String> = self.config.pool_ids().map(str::to_owned).collect();
        for role in [Role::Id, Role::Access] {
            let (keys, ids) = (self.world.keys.clone(), ids.clone());
            std::thread::spawn(move || ids.iter().for_each(|id| drop(keys.key(id, role))));
        }
    }

    /// Does what the time demands of WebSockets: keep-alives, and the end of what has expired. To be called a few times in a second.
    pub fn tick(&self) {
        let now_ms = self.world.clock.now_ms();
        self.state().services.iter_mut().for_each(|service| service.tick(now_ms));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
