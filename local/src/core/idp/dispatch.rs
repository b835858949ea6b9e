//! From a request to its operation, and from the result to a reply.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Context, admin_confirm_sign_up, admin_create_user, admin_disable_provider_for_user, admin_disable_user};
use super::{admin_enable_user, admin_get_user, admin_link_provider_for_user, admin_reset_user_password};
use super::{admin_set_user_mfa_preference, admin_set_user_password, associate_software_token, authorization};
use super::{change_password, confirm_forgot_password, confirm_sign_up, create_identity_provider};
use super::{create_resource_server, create_user_pool, create_user_pool_client, create_user_pool_domain};
use super::{delete_identity_provider, delete_resource_server, delete_user_pool, delete_user_pool_domain};
use super::{describe_identity_provider, describe_resource_server, describe_user_pool, describe_user_pool_client};
use super::{describe_user_pool_domain, forgot_password, get_identity_provider_by_identifier};
use super::{get_tokens_from_refresh_token, get_user, get_user_pool_mfa_config, global_sign_out, initiate_auth};
use super::{list_identity_providers, list_resource_servers, list_users, resend_confirmation_code};
use super::{respond_to_auth_challenge, revoke_token, set_user_mfa_preference, set_user_pool_mfa_config, sign_up};
use super::{update_identity_provider, update_resource_server, verify_software_token};
use crate::core::error::ServiceError;
use crate::core::faults::Fault;
use crate::core::http::{HttpRequest, HttpResponse};
use crate::core::pools::Pools;
use crate::core::shapes;

/// What requests must and replies do declare.
pub(crate) const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

const TARGET: &str = "AWSCognitoIdentityProviderService.";

/// The operation that a request names, or a placeholder for the request log.
pub(crate) fn operation_name(request: &HttpRequest) -> String {
    match request.header("X-Amz-Target") {
        Some(target) => target.strip_prefix(TARGET).unwrap_or(target).chars().take(100).collect(),
        None => "(no X-Amz-Target)".into(),
    }
}

/// The error that a fault of kind `error` asks for.
pub(crate) fn ordered_error(fault: &Fault) -> ServiceError {
    let status = fault.status.unwrap_or(400);
    let kind = fault.error_type.clone().unwrap_or_else(|| {
        let name = match status {
            429 => "TooManyRequestsException",
            500.. => "InternalErrorException",
            _ => "InvalidParameterException",
        };
        name.into()
    });
    ServiceError::new(kind, fault.message.clone().unwrap_or_else(|| "This fault was ordered.".into()))
        .with_status(status)
}

/// Does the work of a request.
pub(crate) fn answer(
    pools: &mut Pools,
    context: &mut Context<'_>,
    request: &HttpRequest,
    operation: &str,
    body: Result<Value, serde_json::Error>,
) -> HttpResponse {
    match perform(pools, context, request, operation, body) {
        Ok(Value::Null) => HttpResponse::new(200, CONTENT_TYPE, ""),
        Ok(value) => HttpResponse::new(200, CONTENT_TYPE, value.to_string()),
        Err(error) => error.response(),
    }
}

