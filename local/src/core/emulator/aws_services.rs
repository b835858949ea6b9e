//! The services at `/`: told apart as AWS's own, by `X-Amz-Target` or a form's `Action`.

use serde_json::Value;

use super::under_faults::Named;
use super::{Emulator, Fetched, State, forgery};
use crate::core::iam::signed::Administrators;
use crate::core::services::well_known::endpoint;
use crate::core::services::{dynamodb, identity, idp, sts};
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::wire::json_service;
use crate::core::wire::json_service::Body;
use crate::core::world::faults::Fault;

impl Emulator {
    /// A request to one of the services.
    pub(crate) fn service(
        &self,
        state: &mut State,
        request: &HttpRequest,
        now_ms: u64,
        fetched: &Fetched,
    ) -> HttpResponse {
        if let Some(form) = sts::parameters(request) {
            let named = Named { operation: sts::operation_name(&form), client_id: None };
            return self.under_faults(state, named, now_ms, sts::ordered_error, |state, fault| {
                sts::answer(&mut self.identity_context(state, request, now_ms, fetched, fault), request, &form)
            });
        }
        let body: Body = serde_json::from_slice(&request.body);
        let target = request.header("X-Amz-Target").unwrap_or_default();
        let error = |fault: &Fault| json_service::ordered_error(fault).response();
        if target.starts_with(identity::PREFIX) {
            let operation = json_service::operation_name(request, identity::PREFIX);
            let named = Named { operation: operation.clone(), client_id: None };
            return self.under_faults(state, named, now_ms, error, |state, fault| {
                let mut context = self.identity_context(state, request, now_ms, fetched, fault);
                identity::answer(&mut context, request, &operation, body)
            });
        }
        if target.starts_with(dynamodb::PREFIX) {
            let operation = json_service::operation_name(request, dynamodb::PREFIX);
            let named = Named { operation: operation.clone(), client_id: None };
            return self.under_faults(state, named, now_ms, dynamodb::ordered_error, |state, _| {
                let State { tables, access_keys, .. } = state;
                let context = dynamodb::Context { region: &self.config.region, tables, access_keys, now_ms };
                dynamodb::answer(context, request, &operation, body)
            });
        }
        let operation = json_service::operation_name(request, idp::PREFIX);
        let client_id = body.as_ref().ok().and_then(|body: &Value| Some(body.get("ClientId")?.as_str()?.to_owned()));
        let named = Named { operation: operation.clone(), client_id };
        self.under_faults(state, named, now_ms, error, |state, fault| {
            let State { pools, inbox, random, access_keys, .. } = state;
            let region = self.config.region.clone();
            let mut context = idp::Context { inbox, random, keys: &self.keys, region, now_ms, forgery: forgery(fault) };
            let administrators = Administrators::new(access_keys, &self.origins, now_ms);
            idp::answer(pools, &mut context, &administrators, request, &operation, body)
        })
    }

    fn identity_context<'a>(
        &'a self,
        state: &'a mut State,
        request: &HttpRequest,
        now_ms: u64,
        fetched: &'a Fetched,
        fault: Option<&Fault>,
    ) -> identity::Context<'a> {
        let State { pools, identity_pools, access_keys, stand_ins, random, .. } = state;
        identity::Context {
            config: &self.config,
            origins: &self.origins,
            region: self.config.region.clone(),
            user_pools: pools,
            pools: identity_pools,
            access_keys,
            stand_ins,
            random,
            keys: &self.keys,
            key_sets: &fetched.key_sets,
            base: endpoint(request),
            now_ms,
            forgery: forgery(fault),
        }
    }
}
