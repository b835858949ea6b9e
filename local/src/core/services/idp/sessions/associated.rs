//! `RevokeAssociatedSessionsType`.

use serde::Deserialize;

/// `RevokeAssociatedSessionsType`.
#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "UPPERCASE")]
pub(in crate::core::services::idp) enum Associated {
    Linked,
    #[default]
    None,
}
