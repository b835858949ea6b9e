//! The tables as a service.

use serde_json::Value;

use super::call::Context;
use super::dispatch::{PREFIX, answer, ordered_error};
use super::table::Table;
use super::tables::Tables;
use crate::core::service::{Desk, Named, Service, Shared};
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::wire::json_service;
use crate::core::world::faults::Fault;

/// A small Amazon DynamoDB.
pub(crate) struct DynamoDb {
    region: String,
    configured: Vec<Table>,
    tables: Tables,
}

impl DynamoDb {
    pub(crate) fn new(region: &str, configured: Vec<Table>) -> Self {
        let tables = Tables::new(region, configured.iter().cloned());
        Self { region: region.into(), configured, tables }
    }
}

impl Service for DynamoDb {
    fn takes(&self, request: &HttpRequest) -> bool {
        request.method == "POST" && request.path() == "/" && request.names_target(PREFIX)
    }

    fn name(&self, request: &HttpRequest) -> Option<Named> {
        Some(Named::new(json_service::operation_name(request, PREFIX)))
    }

    fn answer(&mut self, desk: &mut Desk<'_>, request: &HttpRequest) -> HttpResponse {
        let (access_keys, now_ms) = (&desk.shared.access_keys, desk.now_ms);
        let context = Context { region: &self.region, tables: &mut self.tables, access_keys, now_ms };
        let operation = json_service::operation_name(request, PREFIX);
        answer(context, request, &operation, serde_json::from_slice(&request.body))
    }

    fn ordered_error(&self, fault: &Fault) -> HttpResponse {
        ordered_error(fault)
    }

    fn reset(&mut self, _now_ms: u64) {
        self.tables = Tables::new(&self.region, self.configured.iter().cloned());
    }

    fn describe(&self, _shared: &Shared, _base: &str) -> Vec<(&'static str, Value)> {
        vec![("tables", self.tables.iter().map(Table::show).collect())]
    }
}
