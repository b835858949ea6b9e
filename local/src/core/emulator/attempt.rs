//! Answering a request of a service: under ordered faults, in the request log, and anew for each answer from outside.

use serde_json::{Value, json};
use std::sync::MutexGuard;

use super::kept::not_kept;
use super::{Emulator, State};
use crate::core::service::{Desk, Named, disturbed};
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::faults::Fault;
use crate::core::world::journal::Entry;
use crate::core::world::outbound::OutboundError;
use crate::core::world::outside::{Afterwards, Outside};
use crate::core::world::random::Random;

/// How many answers of other servers a request may take.
const MOST_ANSWERS: usize = 32;

impl Emulator {
    /// Lets a service answer. The state is free while another server is asked.
    pub(super) fn serve<'e>(
        &'e self,
        mut state: MutexGuard<'e, State>,
        index: usize,
        request: &HttpRequest,
        now_ms: u64,
    ) -> HttpResponse {
        let named = state.services[index].name(request);
        let fault = named.as_ref().and_then(|named| state.faults.strike(&named.operation));
        let random = state.random.fork();
        let mut outside = Outside::default();
        let mut attempts = 0;
        let reply = loop {
            let reply = self.attempt(&mut state, index, request, fault.as_ref(), &mut outside, random.clone());
            let Some(wanted) = outside.take_wanted() else { break reply };
            attempts += 1;
            if attempts > MOST_ANSWERS {
                let text = format!("This request asks other servers more than {MOST_ANSWERS} times");
                break HttpResponse::json(500, &json!({ "message": text }));
            }
            drop(state);
            let answer = self.fetch(&request.base(), &wanted);
            outside.add(wanted, answer);
            state = self.state();
        };
        let kept = state.keep(&self.world, false);
        let afterwards = if kept.is_ok() { outside.take_afterwards() } else { Vec::new() };
        let mut reply = kept.map_or_else(not_kept, |()| reply);
        for afterwards in afterwards {
            drop(state);
            let refusal = self.ask_afterwards(&request.base(), &afterwards).err();
            state = self.state();
            reply = refusal.map_or(reply, |error| state.services[index].refusal(request, &error));
        }
        if let Some(named) = named {
            state.note(named, &reply, now_ms);
        }
        let State { services, random, .. } = &mut *state;
        services[index].finish(request, reply, random, now_ms)
    }

    /// Asks another server when the work is done.
    fn ask_afterwards(&self, base: &str, afterwards: &Afterwards) -> Result<(), ServiceError> {
        let mut answer = self.fetch(base, &afterwards.request);
        for _ in 1..afterwards.times {
            if matches!(answer, Err(OutboundError::Timeout)) {
                answer = self.fetch(base, &afterwards.request);
            }
        }
        (afterwards.judge)(&answer)
    }

    /// One attempt. What it changed is taken back if it has to wait for another server.
    fn attempt(
        &self,
        state: &mut State,
        index: usize,
        request: &HttpRequest,
        fault: Option<&Fault>,
        outside: &mut Outside,
        mut random: Random,
    ) -> HttpResponse {
        let now_ms = self.world.clock.now_ms();
        let State { shared, services, faults, journal, .. } = state;
        let service = &mut services[index];
        let before = service.asks_outside(shared, request).then(|| (shared.clone(), service.copy(), faults.clone()));
        let mut desk = Desk {
            world: &self.world,
            shared,
            faults,
            journal,
            outside,
            random: &mut random,
            fault,
            now_ms,
            may_ask: before.is_some(),
        };
        let ordered = fault.map(|fault| service.ordered_error(fault));
        let reply = disturbed(fault, ordered, || service.answer(&mut desk, request));
        if outside.is_waiting()
            && let Some((shared_before, service_before, faults_before)) = before
        {
            (*shared, *faults) = (shared_before, faults_before);
            if let Some(service_before) = service_before {
                *service = service_before;
            }
        }
        reply
    }
}

impl State {
    /// Writes a request down.
    pub(super) fn note(&mut self, named: Named, reply: &HttpResponse, at_ms: u64) {
        let Named { operation, client_id } = named;
        let client_id = client_id.map(|id| id.chars().take(128).collect());
        let (status, error_type) = (reply.status, error_type(reply));
        self.journal.add(Entry { operation, client_id, at_ms, status, error_type });
    }
}

/// The name of the error in a reply, by its header, as S3 writes it or as OAuth 2.0 does.
fn error_type(response: &HttpResponse) -> Option<String> {
    if let Some(name) = response.header("x-amzn-ErrorType") {
        return Some(name.trim_end_matches(':').to_owned());
    }
    if response.status < 400 {
        return None;
    }
    if response.header("Content-Type") == Some("application/xml") {
        let text = std::str::from_utf8(&response.body).ok()?;
        return Some(text.split_once("<Code>")?.1.split_once('<')?.0.to_owned());
    }
    let body: Value = serde_json::from_slice(&response.body).ok()?;
    Some(body.get("error")?.as_str()?.to_owned())
}
