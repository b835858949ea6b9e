//! From a request to its operation, and from the result to a reply.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Context, admin_confirm_sign_up, admin_create_user, admin_disable_provider_for_user, admin_disable_user};
use super::{admin_enable_user, admin_get_user, admin_link_provider_for_user, admin_reset_user_password};
use super::{admin_set_user_mfa_preference, admin_set_user_password, associate_software_token};
use super::{change_password, confirm_forgot_password, confirm_sign_up, create_identity_provider};
use super::{create_resource_server, create_user_pool, create_user_pool_client, create_user_pool_domain};
use super::{delete_identity_provider, delete_resource_server, delete_user_pool, delete_user_pool_domain};
use super::{describe_identity_provider, describe_resource_server, describe_user_pool, describe_user_pool_client};
use super::{describe_user_pool_domain, forgot_password, get_identity_provider_by_identifier};
use super::{get_tokens_from_refresh_token, get_user, get_user_pool_mfa_config, global_sign_out, initiate_auth};
use super::{list_identity_providers, list_resource_servers, list_user_pools, list_users, resend_confirmation_code};
use super::{respond_to_auth_challenge, revoke_token, set_user_mfa_preference, set_user_pool_mfa_config, sign_up};
use super::{update_identity_provider, update_resource_server, verify_software_token};
use crate::core::directory::Pools;
use crate::core::iam::signed::Administrators;
use crate::core::wire::error::{ServiceError, pool_not_found};
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::wire::json_service;
use crate::core::wire::json_service::Body;
use crate::core::wire::shapes::USER_POOLS;

/// What `X-Amz-Target` begins with.
pub(crate) const PREFIX: &str = "AWSCognitoIdentityProviderService.";

/// Does the work of a request.
pub(crate) fn answer(
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
        "ListUserPools" => run.with(list_user_pools::run),
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
        _ => Err(json_service::unsupported_operation(operation)),
    }
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
        operation(self.pools, self.context, USER_POOLS.read(self.shape, self.body.take())?)
    }
}
