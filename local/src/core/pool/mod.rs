//! What a user pool is and holds: settings, clients, groups, users, and the rules about them.

mod attributes;
mod authorization_codes;
mod client;
mod client_oauth;
mod client_secret;
mod client_settings;
mod codes;
mod directory;
mod grants;
mod group;
mod lockout;
mod password;
mod resource_server;
mod schema;
mod sessions;
mod settings;
mod user;
mod user_pool;

pub(crate) use attributes::{Attribute, Writer, masked};
pub(crate) use authorization_codes::{AuthorizationCode, CodeError};
pub(crate) use client::AppClient;
pub(crate) use client_oauth::{LOCAL_PROVIDER, is_app_address};
pub(crate) use client_settings::ClientSettings;
pub(crate) use codes::{Code, CodeAnswer, Limit};
pub(crate) use grants::{Grant, OAuthGrant, RefreshError};
pub(crate) use group::GroupSettings;
pub(crate) use resource_server::ResourceServer;
pub(crate) use sessions::{AuthSession, Step};
pub(crate) use settings::PoolSettings;
pub(crate) use user::{User, UserStatus};
pub(crate) use user_pool::UserPool;
