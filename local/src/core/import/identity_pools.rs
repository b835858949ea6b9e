//! Identity pools and their roles.

use serde_json::{Map, Value};

use super::document::{Document, take, text};
use super::notes::Notes;

const POOL: [&str; 9] = [
    "AllowClassicFlow",
    "AllowUnauthenticatedIdentities",
    "CognitoIdentityProviders",
    "DeveloperProviderName",
    "IdentityPoolId",
    "IdentityPoolName",
    "IdentityPoolTags",
    "SamlProviderARNs",
    "SupportedLoginProviders",
];

/// The pools of all documents, as `[[IdentityPool]]`.
pub(super) fn collect(documents: &[Document], notes: &mut Notes) -> Vec<Map<String, Value>> {
    let mut pools = Vec::new();
    for document in documents {
        if let Document::IdentityPool(shown) = document {
            let place = format!("identity pool {}", text(shown, "IdentityPoolId"));
            if shown.get("OpenIdConnectProviderARNs").and_then(Value::as_array).is_some_and(|list| !list.is_empty()) {
                notes.add(format!(
                    "{place}: write an [[OpenIdProvider]] for each of OpenIdConnectProviderARNs, and that member."
                ));
            }
            pools.push(take(shown.clone(), &POOL, &["OpenIdConnectProviderARNs"], &place, notes));
        }
    }
    for document in documents {
        let Document::IdentityPoolRoles(roles) = document else { continue };
        let id = text(roles, "IdentityPoolId");
        let place = format!("identity pool {id}");
        let Some(pool) = pools.iter_mut().find(|pool| text(pool, "IdentityPoolId") == id) else {
            notes.add(format!(
                "{place}: its roles were not taken over. Import what describe-identity-pool prints, too."
            ));
            continue;
        };
        let known = known_providers(pool);
        let mut own = take(roles.clone(), &["Roles", "RoleMappings"], &["IdentityPoolId"], &place, notes);
        if let Some(Value::Object(mappings)) = own.get_mut("RoleMappings") {
            mappings.retain(|provider, _| {
                let keep = known.contains(provider);
                if !keep {
                    notes.add(format!("{place}: the role mapping of {provider} was not taken over."));
                }
                keep
            });
        }
        for (kind, role) in own.get("Roles").and_then(Value::as_object).into_iter().flatten() {
            let role = role.as_str().unwrap_or_default();
            notes.add(format!("{place}: the {kind} role is {role}. Write a [[Role]] with its policies."));
        }
        pool.extend(own);
    }
    pools
}

/// The keys that `RoleMappings` may have.
fn known_providers(pool: &Map<String, Value>) -> Vec<String> {
    let own = pool.get("CognitoIdentityProviders").and_then(Value::as_array).into_iter().flatten();
    let own = own.filter_map(|client| {
        Some(format!("{}:{}", client.get("ProviderName")?.as_str()?, client.get("ClientId")?.as_str()?))
    });
    let logins = pool.get("SupportedLoginProviders").and_then(Value::as_object);
    own.chain(logins.into_iter().flat_map(|logins| logins.keys().cloned())).collect()
}
