//! What a service is to the emulator, and what the emulator lends it for a request.

use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

use super::directory::Pools;
use super::iam::{AccessKeys, Role};
use super::identity_pools::{IdentityPools, OpenIdProvider};
use super::stand_ins::StandIns;
use super::wire::cors;
use super::wire::date::http_date;
use super::wire::error::ServiceError;
use super::wire::http::{Delivery, HttpRequest, HttpResponse};
use super::wire::socket::Frame;
use super::world::clock::MovableClock;
use super::world::faults::{Fault, FaultKind, Faults};
use super::world::hooks::Hooks;
use super::world::inbox::Inbox;
use super::world::journal::Journal;
use super::world::origins::Origins;
use super::world::outbound::OutboundRequest;
use super::world::outside::{Answer, Outside, Waiting};
use super::world::random::Random;
use super::world::tokens::{Forgery, KeyRing};

/// One service. It keeps its own settings and state; what services share comes with each request.
pub(crate) trait Service: Send {
    /// Whether a request is for this service.
    fn takes(&self, request: &HttpRequest) -> bool;

    /// What a request is called in the request log and by ordered faults. `None` leaves it out of both.
    fn name(&self, request: &HttpRequest) -> Option<Named>;

    /// Answers a request.
    fn answer(&mut self, desk: &mut Desk<'_>, request: &HttpRequest) -> HttpResponse;

    /// The error that a fault of kind `error` asks for, in this service's form.
    fn ordered_error(&self, fault: &Fault) -> HttpResponse;

    /// How this service says that something went wrong after the work was done ([`Outside::ask_afterwards`]).
    fn refusal(&self, _request: &HttpRequest, error: &ServiceError) -> HttpResponse {
        error.response()
    }

    /// Whether answering may take answers from other servers ([`Desk::outside`]).
    fn asks_outside(&self, _shared: &Shared, _request: &HttpRequest) -> bool {
        false
    }

    /// A copy of its state, taken before a request that may have to begin anew; `None` where such a request changes no state of its own.
    fn copy(&self) -> Option<Box<dyn Service>> {
        None
    }

    /// The answer to a preflight request.
    fn preflight(&self, request: &HttpRequest, _now_ms: u64) -> HttpResponse {
        cors::preflight(request, "GET")
    }

    /// Adds the headers that all replies have.
    fn finish(&self, _request: &HttpRequest, reply: HttpResponse, random: &mut Random, now_ms: u64) -> HttpResponse {
        cors::allow(stamped(reply, random, now_ms))
    }

    /// Back to the state of the configuration.
    fn reset(&mut self, _now_ms: u64) {}

    /// What an app must know of it, as members of `/_poolpass/config`. `base` is the address of the emulator.
    fn describe(&self, _shared: &Shared, _base: &str) -> Vec<(&'static str, Value)> {
        Vec::new()
    }

    /// Does what the time demands.
    fn tick(&mut self, _now_ms: u64) {}

    /// Its WebSockets, where it has some.
    fn sockets(&mut self) -> Option<&mut dyn SocketService> {
        None
    }
}

/// The WebSockets of a service, as values.
pub(crate) trait SocketService {
    /// The name of a request for a socket, as [`Service::name`]; `None` where the request is for none.
    fn name(&self, request: &HttpRequest) -> Option<Named>;

