//! User pools, and what is in them.

use serde_json::{Map, Value, json};

use super::document::{Document, take, text};
use super::notes::Notes;
use super::users;

/// Members of `UserPoolType` that `CreateUserPool` takes by the same name.
const POOL: [&str; 20] = [
    "AccountRecoverySetting",
    "AdminCreateUserConfig",
    "AliasAttributes",
    "AutoVerifiedAttributes",
    "DeletionProtection",
    "DeviceConfiguration",
    "EmailConfiguration",
    "EmailVerificationMessage",
    "EmailVerificationSubject",
    "Policies",
    "SmsAuthenticationMessage",
    "SmsConfiguration",
    "SmsVerificationMessage",
    "UserAttributeUpdateSettings",
    "UserPoolTags",
    "UserPoolTier",
    "UsernameAttributes",
    "UsernameConfiguration",
    "VerificationMessageTemplate",
    "UserPoolAddOns",
];
/// Members that only describe, or that are read elsewhere.
const POOL_SHOWN: [&str; 11] = [
    "Arn",
    "CreationDate",
    "CustomDomain",
    "Domain",
    "EstimatedNumberOfUsers",
    "Id",
    "LastModifiedDate",
    "MfaConfiguration",
    "Name",
    "SchemaAttributes",
    "Status",
];
const MFA: [&str; 4] =
    ["MfaConfiguration", "SoftwareTokenMfaConfiguration", "EmailMfaConfiguration", "WebAuthnConfiguration"];
const CLIENT: [&str; 22] = [
    "AccessTokenValidity",
    "AllowedOAuthFlows",
    "AllowedOAuthFlowsUserPoolClient",
    "AllowedOAuthScopes",
    "AnalyticsConfiguration",
    "AuthSessionValidity",
    "CallbackURLs",
    "ClientId",
    "ClientName",
    "ClientSecret",
    "DefaultRedirectURI",
    "EnableTokenRevocation",
    "ExplicitAuthFlows",
    "IdTokenValidity",
    "LogoutURLs",
    "PreventUserExistenceErrors",
    "ReadAttributes",
    "RefreshTokenRotation",
    "RefreshTokenValidity",
    "SupportedIdentityProviders",
    "TokenValidityUnits",
    "WriteAttributes",
];
const SHOWN: [&str; 3] = ["CreationDate", "LastModifiedDate", "UserPoolId"];

/// The pools of all documents, as `[[UserPool]]`.
pub(super) fn collect(documents: &[Document], notes: &mut Notes) -> Result<Vec<Map<String, Value>>, String> {
    let mut pools: Vec<Map<String, Value>> = Vec::new();
    for document in documents {
        if let Document::UserPool(described) = document {
            pools.push(pool(described.clone(), notes));
        }
    }
    // What does not say whose it is belongs to the pool that came last.
    let mut last: Option<String> = match &pools[..] {
        [only] => Some(text(only, "Id").to_owned()),
        _ => None,
    };
    for document in documents {
        match document {
            Document::UserPool(described) => last = Some(text(described, "Id").to_owned()),
            Document::Client(client) => {
                let place = format!("client {}", text(client, "ClientId"));
                let own = take(client.clone(), &CLIENT, &SHOWN, &place, notes);
                add(&mut pools, text(client, "UserPoolId"), "Client", own)?;
            }
            Document::Groups(groups) => {
                for group in groups {
                    let members = ["GroupName", "Description", "Precedence", "RoleArn"];
                    let own = take(group.clone(), &members, &SHOWN, "group", notes);
                    add(&mut pools, text(group, "UserPoolId"), "Group", own)?;
                }
            }
            Document::Provider(provider) => {
                let id = text(provider, "UserPoolId");
                if let Some(own) = identity_provider(provider, notes) {
                    add(&mut pools, id, "IdentityProvider", own)?;
                }
            }
            Document::ResourceServer(server) => {
                let own = take(server.clone(), &["Identifier", "Name", "Scopes"], &SHOWN, "resource server", notes);
                add(&mut pools, text(server, "UserPoolId"), "ResourceServer", own)?;
            }
            Document::MfaConfig(config) => {
                let pool = find(&mut pools, last.as_deref().unwrap_or_default())?;
                pool.extend(mfa(config, notes));
            }
            Document::Users(list) => {
                let pool = find(&mut pools, last.as_deref().unwrap_or_default())?;
                let users = list.iter().filter_map(|user| users::user(pool, user, notes)).collect::<Vec<_>>();
                push(pool, "User", users);
            }
            Document::IdentityPool(_) | Document::IdentityPoolRoles(_) => {}
        }
    }
    for pool in &mut pools {
        let unread = pool.remove("mfa").filter(|_| !pool.contains_key("MfaConfiguration"));
        if unread.is_some() {
            let id = text(pool, "Id");
            notes.add(format!("user pool {id}: MFA is off. Import what get-user-pool-mfa-config prints to have it."));
        }
    }
    Ok(pools)
}

