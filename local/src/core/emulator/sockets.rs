//! WebSockets: opened, spoken on and closed by whoever carries them.

use std::time::Duration;

use super::{Emulator, State};
use crate::core::service::{Desk, SocketService, disturbed};
use crate::core::wire::http::{Delivery, HttpRequest, HttpResponse};
use crate::core::wire::socket::{Frame, OpenSocket};
use crate::core::world::faults::Fault;
use crate::core::world::outside::Outside;

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
        let now_ms = self.world.clock.now_ms();
        let mut state = self.state();
        let named = state.services.iter_mut().enumerate().find_map(|(index, service)| {
            let named = service.sockets()?.name(request)?;
            Some((index, named))
        });
        let Some((index, named)) = named else {
            drop(state);
            return Err(self.handle(request.clone()));
        };
        let fault = state.faults.strike(&named.operation);
        let ordered = fault.as_ref().map(|fault| state.services[index].ordered_error(fault));
        let mut opened = None;
        let reply = disturbed(fault.as_ref(), ordered, || {
            let done = self.with_sockets(&mut state, index, fault.as_ref(), |sockets, desk| {
                sockets.open(desk, request, Box::new(send))
            });
            match done {
                Some(Ok(socket)) => {
                    opened = Some(socket);
                    HttpResponse::new(101, "text/plain", "")
                }
                Some(Err(reply)) => reply,
                None => HttpResponse::new(404, "text/plain", ""),
            }
        });
        state.note(named, &reply, now_ms);
        let delay = if let Delivery::Late(delay) = reply.delivery { delay } else { Duration::ZERO };
        match opened {
            Some((id, protocol)) if reply.delivery != Delivery::Drop => Ok(OpenSocket { id, protocol, delay }),
            Some((id, _)) => {
                self.with_sockets(&mut state, index, None, |sockets, _| sockets.close(id));
                Err(reply)
            }
            None => Err(reply),
        }
    }

    /// Takes a text message of a client.
    pub fn socket_text(&self, id: u64, text: &str) {
        self.tick();
        let mut state = self.state();
        for index in 0..state.services.len() {
            self.with_sockets(&mut state, index, None, |sockets, desk| sockets.receive(desk, id, text));
        }
    }

    /// A client has closed its socket, or it broke.
    pub fn socket_closed(&self, id: u64) {
        self.state().services.iter_mut().filter_map(|service| service.sockets()).for_each(|sockets| sockets.close(id));
    }

    fn with_sockets<T>(
        &self,
        state: &mut State,
        index: usize,
        fault: Option<&Fault>,
        work: impl FnOnce(&mut dyn SocketService, &mut Desk<'_>) -> T,
    ) -> Option<T> {
        let State { shared, services, faults, journal, random, .. } = state;
        let mut desk = Desk {
            world: &self.world,
            shared,
            faults,
            journal,
            outside: &mut Outside::default(),
            random,
            fault,
            now_ms: self.world.clock.now_ms(),
            may_ask: false,
        };
        services[index].sockets().map(|sockets| work(sockets, &mut desk))
    }
}
