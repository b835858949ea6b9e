//! One call of an operation, with what it is about already found.

use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;

use super::Context;
use super::access::{Bearer, bearer};
use crate::core::directory::{AppClient, Pools, UserPool};
use crate::core::wire::error::ServiceError;
use crate::core::wire::shapes::USER_POOLS;

/// One call: each operation is run with what it is about, already found and checked.
pub(super) struct Run<'a, 'b> {
    pub(super) pools: &'a mut Pools,
    pub(super) context: &'a mut Context<'b>,
    pub(super) shape: &'a str,
    pub(super) body: Value,
    /// The address that the caller used.
    pub(super) base: String,
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

    /// As [`Self::in_pool`], for an operation that gives out an address.
    pub(super) fn in_pool_at<Input: DeserializeOwned>(
        &mut self,
        operation: fn(&mut UserPool, &mut Context<'b>, &str, Input) -> Result<Value, ServiceError>,
    ) -> Result<Value, ServiceError> {
        let id = self.text("UserPoolId");
        let input = self.input(&["UserPoolId"])?;
        operation(self.pools.get(&id)?, self.context, &self.base, input)
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
        let bearer = bearer(self.pools, &token, self.context)?;
        self.context.input.client_id = Some(bearer.client_id.clone());
        operation(bearer, self.context, input)
    }

    /// Drops a member that may be blank, which the model does not know: "To create a user with no password, omit this parameter or submit a
    /// blank value" (`AdminCreateUserRequest`, "TemporaryPassword"; `SignUpRequest`, "Password").
    pub(super) fn may_be_blank(&mut self, name: &str) -> &mut Self {
        if self.body.get(name).is_some_and(|value| value == "")
            && let Some(members) = self.body.as_object_mut()
        {
            members.remove(name);
        }
        self
    }

    /// Checks the body against AWS's model, and reads what is not `known` yet.
    pub(super) fn input<Input: DeserializeOwned>(&mut self, known: &[&str]) -> Result<Input, ServiceError> {
        USER_POOLS.read_rest(self.shape, self.body.take(), known)
    }

    /// A member of the body that has not been checked yet.
    pub(super) fn text(&self, name: &str) -> String {
        self.body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}
