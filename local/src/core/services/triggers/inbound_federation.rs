//! Inbound federation: the function sees what a provider says about a person, before attributes are mapped.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use super::event::{Event, invoke};
use crate::core::directory::{Trigger, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// What a provider says about a person.
pub(crate) struct Inbound<'a> {
    pub(crate) provider_name: &'a str,
    /// `ProviderType`.
    pub(crate) provider_type: &'a str,
    pub(crate) username: &'a str,
    /// `tokenResponse`, `idToken` and `userInfo`, or `samlResponse`.
    pub(crate) attributes: &'a Map<String, Value>,
}

/// What is to be mapped instead; `None` where everything stays as it is. "Attributes that are left out are dropped; an empty object keeps
/// all" (Developer Guide, "Inbound federation Lambda trigger").
///
/// # Errors
/// As [`invoke`].
pub(crate) fn inbound_federation(
    pool: &UserPool,
    inbound: &Inbound<'_>,
    context: &mut Context<'_>,
) -> Result<Option<BTreeMap<String, String>>, ServiceError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        user_attributes_to_map: Option<BTreeMap<String, String>>,
    }
    let event = Event {
        trigger: Trigger::InboundFederation,
        source: "InboundFederation_ExternalProvider",
        username: inbound.username,
        request: json!({
            "providerName": inbound.provider_name,
            "providerType": inbound.provider_type,
            "attributes": inbound.attributes,
        }),
        response: json!({ "userAttributesToMap": {} }),
    };
    let answer: Option<Answer> = invoke(pool, &event, context)?;
    Ok(answer.and_then(|answer| answer.user_attributes_to_map).filter(|attributes| !attributes.is_empty()))
}
