//! From a request to its operation, and from the result to a reply.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Context, create_identity_pool, delete_identities, delete_identity_pool, describe_identity, describe_identity_pool,
    get_credentials_for_identity, get_id, get_identity_pool_roles, get_open_id_token,
    get_open_id_token_for_developer_identity, get_principal_tag_attribute_map, list_identities, list_identity_pools,
    list_tags_for_resource, lookup_developer_identity, merge_developer_identities, set_identity_pool_roles,
    set_principal_tag_attribute_map, tag_resource, unlink_developer_identity, unlink_identity, untag_resource,
    update_identity_pool,
};
use crate::core::iam::signed::Administrators;
use crate::core::identity_pools::{identity_not_found, pool_id, pool_not_found};
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::wire::json_service;
use crate::core::wire::json_service::Body;
use crate::core::wire::shapes::IDENTITY_POOLS;

/// What `X-Amz-Target` begins with.
pub(super) const PREFIX: &str = "AWSCognitoIdentityService.";

/// Does the work of a request.
pub(super) fn answer(context: &mut Context<'_>, request: &HttpRequest, operation: &str, body: Body) -> HttpResponse {
    json_service::reply(perform(context, request, operation, body))
}

fn perform(
    context: &mut Context<'_>,
    request: &HttpRequest,
    operation: &str,
    body: Body,
) -> Result<Value, ServiceError> {
    let known = json_service::operation(&IDENTITY_POOLS, request, operation)?;
    let body = json_service::value(body);
    if known.signed {
        let named = |member: &str| body.as_ref().ok().and_then(|body| body.get(member)?.as_str());
        let of_arn = || named("ResourceArn").and_then(pool_id);
        let (pool_id, identity_id) = (named("IdentityPoolId").or_else(of_arn), named("IdentityId"));
        let administrators = Administrators::new(context.access_keys, context.origins, context.now_ms);
        let resource = pool_id.map(|id| format!("identitypool/{id}"));
        context.region = administrators.check(request, "cognito-identity", operation, resource)?;
        // Each region has its own pools and identities.
        let is_elsewhere = |id: &&str| id.split_once(':').is_some_and(|(region, _)| region != context.region);
        if let Some(pool_id) = pool_id.filter(is_elsewhere) {
            return Err(pool_not_found(pool_id));
        }
        if let Some(identity_id) = identity_id.filter(is_elsewhere) {
            return Err(identity_not_found(identity_id));
        }
    }
    let shape = known.input.as_deref().unwrap_or_default();
    let mut run = Run { context, shape, body: body? };
    match operation {
        "CreateIdentityPool" => run.with(create_identity_pool::run),
        "DeleteIdentities" => run.with(delete_identities::run),
        "DeleteIdentityPool" => run.with(delete_identity_pool::run),
        "DescribeIdentity" => run.with(describe_identity::run),
        "DescribeIdentityPool" => run.with(describe_identity_pool::run),
        "GetCredentialsForIdentity" => run.with(get_credentials_for_identity::run),
        "GetId" => run.with(get_id::run),
        "GetIdentityPoolRoles" => run.with(get_identity_pool_roles::run),
        "GetOpenIdToken" => run.with(get_open_id_token::run),
        "GetOpenIdTokenForDeveloperIdentity" => run.with(get_open_id_token_for_developer_identity::run),
        "GetPrincipalTagAttributeMap" => run.with(get_principal_tag_attribute_map::run),
        "ListIdentities" => run.with(list_identities::run),
        "ListIdentityPools" => run.with(list_identity_pools::run),
        "ListTagsForResource" => run.with(list_tags_for_resource::run),
        "LookupDeveloperIdentity" => run.with(lookup_developer_identity::run),
        "MergeDeveloperIdentities" => run.with(merge_developer_identities::run),
        "SetIdentityPoolRoles" => run.with(set_identity_pool_roles::run),
        "SetPrincipalTagAttributeMap" => run.with(set_principal_tag_attribute_map::run),
        "TagResource" => run.with(tag_resource::run),
        "UnlinkDeveloperIdentity" => run.with(unlink_developer_identity::run),
        "UnlinkIdentity" => run.with(unlink_identity::run),
        "UntagResource" => run.with(untag_resource::run),
        "UpdateIdentityPool" => run.with(update_identity_pool::run),
        _ => Err(json_service::unsupported_operation(operation)),
    }
}

struct Run<'a, 'b> {
    context: &'a mut Context<'b>,
    shape: &'a str,
    body: Value,
}

impl<'b> Run<'_, 'b> {
    fn with<Input: DeserializeOwned>(
        &mut self,
        operation: fn(&mut Context<'b>, Input) -> Result<Value, ServiceError>,
    ) -> Result<Value, ServiceError> {
        operation(self.context, IDENTITY_POOLS.read(self.shape, self.body.take())?)
    }
}
