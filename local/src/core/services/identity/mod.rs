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
mod identities;
mod key_sets;
mod list_identities;
mod list_identity_pools;
mod logins;
mod open_id_login;
mod open_id_token;
mod page;
mod pool;
mod pools;
mod proof;
mod role_mapping;
mod set_identity_pool_roles;
mod settings;
mod unlink_identity;
mod update_identity_pool;
mod user_pool_login;

pub(crate) use dispatch::{PREFIX, answer};
pub(crate) use key_sets::{KeySets, OpenIdProvider, fetch as fetch_keys};
pub(crate) use open_id_token::verify as verify_token;
pub(crate) use pool::IdentityPool;
pub(crate) use pools::IdentityPools;
pub(crate) use role_mapping::Roles;
pub(crate) use settings::Settings;

use super::stand_ins::StandIns;
use crate::core::config::Config;
use crate::core::directory::Pools;
use crate::core::iam::AccessKeys;
use crate::core::world::origins::Origins;
use crate::core::world::random::Random;
use crate::core::world::tokens::{Forgery, KeyRing};

/// What operations work with.
pub(crate) struct Context<'a> {
    pub(crate) config: &'a Config,
    pub(crate) origins: &'a Origins,
    /// The region that a call of an administrator is signed for, otherwise that of the configuration.
    pub(crate) region: String,
    pub(crate) user_pools: &'a Pools,
    pub(crate) pools: &'a mut IdentityPools,
    pub(crate) access_keys: &'a mut AccessKeys,
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
