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
mod mfa_config;
mod new_password;
mod password;
mod recovery;
mod schema;
mod second_factor;
mod sessions;
mod settings;
mod sign_in;
mod totp;
mod user;
mod user_pool;

pub(crate) use attributes::{Attribute, Writer, is_phone_number, masked};
pub(crate) use client::AppClient;
pub(crate) use client_settings::ClientSettings;
pub(crate) use codes::{Code, CodeAnswer, Limit, RESET_CODE_MS, SIGN_UP_CODE_MS};
pub(crate) use grants::{Grant, RefreshError};
pub(crate) use group::GroupSettings;
pub(crate) use mfa_config::MfaConfig;
pub(crate) use sessions::{AuthSession, Step};
pub(crate) use settings::PoolSettings;
pub(crate) use sign_in::NextStep;
pub(crate) use totp::{MfaPreference, SOFTWARE_TOKEN_MFA, Totp, no_delivery};
pub(crate) use user::{User, UserStatus};
pub(crate) use user_pool::UserPool;
