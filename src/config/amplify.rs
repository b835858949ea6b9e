//! The three forms of Amplify's configuration, translated into ours.
//!
//! Source: `parseAmplifyOutputs.ts` and `parseAWSExports.ts` of `@aws-amplify/core` 6, defaults included.

use super::Parts;
use crate::json::Value;

/// A setting's path in our form, and in Amplify's. The first of a group (`userPool`, `graphql`, …) is the one without
/// which the group does not exist.
type Row = (&'static str, &'static str);

/// The names of the settings that the [`Parts`] read: always, for the hosted UI, the identity pool's ID, for AWS.
pub(super) type Names = [&'static [Row]; 4];

/// Ours.
pub(super) const OUR_NAMES: Names = [&[]; 4];

/// `amplify_outputs.json`
const fn outputs(parts: Parts) -> Names {
    [
        &[
            ("region", "auth.aws_region"),
            ("userPool.userPoolId", "auth.user_pool_id"),
            ("userPool.userPoolClientId", "auth.user_pool_client_id"),
        ],
        if parts.hosted_ui {
            &[
                ("userPool.oauth.domain", "auth.oauth.domain"),
                ("userPool.oauth.scopes", "auth.oauth.scopes"),
                ("userPool.oauth.redirectSignIn", "auth.oauth.redirect_sign_in_uri"),
                ("userPool.oauth.redirectSignOut", "auth.oauth.redirect_sign_out_uri"),
            ]
        } else {
            &[]
        },
        &[("identityPool.identityPoolId", "auth.identity_pool_id")],
        if parts.aws {
            &[
                ("identityPool.allowGuestAccess", "auth.unauthenticated_identities_enabled"),
                ("graphql.endpoint", "data.url"),
                ("graphql.region", "data.aws_region"),
                ("graphql.apiKey", "data.api_key"),
                ("graphql.defaultAuthMode", "data.default_authorization_type"),
                ("events.endpoint", "custom.events.url"),
                ("events.region", "custom.events.aws_region"),
                ("events.apiKey", "custom.events.api_key"),
                ("events.defaultAuthMode", "custom.events.default_authorization_type"),
            ]
        } else {
            &[]
        },
    ]
}

/// Amplify v6's `ResourcesConfig`.
const fn resources(parts: Parts) -> Names {
    [
        &[
            ("userPool.userPoolId", "Auth.Cognito.userPoolId"),
            ("userPool.userPoolClientId", "Auth.Cognito.userPoolClientId"),
            ("userPool.endpoint", "Auth.Cognito.userPoolEndpoint"),
        ],
        if parts.hosted_ui {
            &[
                ("userPool.oauth.domain", "Auth.Cognito.loginWith.oauth.domain"),
                ("userPool.oauth.scopes", "Auth.Cognito.loginWith.oauth.scopes"),
                ("userPool.oauth.redirectSignIn", "Auth.Cognito.loginWith.oauth.redirectSignIn"),
                ("userPool.oauth.redirectSignOut", "Auth.Cognito.loginWith.oauth.redirectSignOut"),
            ]
        } else {
            &[]
        },
        &[("identityPool.identityPoolId", "Auth.Cognito.identityPoolId")],
        if parts.aws {
            &[
                ("identityPool.allowGuestAccess", "Auth.Cognito.allowGuestAccess"),
                ("identityPool.endpoint", "Auth.Cognito.identityPoolEndpoint"),
                ("graphql.endpoint", "API.GraphQL.endpoint"),
                ("graphql.region", "API.GraphQL.region"),
                ("graphql.apiKey", "API.GraphQL.apiKey"),
                ("graphql.defaultAuthMode", "API.GraphQL.defaultAuthMode"),
                ("events.endpoint", "API.Events.endpoint"),
                ("events.region", "API.Events.region"),
                ("events.apiKey", "API.Events.apiKey"),
                ("events.defaultAuthMode", "API.Events.defaultAuthMode"),
            ]
        } else {
            &[]
        },
    ]
}

/// `aws-exports.js`, or `amplifyconfiguration.json`
const fn exports(parts: Parts) -> Names {
    [
        &[
            ("region", "aws_cognito_region"),
            ("region", "aws_project_region"),
            ("userPool.userPoolId", "aws_user_pools_id"),
            ("userPool.userPoolClientId", "aws_user_pools_web_client_id"),
        ],
        if parts.hosted_ui {
            &[
                ("userPool.oauth.domain", "oauth.domain"),
                ("userPool.oauth.scopes", "oauth.scope"),
                ("userPool.oauth.redirectSignIn", "oauth.redirectSignIn"),
                ("userPool.oauth.redirectSignOut", "oauth.redirectSignOut"),
            ]
        } else {
            &[]
        },
        &[("identityPool.identityPoolId", "aws_cognito_identity_pool_id")],
        if parts.aws {
            &[
                (GUESTS, MANDATORY_SIGN_IN),
                ("graphql.endpoint", "aws_appsync_graphqlEndpoint"),
                ("graphql.region", "aws_appsync_region"),
                ("graphql.apiKey", "aws_appsync_apiKey"),
                ("graphql.defaultAuthMode", "aws_appsync_authenticationType"),
            ]
        } else {
            &[]
        },
    ]
}

const GUESTS: &str = "identityPool.allowGuestAccess";
const MANDATORY_SIGN_IN: &str = "aws_mandatory_sign_in";

/// Settings of ours that may stand beside Amplify's.
const OURS: [&str; 6] = ["endpoint", "storage", "origins", "oidcProviders", "graphql", "events"];

/// Our form of an Amplify configuration, and how the names correspond; `None` if this is not one.
pub(super) fn translate(json: &Value, parts: Parts) -> Option<(Value, Names)> {
    let has = |key| json.get(key).is_some();
    let names = if has("auth") {
        outputs(parts)
    } else if has("Auth") {
        resources(parts)
    } else if has("aws_project_region") || has("aws_user_pools_id") {
        exports(parts)
    } else {
        return None;
    };
    let mut ours = Value::Object(Vec::new());
    for key in OURS {
        // In amplify_outputs.json `storage` is an object: S3's buckets.
        let value = json.get(key).filter(|value| key != "storage" || value.members().is_none());
        ours = ours.with_some(key, value.cloned());
    }
    let (mut group, mut is_skipped) = ("", false);
    for &(path, theirs) in names.into_iter().flatten() {
        let value = find(json, theirs).filter(|value| !matches!(value, Value::Null));
        if let Some((first, _)) = path.split_once('.').filter(|(first, _)| *first != group) {
            group = first;
            is_skipped = value.is_none() || ours.get(first).is_some();
        }
        let is_skipped = if path.contains('.') { is_skipped } else { ours.get(path).is_some() };
        if let Some(value) = amplifys(path, theirs, value).filter(|_| !is_skipped) {
            set(&mut ours, path, value);
        }
    }
    Some((ours, names))
}

/// A value in our form, or Amplify's default.
fn amplifys(path: &str, theirs: &str, value: Option<&Value>) -> Option<Value> {
    let text = value.and_then(Value::as_str);
    if theirs == MANDATORY_SIGN_IN {
        return Some(Value::Bool(text != Some("enable")));
    }
    match text {
        // In aws-exports the URLs are one text, separated by commas.
        Some(urls) if path.starts_with("userPool.oauth.redirect") => {
            Some(Value::Array(urls.split(',').map(Value::from).collect()))
        }
        None if value.is_none() && path.ends_with(".defaultAuthMode") => Some(Value::from("iam")),
        _ => value.cloned(),
    }
}

/// What Amplify calls a setting of ours, or the first setting of a group.
pub(super) fn their_name(names: Names, path: &str) -> Option<&'static str> {
    let is_of = |ours: &str| ours.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    names.into_iter().flatten().find_map(|&(ours, theirs)| is_of(ours).then_some(theirs))
}

fn find<'a>(json: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(json, |value, key| value.get(key))
}

/// Sets a member, making the objects on the way.
fn set(object: &mut Value, path: &str, value: Value) {
    let Value::Object(members) = object else { return };
    let Some((first, rest)) = path.split_once('.') else {
        members.push((path.to_owned(), value));
        return;
    };
    if !members.iter().any(|(key, _)| key == first) {
        members.push((first.to_owned(), Value::Object(Vec::new())));
    }
    if let Some((_, inner)) = members.iter_mut().find(|(key, _)| key == first) {
        set(inner, rest, value);
    }
}
