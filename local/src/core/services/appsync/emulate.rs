//! The emulator's side of AppSync: requests, and WebSockets as values.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::errors::ordered_error;
use super::messages::Message;
use super::notes::Notes;
use super::socket::{Frame, GOING_AWAY, Kind};
use super::sockets::Sockets;
use super::{Context, EVENT, GRAPHQL, events, graphql, handshake, messages};
use crate::core::emulator::under_faults::Named;
use crate::core::emulator::{Emulator, State};
use crate::core::services::well_known::endpoint;
use crate::core::wire::http::{Delivery, HttpRequest, HttpResponse};
use crate::core::world::journal::Entry;

/// What requests change.
#[derive(Default)]
pub(crate) struct Stage {
    notes: Arc<Mutex<Notes>>,
    pub(crate) sockets: Sockets,
}

impl Stage {
    pub(crate) fn new(notes: Notes) -> Self {
        Self { notes: Arc::new(Mutex::new(notes)), sockets: Sockets::default() }
    }

    /// Back to the notes of the configuration; open sockets are closed.
    pub(crate) fn reset(&mut self, notes: Notes) {
        self.sockets.close_all(GOING_AWAY);
        self.notes = Arc::new(Mutex::new(notes));
    }
}

/// A WebSocket that was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenSocket {
    /// Its number, for [`Emulator::socket_text`] and [`Emulator::socket_closed`].
    pub id: u64,
    /// The sub-protocol to select.
    pub protocol: &'static str,
    /// How long to wait with the reply, if that was ordered.
    pub delay: Duration,
}

impl Emulator {
    /// Answers a request that asks for a WebSocket. `send` is given what is to go out on it, from now on and from any call of the
    /// emulator; it must not call the emulator itself.
    ///
    /// # Errors
    /// The reply, where the socket is not opened.
    pub fn open_socket(
        &self,
        request: &HttpRequest,
        send: impl Fn(Frame) + Send + 'static,
    ) -> Result<OpenSocket, HttpResponse> {
        let Some(kind) = Kind::of_path(request.path()).filter(|_| self.config.appsync.is_some()) else {
            return Err(self.handle(request.clone()));
        };
        let now_ms = self.clock.now_ms();
        let mut state = self.state();
        let mut opened = None;
        let named = Named { operation: kind.path().into(), client_id: None };
        let response = self.under_faults(&mut state, named, now_ms, ordered_error, |state, _| {
            let context = self.appsync(state, endpoint(request), now_ms);
            let Some(context) = context else { return HttpResponse::new(404, "text/plain", "") };
            match handshake::open(&context, kind, request, Box::new(send)) {
                Ok(socket) => {
                    opened = Some(socket);
                    HttpResponse::new(101, "text/plain", "")
                }
                Err(response) => response,
            }
        });
        let delay = if let Delivery::Late(delay) = response.delivery { delay } else { Duration::ZERO };
        match opened.filter(|_| response.delivery != Delivery::Drop) {
            Some(socket) => Ok(OpenSocket { id: state.appsync.sockets.add(socket), protocol: kind.protocol(), delay }),
            None => Err(response),
        }
    }

    /// Takes a text message of a client.
    pub fn socket_text(&self, id: u64, text: &str) {
        let now_ms = self.clock.now_ms();
        let mut state = self.state();
        self.tick_at(&mut state, now_ms);
        let Some(mut socket) = state.appsync.sockets.take(id) else { return };
        let message = Message::read(text);
        let operation =
            message.as_ref().map_or_else(|_| socket.kind.path().to_owned(), |message| message.operation(socket.kind));
        let fault = state.faults.strike_only(&operation);
        let refused = self
            .appsync(&mut state, format!("http://{}", socket.host), now_ms)
            .and_then(|mut context| messages::receive(&mut context, &mut socket, message.as_ref(), fault.as_ref()));
        let status = refused.as_ref().map_or(200, |refused| refused.status);
        let error_type = refused.map(|refused| refused.kind);
        state.journal.add(Entry { operation, client_id: None, at_ms: now_ms, status, error_type });
        state.appsync.sockets.put(id, socket);
    }

    /// A client has closed its socket, or it broke.
    pub fn socket_closed(&self, id: u64) {
        drop(self.state().appsync.sockets.take(id));
    }

    /// Does what the time demands of WebSockets: keep-alives, and the end of what has expired. To be called a few times in a second.
    pub fn tick(&self) {
        self.tick_at(&mut self.state(), self.clock.now_ms());
    }

    pub(in crate::core) fn tick_at(&self, state: &mut State, now_ms: u64) {
        if let Some(settings) = &self.config.appsync {
            state.appsync.sockets.tick(settings, now_ms);
        }
    }

    /// The reply to a request over HTTP; `None` where there is nothing of AppSync.
    pub(in crate::core) fn appsync_answer(
        &self,
        state: &mut State,
        request: &HttpRequest,
        now_ms: u64,
    ) -> Option<HttpResponse> {
        self.config.appsync.as_ref()?;
        let work = match request.path() {
            GRAPHQL => graphql::answer,
            EVENT => events::answer,
            path => {
                // Only a WebSocket is good for anything there.
                Kind::of_path(path)?;
                let refused = super::errors::Refused::bad_request(format!("{path} is a WebSocket."));
                return Some(HttpResponse { status: 426, ..refused.response() });
            }
        };
        let named = Named { operation: request.path().into(), client_id: None };
        Some(self.under_faults(state, named, now_ms, ordered_error, |state, _| {
            let context = self.appsync(state, endpoint(request), now_ms);
            context.map_or_else(|| HttpResponse::new(404, "text/plain", ""), |mut context| work(&mut context, request))
        }))
    }

    fn appsync<'a>(&'a self, state: &'a mut State, base: String, now_ms: u64) -> Option<Context<'a>> {
        let State { pools, access_keys, random, appsync, .. } = state;
        Some(Context {
            settings: self.config.appsync.as_ref()?,
            config: &self.config,
            user_pools: pools,
            access_keys,
            keys: &self.keys,
            notes: appsync.notes.clone(),
            sockets: &mut appsync.sockets,
            random,
            base,
            now_ms,
        })
    }
}
