//! Roles, their policies, and the temporary credentials that speak for them: a small part of AWS IAM, evaluated for real.
//!
//! What is understood of policies: `Effect`, `Action` and `Resource` with `*` and `?`, the variables of [`context`], and the string
//! conditions of [`condition`] on the keys of [`context`]. Everything else is refused when the configuration is read.

mod access_keys;
mod caller;
mod condition;
mod configured;
mod context;
mod kept;
mod pattern;
mod policy;
mod role;
pub(crate) mod signed;
mod statement;

pub(crate) use access_keys::{AccessKeys, WebIdentity};
pub(crate) use caller::Caller;
pub(crate) use configured::{document, read_roles};
pub(crate) use context::Context;
pub(crate) use policy::Policy;
pub(crate) use role::{DEFAULT_SESSION_S, Role};

/// The account that all resources here belong to.
pub(crate) const ACCOUNT: &str = "000000000000";
