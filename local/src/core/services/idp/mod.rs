//! The user pools API: `X-Amz-Target: AWSCognitoIdentityProviderService.<Operation>`. One file an operation.

pub(crate) mod access;
mod admin_confirm_sign_up;
mod admin_create_user;
mod admin_disable_provider_for_user;
mod admin_disable_user;
mod admin_enable_user;
mod admin_get_user;
mod admin_link_provider_for_user;
mod admin_reset_user_password;
mod admin_set_user_mfa_preference;
mod admin_set_user_password;
mod associate_software_token;
mod change_password;
mod confirm_forgot_password;
pub(crate) mod confirm_sign_up;
mod create_identity_provider;
mod create_resource_server;
mod create_user_pool;
mod create_user_pool_client;
mod create_user_pool_domain;
mod delete_identity_provider;
mod delete_resource_server;
mod delete_user_pool;
mod delete_user_pool_domain;
mod delivery;
mod describe_identity_provider;
mod describe_resource_server;
mod describe_user_pool;
mod describe_user_pool_client;
mod describe_user_pool_domain;
mod dispatch;
mod forgot_password;
mod get_identity_provider_by_identifier;
mod get_tokens_from_refresh_token;
mod get_user;
mod get_user_pool_mfa_config;
mod global_sign_out;
mod initiate_auth;
pub(crate) mod issue;
mod list_identity_providers;
mod list_resource_servers;
mod list_user_pools;
mod list_users;
mod mfa_preference;
mod mfa_setup;
mod new_password;
mod parameters;
pub(crate) mod recovery;
pub(crate) mod refresh;
pub(crate) mod resend_confirmation_code;
mod respond_to_auth_challenge;
mod revoke_token;
mod set_user_mfa_preference;
mod set_user_pool_mfa_config;
mod sign_in;
pub(crate) mod sign_up;
mod software_token_mfa;
mod update_identity_provider;
mod update_resource_server;
mod user_password_auth;
mod user_srp_auth;
mod verify_software_token;
mod waiting;

pub(crate) use create_identity_provider::add as add_identity_provider;
pub(crate) use dispatch::{PREFIX, answer};

use crate::core::world::inbox::Inbox;
use crate::core::world::random::Random;
use crate::core::world::tokens::{Forgery, KeyRing};

/// What operations work with beside the pools.
pub(crate) struct Context<'a> {
    pub(crate) inbox: &'a mut Inbox,
    pub(crate) random: &'a mut Random,
    pub(crate) keys: &'a KeyRing,
    /// The region that a call of an administrator is signed for, otherwise that of the configuration.
    pub(crate) region: String,
    pub(crate) now_ms: u64,
    /// What is to be wrong about the tokens, if that was ordered.
    pub(crate) forgery: Option<Forgery>,
}