    /// Opens a socket: its number, and the sub-protocol.
    fn open(
        &mut self,
        desk: &mut Desk<'_>,
        request: &HttpRequest,
        send: Sender,
    ) -> Result<(u64, &'static str), HttpResponse>;

    /// Takes a text message of a client.
    fn receive(&mut self, desk: &mut Desk<'_>, id: u64, text: &str);

    /// Forgets a socket.
    fn close(&mut self, id: u64);

    /// The open sockets, for the control API.
    fn show(&self) -> Value;

    /// Does what the control API orders, to all sockets.
    fn order(&mut self, order: SocketOrder);
}

/// What befalls all open sockets.
#[derive(Clone, Copy)]
pub(crate) enum SocketOrder {
    Close(u16),
    Cut,
    /// They stay open without another word.
    Silence,
}

/// Sends a frame on a socket. It must not call the emulator.
pub(crate) type Sender = Box<dyn Fn(Frame) + Send>;

/// A request as the request log and the ordered faults know it.
pub(crate) struct Named {
    pub(crate) operation: String,
    pub(crate) client_id: Option<String>,
}

impl Named {
    pub(crate) fn new(operation: impl Into<String>) -> Self {
        Self { operation: operation.into(), client_id: None }
    }
}

/// What no request changes.
pub(crate) struct World {
    pub(crate) region: String,
    pub(crate) clock: MovableClock,
    pub(crate) keys: KeyRing,
    pub(crate) origins: Origins,
    pub(crate) hooks: Hooks,
}

/// What requests change and several services use.
#[derive(Clone, Default)]
pub(crate) struct Shared {
    pub(crate) pools: Pools,
    pub(crate) identity_pools: IdentityPools,
    pub(crate) access_keys: AccessKeys,
    pub(crate) roles: Vec<Arc<Role>>,
    pub(crate) open_id_providers: Arc<[OpenIdProvider]>,
    pub(crate) stand_ins: StandIns,
    pub(crate) inbox: Inbox,
}

/// What a service works with to answer one request.
pub(crate) struct Desk<'a> {
    pub(crate) world: &'a World,
    pub(crate) shared: &'a mut Shared,
    pub(crate) faults: &'a mut Faults,
    pub(crate) journal: &'a mut Journal,
    pub(crate) outside: &'a mut Outside,
    pub(crate) random: &'a mut Random,
    /// The fault that was ordered for this request.
    pub(crate) fault: Option<&'a Fault>,
    pub(crate) now_ms: u64,
    /// Whether other servers may be asked: [`Service::asks_outside`] said so.
    pub(crate) may_ask: bool,
}

/// What the operations of user pools work with beside the pools.
pub(crate) struct Context<'a> {
    pub(crate) inbox: &'a mut Inbox,
    pub(crate) random: &'a mut Random,
    pub(crate) keys: &'a KeyRing,
    pub(crate) outside: &'a mut Outside,
    pub(crate) hooks: &'a Hooks,
    pub(crate) input: TriggerInput,
    /// The region that a call of an administrator is signed for, otherwise that of the configuration.
    pub(crate) region: String,
    pub(crate) now_ms: u64,
    /// What is to be wrong about the tokens, if that was ordered.
    pub(crate) forgery: Option<Forgery>,
}

/// What an app has to say to the triggers of its request.
#[derive(Clone, Default)]
pub(crate) struct TriggerInput {
    /// The operation of the API; empty for pages and OAuth 2.0.
    pub(crate) operation: String,
    /// The app client that the request is about.
    pub(crate) client_id: Option<String>,
    /// `ClientMetadata`.
    pub(crate) client_metadata: Option<Value>,
    /// `ValidationData`, as an object.
    pub(crate) validation_data: Option<Value>,
}

impl Desk<'_> {
    /// The answer of another server.
    ///
    /// # Errors
    /// [`Waiting`]: the request ends here, and begins anew with the answer.
    pub(crate) fn ask(&mut self, request: OutboundRequest) -> Result<Answer, Waiting> {
        debug_assert!(self.may_ask, "asks_outside did not say that {} may be asked", request.url);
        self.outside.ask(request)
    }

    /// What is to be wrong about the tokens, if that was ordered.
    pub(crate) fn forgery(&self) -> Option<Forgery> {
        self.fault.and_then(Fault::forgery)
    }

    /// The user pools, and what their operations work with.
    pub(crate) fn pools(&mut self) -> (&mut Pools, Context<'_>) {
        let (pools, context, _) = self.pools_and_faults();
        (pools, context)
    }

    /// As [`Self::pools`], with the faults that are ordered for what follows.
    pub(crate) fn pools_and_faults(&mut self) -> (&mut Pools, Context<'_>, &mut Faults) {
        let forgery = self.forgery();
        let context = Context {
            inbox: &mut self.shared.inbox,
            random: self.random,
            keys: &self.world.keys,
            outside: self.outside,
            hooks: &self.world.hooks,
            input: TriggerInput::default(),
            region: self.world.region.clone(),
            now_ms: self.now_ms,
            forgery,
        };
        (&mut self.shared.pools, context, self.faults)
    }
}

/// Adds the number and the date of a reply.
pub(crate) fn stamped(reply: HttpResponse, random: &mut Random, now_ms: u64) -> HttpResponse {
    reply.with("x-amzn-RequestId", random.uuid()).with("Date", http_date(now_ms))
}

/// What a fault makes of a reply, and whether the work is done for it. `ordered` is the error that the fault asks for.
pub(crate) fn disturbed(
    fault: Option<&Fault>,
    ordered: Option<HttpResponse>,
    work: impl FnOnce() -> HttpResponse,
) -> HttpResponse {
    let Some(fault) = fault else { return work() };
    let mut response = match (fault.kind, ordered) {
        (FaultKind::Error, Some(ordered)) => ordered,
        (FaultKind::DropBefore, _) => HttpResponse::json(500, &json!({})),
        _ => work(),
    };
    match fault.kind {
        FaultKind::DropAfter | FaultKind::DropBefore => response.delivery = Delivery::Drop,
        FaultKind::Garbage => response.body = b"<html>not what you expected".to_vec(),
        FaultKind::Late => {
            response.delivery = Delivery::Late(Duration::from_millis(fault.delay_ms.unwrap_or_default()));
        }
        FaultKind::Truncate => {
            let bytes = fault.bytes.unwrap_or(response.body.len() / 2);
            response.delivery = Delivery::Truncate(bytes.min(response.body.len().saturating_sub(1)));
        }
        FaultKind::Error | FaultKind::Forge | FaultKind::WrongKey => {}
    }
    response
}

/// The error that a fault of kind `error` asks for, of the JSON services.
pub(crate) fn ordered_json_error(fault: &Fault) -> ServiceError {
    let status = fault.status.unwrap_or(400);
    let kind = fault.error_type.clone().unwrap_or_else(|| {
        let name = match status {
            429 => "TooManyRequestsException",
            500.. => "InternalErrorException",
            _ => "InvalidParameterException",
        };
        name.into()
    });
    let text = fault.message.clone().unwrap_or_else(|| "This fault was ordered.".into());
    ServiceError::new(kind, text).with_status(status)
}
