//! Configurations that apps have already: Amplify's three, put into our words.

use crate::error::Error;
use crate::json::Value;

use super::check::bad;

/// Our form of an Amplify configuration; `None` if this is none.
pub(super) fn translate(json: &Value) -> Result<Option<Value>, Error> {
    if let Some(auth) = json.get("auth") {
        let oauth = auth.get("oauth").map(|oauth| {
            hosted_ui(oauth, "scopes", oauth.get("redirect_sign_in_uri"), oauth.get("redirect_sign_out_uri"))
        });
        let guests = auth.get("unauthenticated_identities_enabled");
        let names = Names {
            region: auth.get("aws_region"),
            pool: auth.get("user_pool_id"),
            client: auth.get("user_pool_client_id"),
            identity_pool: auth.get("identity_pool_id"),
            graphql: json.get("data").and_then(|api| appsync(api, OUTPUTS)),
            events: json.get("custom").and_then(|custom| custom.get("events")).and_then(|api| appsync(api, OUTPUTS)),
        };
        return Ok(Some(ours(json, &names, oauth, guests, None)));
    }
    if let Some(auth) = json.get("Auth") {
        let cognito = auth.get("Cognito").ok_or_else(|| bad("Auth.Cognito", "is required"))?;
        let oauth = cognito
            .get("loginWith")
            .and_then(|login| login.get("oauth"))
            .map(|oauth| hosted_ui(oauth, "scopes", oauth.get("redirectSignIn"), oauth.get("redirectSignOut")));
        let names = Names {
            region: None,
            pool: cognito.get("userPoolId"),
            client: cognito.get("userPoolClientId"),
            identity_pool: cognito.get("identityPoolId"),
            graphql: json.get("API").and_then(|api| api.get("GraphQL")).and_then(|api| appsync(api, RESOURCES)),
            events: json.get("API").and_then(|api| api.get("Events")).and_then(|api| appsync(api, RESOURCES)),
        };
        let endpoint = cognito.get("userPoolEndpoint");
        return Ok(Some(ours(json, &names, oauth, cognito.get("allowGuestAccess"), endpoint)));
    }
    if json.get("aws_project_region").is_some() || json.get("aws_user_pools_id").is_some() {
        let oauth = json.get("oauth").filter(|oauth| oauth.get("domain").is_some()).map(|oauth| {
            // Here the URLs are one text, apart by commas.
            let urls = |key| oauth.text(key).map(|urls| Value::Array(urls.split(',').map(Value::from).collect()));
            hosted_ui(oauth, "scope", urls("redirectSignIn").as_ref(), urls("redirectSignOut").as_ref())
        });
        let names = Names {
            region: json.get("aws_cognito_region").or_else(|| json.get("aws_project_region")),
            pool: json.get("aws_user_pools_id"),
            client: json.get("aws_user_pools_web_client_id"),
            identity_pool: json.get("aws_cognito_identity_pool_id"),
            graphql: appsync(json, EXPORTS),
            events: None,
        };
        return Ok(Some(ours(json, &names, oauth, None, None)));
    }
    Ok(None)
}

struct Names<'a> {
    region: Option<&'a Value>,
    pool: Option<&'a Value>,
    client: Option<&'a Value>,
    identity_pool: Option<&'a Value>,
    graphql: Option<Value>,
    events: Option<Value>,
}

/// What the four settings of an AppSync API are called.
const OUTPUTS: [&str; 4] = ["url", "aws_region", "api_key", "default_authorization_type"];
const RESOURCES: [&str; 4] = ["endpoint", "region", "apiKey", "defaultAuthMode"];
const EXPORTS: [&str; 4] =
    ["aws_appsync_graphqlEndpoint", "aws_appsync_region", "aws_appsync_apiKey", "aws_appsync_authenticationType"];

/// An AppSync API, if there is one.
fn appsync(api: &Value, [endpoint, region, api_key, auth_mode]: [&str; 4]) -> Option<Value> {
    let endpoint = api.get(endpoint)?;
    Some(
        Value::Object(Vec::new())
            .with_some("endpoint", Some(endpoint.clone()))
            .with_some("region", api.get(region).cloned())
            .with_some("apiKey", api.get(api_key).cloned())
            .with_some("defaultAuthMode", api.get(auth_mode).cloned()),
    )
}

fn ours(
    json: &Value,
    names: &Names<'_>,
    oauth: Option<Value>,
    guests: Option<&Value>,
    endpoint: Option<&Value>,
) -> Value {
    let user_pool = names.pool.map(|pool| {
        Value::Object(Vec::new())
            .with_some("userPoolId", Some(pool.clone()))
            .with_some("userPoolClientId", names.client.cloned())
            .with_some("oauth", oauth)
    });
    let identity_pool = names.identity_pool.map(|pool| {
        Value::Object(Vec::new())
            .with_some("identityPoolId", Some(pool.clone()))
            .with_some("allowGuestAccess", guests.cloned())
    });
    Value::Object(Vec::new())
        .with_some("region", names.region.cloned())
        .with_some("userPool", user_pool)
        .with_some("identityPool", identity_pool)
        .with_some("endpoint", json.get("endpoint").or(endpoint).cloned())
        .with_some("storage", json.get("storage").cloned())
        .with_some("origins", json.get("origins").cloned())
        .with_some("oidcProviders", json.get("oidcProviders").cloned())
        .with_some("graphql", json.get("graphql").cloned().or_else(|| names.graphql.clone()))
        .with_some("events", json.get("events").cloned().or_else(|| names.events.clone()))
}

fn hosted_ui(oauth: &Value, scopes: &str, sign_in: Option<&Value>, sign_out: Option<&Value>) -> Value {
    Value::Object(Vec::new())
        .with_some("domain", oauth.get("domain").cloned())
        .with_some("scopes", oauth.get(scopes).cloned())
        .with_some("redirectSignIn", sign_in.cloned())
        .with_some("redirectSignOut", sign_out.cloned())
}
