//! A configuration that pages share of which each reads what it uses.

use poolpass::config::{AppSyncApi, Parts};
use poolpass::json::Value;
use poolpass::memory::World;
use poolpass::{Client, Config};

const SIGN_IN: Parts = Parts { hosted_ui: false, aws: false };
const USER_POOL: Parts = Parts { hosted_ui: true, aws: false };
const ALL: Parts = Parts { hosted_ui: true, aws: true };

fn read(json: &str, parts: Parts) -> Result<Config, String> {
    Config::read_parts(&Value::parse(json).unwrap(), parts).map_err(|error| error.message().into_owned())
}

/// The key that an error names.
fn wrong_key(json: &str, parts: Parts) -> Option<String> {
    let message = read(json, parts).err()?;
    Some(message.strip_prefix("Configuration: ").unwrap().split(' ').next().unwrap().to_owned())
}

#[test]
fn a_setting_is_checked_by_whom_it_is_for() {
    let pool = r#""userPoolId": "eu-west-1_A", "userPoolClientId": "c""#;
    let with = |more: &str| format!(r#"{{"userPool": {{{pool}}}, {more}}}"#);
    let domain = format!(r#"{{"userPool": {{{pool}, "oauth": {{"domain": "https://a"}}}}}}"#);
    let provider = with(r#""oidcProviders": {"work": {"issuer": "http://a"}}"#);
    let guests = with(r#""identityPool": {"identityPoolId": "eu-west-1:7a", "allowGuestAccess": "yes"}"#);
    let amplify = r#"{"Auth": {"Cognito": {"userPoolId": "eu-west-1_A", "userPoolClientId": "c", "loginWith": {"oauth": {}}}},
        "API": {"GraphQL": {"endpoint": 7}}}"#;
    // The setting, and whether `poolpass/sign-in`, `poolpass/user-pool` and `poolpass` refuse it.
    for (json, key, refusals) in [
        (&domain, "userPool.oauth.domain", [false, true, true]),
        (&provider, "oidcProviders.work.issuer", [false, true, true]),
        (&guests, "identityPool.allowGuestAccess", [false, false, true]),
        (&with(r#""graphql": {}"#), "graphql.endpoint", [false, false, true]),
        (&with(r#""events": 7"#), "events", [false, false, true]),
        (&with(r#""region": "Ireland""#), "region", [false, false, true]),
        (&amplify.to_owned(), "API.GraphQL.endpoint", [false, false, true]),
        (&with(r#""identityPool": {"identityPoolId": "x"}"#), "identityPool.identityPoolId", [true; 3]),
        (&with(r#""origins": [{"origin": "http://a", "auth": "id"}]"#), "origins[0].origin", [true; 3]),
        (&with(r#""storage": "disk""#), "storage", [true; 3]),
        (&with(r#""regio": "x""#), "regio", [true; 3]),
        (&"{}".to_owned(), "userPool", [true; 3]),
    ] {
        for (parts, is_refused) in [SIGN_IN, USER_POOL, ALL].into_iter().zip(refusals) {
            assert_eq!(wrong_key(json, parts).as_deref(), is_refused.then_some(key), "{json} {parts:?}");
        }
    }
}

#[test]
fn what_an_app_does_not_use_is_not_there() {
    let outputs = r#"{"version": "1.3", "auth": {"user_pool_id": "eu-west-1_A", "user_pool_client_id": "c",
        "identity_pool_id": "us-east-1:7a3f", "unauthenticated_identities_enabled": true,
        "oauth": {"domain": "auth.example.com", "scopes": ["openid"], "redirect_sign_in_uri": ["https://a.example/"]}},
        "data": {"url": "https://a.example/graphql", "aws_region": "eu-west-1"}, "storage": {"bucket_name": "b"}}"#;
    for (parts, oauth, aws) in [(SIGN_IN, false, false), (USER_POOL, true, false), (ALL, true, true)] {
        let config = read(outputs, parts).unwrap();
        assert_eq!(config.user_pool().unwrap().client_id(), "c");
        assert_eq!(config.require_oauth().is_ok(), oauth, "{parts:?}");
        assert_eq!(config.identity_pool().is_some(), aws, "{parts:?}");
        assert_eq!(config.appsync(AppSyncApi::GraphQl).is_some(), aws, "{parts:?}");
    }
}

/// Another page of the app has stored AWS credentials, and a user of another provider.
#[test]
fn a_sign_out_removes_what_other_pages_have_stored() {
    let json = r#"{"userPool": {"userPoolId": "eu-west-1_A", "userPoolClientId": "c"},
        "identityPool": {"identityPoolId": "eu-west-1:7a3f"},
        "oidcProviders": {"work": {"issuer": "https://work.example", "clientId": "spa"}}}"#;
    let stored = ["poolpass.v1.c.eu-west-1:7a3f.credentials.guest", "poolpass.v1.c.provider.work"];
    for parts in [SIGN_IN, USER_POOL, ALL] {
        let world = World::new();
        for key in stored {
            world.put(key, "{}");
        }
        let client = Client::new(read(json, parts).unwrap(), world.tab());
        world.run(client.sign_out_here(false)).unwrap();
        world.settle();
        assert_eq!(stored.map(|key| world.stored(key)), [None, None], "{parts:?}");
        assert!(world.stored("poolpass.v1.c.ended.guest").is_some(), "{parts:?}");
    }
}
