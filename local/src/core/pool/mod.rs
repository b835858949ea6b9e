//! What a user pool is and holds: settings, clients, groups, users, and the rules about them.

mod attributes;
mod client;
mod client_secret;
mod client_settings;
mod codes;
mod directory;
mod grants;
mod group;
mod lockout;
mod password;
mod schema;
mod sessions;
mod settings;
mod user;
mod user_pool;

pub(crate) use attributes::{Attribute, Writer, masked};
pub(crate) use client::AppClient;
pub(crate) use client_settings::ClientSettings;
pub(crate) use codes::{Code, CodeAnswer, Limit};
pub(crate) use grants::{Grant, RefreshError};
pub(crate) use group::GroupSettings;
pub(crate) use sessions::{AuthSession, Step};
pub(crate) use settings::PoolSettings;
pub(crate) use user::{User, UserStatus};
pub(crate) use user_pool::UserPool;
