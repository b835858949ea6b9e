//! From a request to its operation, and from the result to a reply.

use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;

use super::access::{Bearer, bearer};
use super::{
    Context, clients, devices, domains, mfa, passkeys, pools, profile, providers, recovery, registration,
    resource_servers, sign_in, sign_out, users,
};
use crate::core::directory::{AppClient, Pools, UserPool};
use crate::core::iam::signed::Administrators;
use crate::core::wire::error::{ServiceError, pool_not_found};
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::wire::json_service;
use crate::core::wire::json_service::Body;
use crate::core::wire::shapes::USER_POOLS;

/// What `X-Amz-Target` begins with.
pub(super) const PREFIX: &str = "AWSCognitoIdentityProviderService.";

/// Does the work of a request.
pub(super) fn answer(
    pools: &mut Pools,
    context: &mut Context<'_>,
    administrators: &Administrators<'_>,
    request: &HttpRequest,
    operation: &str,
    body: Body,
) -> HttpResponse {
    json_service::reply(perform(pools, context, administrators, request, operation, body))
}

fn perform(
    pools: &mut Pools,
    context: &mut Context<'_>,
    administrators: &Administrators<'_>,
    request: &HttpRequest,
    operation: &str,
    body: Body,
) -> Result<Value, ServiceError> {
    let known = json_service::operation(&USER_POOLS, request, operation)?;
    let body = json_service::value(body);
    if known.signed {
        let pool_id = body.as_ref().ok().and_then(|body| body.get("UserPoolId")?.as_str());
        let resource = pool_id.map(|id| format!("userpool/{id}"));
        context.region = administrators.check(request, "cognito-idp", operation, resource)?;
        // Each region has its own pools.
        let region_of = |id: &&str| id.split_once('_').is_some_and(|(region, _)| region != context.region);
        if let Some(elsewhere) = pool_id.filter(region_of) {
            return Err(pool_not_found(elsewhere));
        }
    }
    let body = body?;
    let shape = known.input.as_deref().unwrap_or_default();
    let mut run = Run { pools, context, shape, body };
    let rooms = [
        clients::perform,
        devices::perform,
        domains::perform,
        mfa::perform,
        passkeys::perform,
        pools::perform,
        profile::perform,
        providers::perform,
        recovery::perform,
        resource_servers::perform,
        sign_in::perform,
        sign_out::perform,
        registration::perform,
        users::perform,
    ];
    let done = rooms.iter().find_map(|perform| perform(&mut run, operation));
    done.unwrap_or_else(|| Err(json_service::unsupported_operation(operation)))
}

/// One call: each operation is run with what it is about, already found and checked.
pub(super) struct Run<'a, 'b> {
    pools: &'a mut Pools,
    context: &'a mut Context<'b>,
    shape: &'a str,
    body: Value,
}

impl<'b> Run<'_, 'b> {
    /// An operation that finds for itself what it is about.
    pub(super) fn with<Input: DeserializeOwned>(
        &mut self,
        operation: fn(&mut Pools, &mut Context<'b>, Input) -> Result<Value, ServiceError>,
    ) -> Result<Value, ServiceError> {
        let input = self.input(&[])?;
        operation(self.pools, self.context, input)
    }

    /// An operation in the pool of `UserPoolId`.
    pub(super) fn in_pool<Input: DeserializeOwned>(
        &mut self,
        operation: fn(&mut UserPool, &mut Context<'b>, Input) -> Result<Value, ServiceError>,
    ) -> Result<Value, ServiceError> {
        let id = self.text("UserPoolId");
        let input = self.input(&["UserPoolId"])?;
        operation(self.pools.get(&id)?, self.context, input)
    }

    /// An operation of the app client of `ClientId`, whose `SecretHash` for `Username` is right.
    pub(super) fn of_client<Input: DeserializeOwned>(
        &mut self,
        operation: fn(&mut UserPool, &Arc<AppClient>, &mut Context<'b>, Input) -> Result<Value, ServiceError>,
    ) -> Result<Value, ServiceError> {
        let [id, username, secret_hash] = ["ClientId", "Username", "SecretHash"].map(|name| self.text(name));
        let input = self.input(&["ClientId", "SecretHash"])?;
        let (pool, client) = self.pools.of_client(&id)?;
        if !username.is_empty() {
            client.check_secret_hash(&username, Some(secret_hash.as_str()).filter(|hash| !hash.is_empty()))?;
        }
        operation(pool, &client, self.context, input)
    }

    /// An operation that the user of `AccessToken` asks for.
    pub(super) fn by_token<Input: DeserializeOwned>(
        &mut self,
        operation: fn(Bearer<'_>, &mut Context<'b>, Input) -> Result<Value, ServiceError>,
    ) -> Result<Value, ServiceError> {
        let token = self.text("AccessToken");
        let input = self.input(&["AccessToken"])?;
        operation(bearer(self.pools, &token, self.context)?, self.context, input)
    }

    /// Checks the body against AWS's model, and reads what is not `known` yet.
    fn input<Input: DeserializeOwned>(&mut self, known: &[&str]) -> Result<Input, ServiceError> {
        USER_POOLS.read_rest(self.shape, self.body.take(), known)
    }

    /// A member of the body that has not been checked yet.
    fn text(&self, name: &str) -> String {
        self.body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}
