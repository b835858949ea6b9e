//! The user pools API: `X-Amz-Target: AWSCognitoIdentityProviderService.<Operation>`. One file an operation.

pub(crate) mod access;
mod auth_events;
mod branding;
mod client_metadata;
mod clients;
mod delivery;
mod devices;
mod dispatch;
mod domains;
mod groups;
mod imports;
mod limits;
mod mfa;
mod monitoring;
mod page;
mod passkeys;
mod pools;
mod profile;
mod providers;
pub(crate) mod recovery;
pub(crate) mod registration;
mod resource_servers;
mod run;
mod service;
mod sessions;
pub(crate) mod sign_in;
mod sign_out;
mod tags;
mod terms;
mod users;

pub(crate) use crate::core::service::Context;
pub(crate) use imports::UserImportUploads;
pub(crate) use providers::create_identity_provider::add as add_identity_provider;
pub(crate) use service::UserPoolsApi;
