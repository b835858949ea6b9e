//! AppSync as a service: requests over HTTP, and WebSockets as values.

use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

use super::context::{Context, EVENT, GRAPHQL};
use super::errors::{Refused, ordered_error};
use super::message::Message;
use super::notes::Notes;
use super::settings::AppSyncSettings;
use super::socket::{GOING_AWAY, Kind};
use super::sockets::Sockets;
use super::{events, graphql, handshake, messages};
use crate::core::service::{Desk, Named, Sender, Service, Shared, SocketOrder, SocketService};
use crate::core::wire::cors;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::wire::socket::Frame;
use crate::core::world::faults::Fault;
use crate::core::world::journal::Entry;

/// The APIs of AWS AppSync.
pub(crate) struct AppSync {
    settings: AppSyncSettings,
    notes: Arc<Mutex<Notes>>,
    sockets: Sockets,
}

impl AppSync {
    pub(crate) fn new(settings: AppSyncSettings, now_ms: u64) -> Self {
        let notes = Arc::new(Mutex::new(settings.build_notes(now_ms)));
        Self { settings, notes, sockets: Sockets::default() }
    }

    fn context<'a>(&'a mut self, desk: &'a mut Desk<'_>, base: String) -> Context<'a> {
        Context {
            settings: &self.settings,
            region: &desk.world.region,
            open_id_providers: &desk.shared.open_id_providers,
            user_pools: &desk.shared.pools,
            access_keys: &desk.shared.access_keys,
            keys: &desk.world.keys,
            notes: self.notes.clone(),
            sockets: &mut self.sockets,
            random: desk.random,
            base,
            now_ms: desk.now_ms,
        }
    }
}

impl Service for AppSync {
    fn takes(&self, request: &HttpRequest) -> bool {
        [GRAPHQL, EVENT].contains(&request.path()) || Kind::of_path(request.path()).is_some()
    }

    fn name(&self, request: &HttpRequest) -> Option<Named> {
        [GRAPHQL, EVENT].contains(&request.path()).then(|| Named::new(request.path()))
    }

    fn answer(&mut self, desk: &mut Desk<'_>, request: &HttpRequest) -> HttpResponse {
        let work = match request.path() {
            GRAPHQL => graphql::answer,
            EVENT => events::answer,
            path => {
                // Only a WebSocket is good for anything there.
                let refused = Refused::bad_request(format!("{path} is a WebSocket."));
                return HttpResponse { status: 426, ..refused.response() };
            }
        };
        work(&mut self.context(desk, request.base()), request)
    }

    fn ordered_error(&self, fault: &Fault) -> HttpResponse {
        ordered_error(fault)
    }

    fn preflight(&self, request: &HttpRequest, _now_ms: u64) -> HttpResponse {
        cors::preflight(request, if Kind::of_path(request.path()).is_some() { "GET" } else { "POST" })
    }

    fn reset(&mut self, now_ms: u64) {
        self.sockets.close_all(GOING_AWAY);
        self.notes = Arc::new(Mutex::new(self.settings.build_notes(now_ms)));
    }

    fn describe(&self, _shared: &Shared, base: &str) -> Vec<(&'static str, Value)> {
        let settings = &self.settings;
        let shown = json!({
            "apiId": settings.api_id,
            "graphqlEndpoint": format!("{base}{GRAPHQL}"),
            "eventEndpoint": format!("{base}{EVENT}"),
            "authenticationTypes": settings.authentication_types,
            "apiKeys": settings.api_keys.iter().map(|key| &key.id).collect::<Vec<_>>(),
            "lambdaToken": settings.lambda_token,
            "channelNamespaces": settings.channel_namespaces.iter().map(|namespace| &namespace.name).collect::<Vec<_>>(),
        });
        vec![("appSync", shown)]
    }

    fn tick(&mut self, now_ms: u64) {
        self.sockets.tick(&self.settings, now_ms);
    }

    fn sockets(&mut self) -> Option<&mut dyn SocketService> {
        Some(self)
    }
}

impl SocketService for AppSync {
    fn name(&self, request: &HttpRequest) -> Option<Named> {
        Kind::of_path(request.path()).map(|kind| Named::new(kind.path()))
    }

    fn open(
        &mut self,
        desk: &mut Desk<'_>,
        request: &HttpRequest,
        send: Sender,
    ) -> Result<(u64, &'static str), HttpResponse> {
        let kind = Kind::of_path(request.path()).ok_or_else(|| HttpResponse::new(404, "text/plain", ""))?;
        let socket = handshake::open(&self.context(desk, request.base()), kind, request, send)?;
        Ok((self.sockets.add(socket), kind.protocol()))
    }

    fn receive(&mut self, desk: &mut Desk<'_>, id: u64, text: &str) {
        let Some(mut socket) = self.sockets.take(id) else { return };
        let message = Message::read(text);
        let operation =
            message.as_ref().map_or_else(|_| socket.kind.path().to_owned(), |message| message.operation(socket.kind));
        let fault = desk.faults.strike_only(&operation);
        let mut context = self.context(desk, format!("http://{}", socket.host));
        let refused = messages::receive(&mut context, &mut socket, message.as_ref(), fault.as_ref());
        let status = refused.as_ref().map_or(200, |refused| refused.status);
        let error_type = refused.map(|refused| refused.kind);
        desk.journal.add(Entry { operation, client_id: None, at_ms: desk.now_ms, status, error_type });
        self.sockets.put(id, socket);
    }

    fn close(&mut self, id: u64) {
        drop(self.sockets.take(id));
    }

    fn show(&self) -> Value {
        self.sockets.show()
    }

    fn order(&mut self, order: SocketOrder) {
        match order {
            SocketOrder::Close(code) => self.sockets.close_all(code),
            SocketOrder::Cut => self.sockets.end_all(&Frame::Cut),
            SocketOrder::Silence => self.sockets.silence_all(),
        }
    }
}
