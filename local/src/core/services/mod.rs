//! The services, one room each.

pub(crate) mod api;
pub(crate) mod appsync;
pub(crate) mod dynamodb;
pub(crate) mod federation;
pub(crate) mod hosted;
pub(crate) mod identity;
pub(crate) mod idp;
pub(crate) mod oauth;
pub(crate) mod s3;
pub(crate) mod stand_ins;
pub(crate) mod sts;
pub(crate) mod triggers;
pub(crate) mod well_known;
