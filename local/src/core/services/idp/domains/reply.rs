//! The reply when a domain was made or changed.

use serde_json::{Value, json};

use crate::core::directory::Domain;

/// The reply when a domain was made or changed.
pub(super) fn reply(domain: &Domain) -> Value {
    let mut reply = json!({ "ManagedLoginVersion": domain.managed_login_version });
    if domain.custom.is_some() {
        reply["CloudFrontDomain"] = json!(Domain::CLOUD_FRONT);
    }
    reply
}
