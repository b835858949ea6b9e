//! What ID and access tokens say (Amazon Cognito Developer Guide, "Understanding user pool JSON web tokens").

use serde_json::{Map, Value, json};

use super::providers::identities_claim;
use super::{AppClient, Group, OAuthGrant, User, UserPool};

/// One sign-in, as all its tokens tell it.
pub(crate) struct Session<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) event_id: &'a str,
    /// Common to all tokens of one sign-in; absent when neither revocation nor rotation is on.
    pub(crate) origin_jti: Option<&'a str>,
    /// Seconds since 1970.
    pub(crate) auth_time: u64,
    /// Seconds since 1970.
    pub(crate) issued_at: u64,
    /// What the hosted UI granted; `None` after a sign-in by the API.
    pub(crate) oauth: Option<&'a OAuthGrant>,
    /// The claims `acr` and `amr`.
    pub(crate) acr: Option<(&'a str, Vec<&'static str>)>,
    pub(crate) device_key: Option<&'a str>,
}

/// The scope of every API sign-in.
pub(crate) const API_SCOPE: &str = "aws.cognito.signin.user.admin";

/// The claims of an access token.
pub(crate) fn access_claims(
    pool: &UserPool,
    client: &AppClient,
    user: &User,
    session: &Session<'_>,
    jti: String,
) -> Map<String, Value> {
    let mut claims = shared(pool, user, session, jti, client.access_token_seconds());
    claims.insert("token_use".into(), json!("access"));
    claims.insert("client_id".into(), json!(client.id));
    claims.insert("username".into(), json!(user.username));
    if let Some(key) = session.device_key {
        claims.insert("device_key".into(), json!(key));
    }
    match session.oauth {
        None => drop(claims.insert("scope".into(), json!(API_SCOPE))),
        Some(grant) => claims.extend(oauth_claims(grant)),
    }
    claims
}

/// The claims of an ID token.
pub(crate) fn id_claims(
    pool: &UserPool,
    client: &AppClient,
    user: &User,
    session: &Session<'_>,
    jti: String,
) -> Map<String, Value> {
    let mut claims = shared(pool, user, session, jti, client.id_token_seconds());
    claims.insert("token_use".into(), json!("id"));
    claims.insert("aud".into(), json!(client.id));
    claims.insert("cognito:username".into(), json!(user.username));
    let shown = |name: &str| client.may_read(name) && session.oauth.is_none_or(|grant| grant.shows(name));
    for (name, value) in user.attributes.iter().filter(|(name, _)| shown(name)) {
        claims.insert(name.clone(), attribute_claim(name, value));
    }
    if let Some(identities) = identities_claim(&user.identities) {
        claims.insert("identities".into(), identities);
    }
    let roles: Vec<&str> = pool.groups_of(user).filter_map(|group| group.settings.role_arn.as_deref()).collect();
    if !roles.is_empty() {
        claims.insert("cognito:roles".into(), json!(roles));
    }
    if let Some(role) = pool.preferred_role(user) {
        claims.insert("cognito:preferred_role".into(), json!(role));
    }
    claims
}

/// The claims of an access token of the client itself, from the grant client_credentials.
pub(crate) fn client_claims(
    client: &AppClient,
    issuer: &str,
    grant: &OAuthGrant,
    now: u64,
    jti: String,
) -> Map<String, Value> {
    let mut claims = Map::from_iter([
        ("sub".to_owned(), json!(client.id)),
        ("client_id".to_owned(), json!(client.id)),
        ("token_use".to_owned(), json!("access")),
        ("iss".to_owned(), json!(issuer)),
        ("auth_time".to_owned(), json!(now)),
        ("iat".to_owned(), json!(now)),
        ("exp".to_owned(), json!(now + client.access_token_seconds())),
        ("jti".to_owned(), json!(jti)),
    ]);
    claims.extend(oauth_claims(grant));
    claims
}

fn oauth_claims(grant: &OAuthGrant) -> Map<String, Value> {
    let mut claims =
        Map::from_iter([("scope".to_owned(), json!(grant.scopes.join(" "))), ("version".to_owned(), json!(2))]);
    if let Some(resource) = &grant.resource {
        claims.insert("aud".into(), json!(resource));
    }
    claims
}

fn shared(pool: &UserPool, user: &User, session: &Session<'_>, jti: String, seconds: u64) -> Map<String, Value> {
    let mut claims = Map::from_iter([
        ("sub".to_owned(), json!(user.sub)),
        ("iss".to_owned(), json!(session.issuer)),
        ("event_id".to_owned(), json!(session.event_id)),
        ("auth_time".to_owned(), json!(session.auth_time)),
        ("iat".to_owned(), json!(session.issued_at)),
        ("exp".to_owned(), json!(session.issued_at + seconds)),
    ]);
    let groups: Vec<&str> = pool.groups_of(user).map(Group::name).collect();
    if !groups.is_empty() {
        claims.insert("cognito:groups".into(), json!(groups));
    }
    if let Some((level, methods)) = &session.acr {
        claims.insert("acr".into(), json!(level));
        claims.insert("amr".into(), json!(methods));
    }
    if let Some(origin_jti) = session.origin_jti {
        claims.insert("origin_jti".into(), json!(origin_jti));
        claims.insert("jti".into(), json!(jti));
    }
    claims
}

fn attribute_claim(name: &str, value: &str) -> Value {
    match name {
        "email_verified" | "phone_number_verified" => json!(value == "true"),
        "updated_at" => value.parse::<u64>().map_or_else(|_| json!(value), |seconds| json!(seconds)),
        _ => json!(value),
    }
}
