//! The hosted UI as a service.

use super::browsers::Browsers;
use super::error_page;
use super::pages::{CALLBACKS, answer, page};
use super::pending::PendingSignIns;
use super::visit::Visit;
use crate::core::service::{Desk, Named, Service, Shared};
use crate::core::services::oauth::ordered_error;
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::faults::Fault;

/// The pages of all domains.
#[derive(Clone, Default)]
pub(crate) struct HostedUi {
    browsers: Browsers,
    pending: PendingSignIns,
}

impl Service for HostedUi {
    fn takes(&self, request: &HttpRequest) -> bool {
        page(request.path()).is_some()
    }

    fn name(&self, request: &HttpRequest) -> Option<Named> {
        page(request.path()).map(|name| Named { operation: name.into(), client_id: request.query("client_id") })
    }

    fn answer(&mut self, desk: &mut Desk<'_>, request: &HttpRequest) -> HttpResponse {
        let (pools, context, faults) = desk.pools_and_faults();
        let mut visit = Visit::new(request, pools, context, faults, &mut self.browsers, &mut self.pending);
        let reply = answer(&mut visit, request.path());
        visit.with_cookie(reply)
    }

    fn ordered_error(&self, fault: &Fault) -> HttpResponse {
        ordered_error(fault)
    }

    fn refusal(&self, _request: &HttpRequest, error: &ServiceError) -> HttpResponse {
        error_page::render(400, &error.message)
    }

    fn asks_outside(&self, shared: &Shared, request: &HttpRequest) -> bool {
        shared.pools.call_out() || request.path() == "/oauth2/authorize" || CALLBACKS.contains(&request.path())
    }

    fn copy(&self) -> Option<Box<dyn Service>> {
        Some(Box::new(self.clone()))
    }

    fn reset(&mut self, _now_ms: u64) {
        *self = Self::default();
    }
}
