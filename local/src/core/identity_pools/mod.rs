//! Identity pools as data: settings, roles, identities, and who is known by which login.

mod configured;
mod identities;
mod kept;
mod login;
mod open_id_provider;
mod pool;
mod pools;
pub(crate) mod principal_tags;
pub(crate) mod role_mapping;
mod session_tags;
mod settings;
mod tags;

pub(crate) use configured::{IdentityPoolConfig, read_identity_pool, read_open_id_providers};
pub(crate) use identities::{conflict, no_match};
pub(crate) use login::Login;
pub(crate) use open_id_provider::OpenIdProvider;
pub(crate) use pool::IdentityPool;
pub(crate) use pools::{IdentityPools, identity_not_found, pool_not_found};
pub(crate) use principal_tags::{CLAIM as TAGS_CLAIM, PrincipalTags, claim as tags_claim};
pub(crate) use role_mapping::Roles;
pub(crate) use settings::{Settings, user_pool_id};
pub(crate) use tags::pool_id;