fn perform(
    pools: &mut Pools,
    context: &mut Context<'_>,
    request: &HttpRequest,
    operation: &str,
    body: Result<Value, serde_json::Error>,
) -> Result<Value, ServiceError> {
    let known = shapes::operation(operation).ok_or_else(|| unknown(format!("There is no operation {operation}.")))?;
    let content_type = request.header("Content-Type").unwrap_or_default();
    if !content_type.starts_with("application/x-amz-json-1.") {
        return Err(unknown(format!("The Content-Type must be {CONTENT_TYPE}.")));
    }
    if known.signed {
        authorization::check(request)?;
    }
    let body = body.map_err(|_| ServiceError::new("SerializationException", "The body is not JSON."))?;
    let shape = known.input.as_deref().unwrap_or_default();
    let mut run = Run { pools, context, shape, body };
    match operation {
        "AdminConfirmSignUp" => run.with(admin_confirm_sign_up::run),
        "AdminCreateUser" => run.with(admin_create_user::run),
        "AdminDisableProviderForUser" => run.with(admin_disable_provider_for_user::run),
        "AdminDisableUser" => run.with(admin_disable_user::run),
        "AdminEnableUser" => run.with(admin_enable_user::run),
        "AdminGetUser" => run.with(admin_get_user::run),
        "AdminLinkProviderForUser" => run.with(admin_link_provider_for_user::run),
        "AdminResetUserPassword" => run.with(admin_reset_user_password::run),
        "AdminSetUserMFAPreference" => run.with(admin_set_user_mfa_preference::run),
        "AdminSetUserPassword" => run.with(admin_set_user_password::run),
        "AssociateSoftwareToken" => run.with(associate_software_token::run),
        "ChangePassword" => run.with(change_password::run),
        "ConfirmForgotPassword" => run.with(confirm_forgot_password::run),
        "ConfirmSignUp" => run.with(confirm_sign_up::run),
        "CreateIdentityProvider" => run.with(create_identity_provider::run),
        "CreateResourceServer" => run.with(create_resource_server::run),
        "CreateUserPool" => run.with(create_user_pool::run),
        "CreateUserPoolClient" => run.with(create_user_pool_client::run),
        "CreateUserPoolDomain" => run.with(create_user_pool_domain::run),
        "DeleteIdentityProvider" => run.with(delete_identity_provider::run),
        "DeleteResourceServer" => run.with(delete_resource_server::run),
        "DeleteUserPool" => run.with(delete_user_pool::run),
        "DeleteUserPoolDomain" => run.with(delete_user_pool_domain::run),
        "DescribeIdentityProvider" => run.with(describe_identity_provider::run),
        "DescribeResourceServer" => run.with(describe_resource_server::run),
        "DescribeUserPool" => run.with(describe_user_pool::run),
        "DescribeUserPoolClient" => run.with(describe_user_pool_client::run),
        "DescribeUserPoolDomain" => run.with(describe_user_pool_domain::run),
        "ForgotPassword" => run.with(forgot_password::run),
        "GetIdentityProviderByIdentifier" => run.with(get_identity_provider_by_identifier::run),
        "GetTokensFromRefreshToken" => run.with(get_tokens_from_refresh_token::run),
        "GetUser" => run.with(get_user::run),
        "GetUserPoolMfaConfig" => run.with(get_user_pool_mfa_config::run),
        "GlobalSignOut" => run.with(global_sign_out::run),
        "InitiateAuth" => run.with(initiate_auth::run),
        "ListIdentityProviders" => run.with(list_identity_providers::run),
        "ListResourceServers" => run.with(list_resource_servers::run),
        "ListUsers" => run.with(list_users::run),
        "ResendConfirmationCode" => run.with(resend_confirmation_code::run),
        "RespondToAuthChallenge" => run.with(respond_to_auth_challenge::run),
        "RevokeToken" => run.with(revoke_token::run),
        "SetUserMFAPreference" => run.with(set_user_mfa_preference::run),
        "SetUserPoolMfaConfig" => run.with(set_user_pool_mfa_config::run),
        "SignUp" => run.with(sign_up::run),
        "UpdateIdentityProvider" => run.with(update_identity_provider::run),
        "UpdateResourceServer" => run.with(update_resource_server::run),
        "VerifySoftwareToken" => run.with(verify_software_token::run),
        _ => Err(unknown(format!("poolpass-local does not support {operation} yet."))),
    }
}

fn unknown(message: String) -> ServiceError {
    ServiceError::new("UnknownOperationException", message)
}

struct Run<'a, 'b> {
    pools: &'a mut Pools,
    context: &'a mut Context<'b>,
    shape: &'a str,
    body: Value,
}

impl<'b> Run<'_, 'b> {
    fn with<Input: DeserializeOwned>(
        &mut self,
        operation: fn(&mut Pools, &mut Context<'b>, Input) -> Result<Value, ServiceError>,
    ) -> Result<Value, ServiceError> {
        operation(self.pools, self.context, shapes::read(self.shape, self.body.take())?)
    }
}
