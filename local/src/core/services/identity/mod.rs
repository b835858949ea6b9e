//! Identity pools: `X-Amz-Target: AWSCognitoIdentityService.<Operation>`. One file an operation.

mod choose_role;
mod create_identity_pool;
mod delete_identities;
mod delete_identity_pool;
mod describe_identity;
mod describe_identity_pool;
mod developer_login;
mod dispatch;
mod get_credentials_for_identity;
mod get_id;
mod get_identity_pool_roles;
mod get_open_id_token;
mod get_open_id_token_for_developer_identity;
mod get_principal_tag_attribute_map;
mod key_sets;
mod list_identities;
mod list_identity_pools;
mod list_tags_for_resource;
mod logins;
mod lookup_developer_identity;
mod merge_developer_identities;
mod open_id_login;
mod open_id_token;
mod proof;
mod service;
mod set_identity_pool_roles;
mod set_principal_tag_attribute_map;
mod tag_resource;
mod token_refusals;
mod unlink_developer_identity;
mod unlink_identity;
mod untag_resource;
mod update_identity_pool;
mod user_pool_login;

pub(crate) use key_sets::KeySets;
pub(crate) use open_id_token::verify as verify_token;
pub(crate) use service::IdentityPoolsApi;

use std::sync::Arc;

use crate::core::directory::Pools;
use crate::core::iam::{AccessKeys, Role};
use crate::core::identity_pools::{IdentityPools, OpenIdProvider};
use crate::core::service::Desk;
use crate::core::stand_ins::StandIns;
use crate::core::wire::http::HttpRequest;
use crate::core::world::origins::Origins;
use crate::core::world::random::Random;
use crate::core::world::tokens::{Forgery, KeyRing};

/// What operations work with.
pub(crate) struct Context<'a> {
    pub(crate) origins: &'a Origins,
    /// The region that a call of an administrator is signed for, otherwise that of the configuration.
    pub(crate) region: String,
    pub(crate) user_pools: &'a Pools,
    pub(crate) pools: &'a mut IdentityPools,
    pub(crate) access_keys: &'a mut AccessKeys,
    pub(crate) roles: &'a [Arc<Role>],
    pub(crate) open_id_providers: &'a [OpenIdProvider],
    pub(crate) stand_ins: &'a StandIns,
    pub(crate) random: &'a mut Random,
    pub(crate) keys: &'a KeyRing,
    /// Keys of other OpenID Connect providers, fetched for this request.
    pub(crate) key_sets: &'a KeySets,
    /// The address that the caller used.
    pub(crate) base: String,
    pub(crate) now_ms: u64,
    /// What is to be wrong about the tokens, if that was ordered.
    pub(crate) forgery: Option<Forgery>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(desk: &'a mut Desk<'_>, request: &HttpRequest, key_sets: &'a KeySets) -> Self {
        let forgery = desk.forgery();
        let Desk { world, shared, random, now_ms, .. } = desk;
        Self {
            origins: &world.origins,
            region: world.region.clone(),
            user_pools: &shared.pools,
            pools: &mut shared.identity_pools,
            access_keys: &mut shared.access_keys,
            roles: &shared.roles,
            open_id_providers: &shared.open_id_providers,
            stand_ins: &shared.stand_ins,
            random,
            keys: &world.keys,
            key_sets,
            base: request.base(),
            now_ms: *now_ms,
            forgery,
        }
    }

    /// A role by its ARN.
    pub(crate) fn role(&self, arn: &str) -> Option<&'a Arc<Role>> {
        self.roles.iter().find(|role| role.arn == arn)
    }
}