fn pool(mut described: Map<String, Value>, notes: &mut Notes) -> Map<String, Value> {
    let place = format!("user pool {}", text(&described, "Id"));
    // AWS shows a copy of a member of the password policy.
    if let Some(Value::Object(config)) = described.get_mut("AdminCreateUserConfig") {
        config.remove("UnusedAccountValidityDays");
    }
    let mut own = take(described.clone(), &POOL, &POOL_SHOWN, &place, notes);
    own.insert("Id".into(), described.get("Id").cloned().unwrap_or_default());
    own.insert("PoolName".into(), described.get("Name").cloned().unwrap_or_default());
    if let Some(prefix) = described.get("Domain").filter(|domain| domain.is_string()) {
        own.insert("Domain".into(), json!({ "Domain": prefix }));
    }
    if described.contains_key("CustomDomain") {
        notes.add(format!(
            "{place}: CustomDomain was not taken over: the domain of every pool is the emulator's address."
        ));
    }
    let schema = described.get("SchemaAttributes").and_then(Value::as_array);
    let schema: Vec<Value> = schema.into_iter().flatten().filter_map(attribute).collect();
    if !schema.is_empty() {
        own.insert("Schema".into(), schema.into());
    }
    if !["", "OFF"].contains(&text(&described, "MfaConfiguration")) {
        own.insert("mfa".into(), json!(true));
    }
    own
}

/// What `CreateUserPool` must be told of an attribute: custom ones, and those that a pool requires.
fn attribute(shown: &Value) -> Option<Value> {
    let name = shown.get("Name")?.as_str()?;
    let mut own = shown.clone();
    let custom = name.strip_prefix("custom:").or_else(|| name.strip_prefix("dev:custom:"));
    if let Some(custom) = custom {
        own["Name"] = json!(custom);
        return Some(own);
    }
    let required = shown.get("Required").and_then(Value::as_bool).unwrap_or_default();
    (required && name != "sub").then_some(own)
}

fn mfa(config: &Map<String, Value>, notes: &mut Notes) -> Map<String, Value> {
    let mut own = take(config.clone(), &MFA, &["SmsMfaConfiguration"], "MFA", notes);
    if config.contains_key("SmsMfaConfiguration") {
        own.extend(config.get_key_value("SmsMfaConfiguration").map(|(key, value)| (key.clone(), value.clone())));
    }
    own
}

fn identity_provider(shown: &Map<String, Value>, notes: &mut Notes) -> Option<Map<String, Value>> {
    let name = text(shown, "ProviderName");
    if text(shown, "ProviderType") == "SignInWithApple" {
        notes.add(format!(
            "identity provider {name} was not taken over: AWS does not show its private_key. Add it with the key of the built-in configuration (--print-config)."
        ));
        return None;
    }
    let members = ["ProviderName", "ProviderType", "ProviderDetails", "AttributeMapping", "IdpIdentifiers"];
    let mut own = take(shown.clone(), &members, &SHOWN, &format!("identity provider {name}"), notes);
    if let Some(Value::Object(details)) = own.get_mut("ProviderDetails") {
        details.remove("ActiveEncryptionCertificate");
    }
    Some(own)
}

fn find<'p>(pools: &'p mut [Map<String, Value>], id: &str) -> Result<&'p mut Map<String, Value>, String> {
    let found = pools.iter_mut().find(|pool| text(pool, "Id") == id);
    found.ok_or_else(|| match id {
        "" => "users and MFA settings don't name their pool: give its describe-user-pool before them".into(),
        id => format!("there is something of user pool {id}, but not what describe-user-pool prints about it"),
    })
}

fn add(pools: &mut [Map<String, Value>], id: &str, list: &str, item: Map<String, Value>) -> Result<(), String> {
    push(find(pools, id)?, list, vec![item]);
    Ok(())
}

fn push(pool: &mut Map<String, Value>, list: &str, items: Vec<Map<String, Value>>) {
    let place = pool.entry(list).or_insert_with(|| json!([]));
    place.as_array_mut().into_iter().for_each(|place| place.extend(items.iter().cloned().map(Value::Object)));
}
