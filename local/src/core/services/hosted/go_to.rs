//! Leading to another page of a flow.

use super::browsers::Step;
use super::flow::Flow;
use super::visit::Visit;
use crate::core::wire::http::HttpResponse;

/// Leads to another page of the flow, which knows what it is about by the step.
pub(super) fn go_to(visit: &mut Visit<'_>, flow: &Flow, path: &str, step: Step) -> HttpResponse {
    visit.set_step(flow, Some(step));
    HttpResponse::redirect(&flow.address(path))
}
