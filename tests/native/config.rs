//! Configurations: ours, Amplify's three, and every way to get one wrong.

use poolpass::Config;
use poolpass::config::Storage;
use poolpass::json::Value;

fn read(json: &str) -> Result<Config, String> {
    Config::read(&Value::parse(json).unwrap()).map_err(|error| {
        assert_eq!(error.code(), "bad_config");
        error.message().into_owned()
    })
}

const POOL: &str = r#"{"userPoolId": "eu-west-1_AbCdEf123", "userPoolClientId": "1h57kf5cpq17m0eml12example"}"#;

#[test]
fn ours_whole() {
    let config = read(
        r#"{"region": "eu-west-1", "storage": "session", "endpoint": "http://localhost:9400/",
            "userPool": {"userPoolId": "eu-west-1_AbCdEf123", "userPoolClientId": "1h57kf5cpq17m0eml12EXAMPLE",
                "oauth": {"domain": "auth.example.com", "scopes": ["openid", "notes/read"],
                    "redirectSignIn": ["https://app.example.com/callback"], "redirectSignOut": ["https://app.example.com/"]}},
            "identityPool": {"identityPoolId": "eu-west-1:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11", "allowGuestAccess": true}}"#,
    )
    .unwrap();
    let pool = config.user_pool.as_ref().unwrap();
    assert_eq!((pool.id.as_str(), pool.name()), ("eu-west-1_AbCdEf123", "AbCdEf123"));
    assert_eq!(pool.oauth.as_ref().unwrap().scopes, ["openid", "notes/read"]);
    assert_eq!(pool.oauth.as_ref().unwrap().redirect_sign_in, ["https://app.example.com/callback"]);
    assert!(config.identity_pool.as_ref().unwrap().allow_guest_access);
    assert_eq!((config.region.as_str(), config.storage), ("eu-west-1", Storage::Session));
    assert_eq!(config.idp_url(), "http://localhost:9400/");
}

#[test]
fn the_endpoint_follows_the_partition() {
    let url = |region: &str| {
        read(&format!(r#"{{"userPool": {{"userPoolId": "{region}_A1", "userPoolClientId": "c"}}}}"#)).unwrap().idp_url()
    };
    for (region, url_of) in [
        ("us-east-1", "https://cognito-idp.us-east-1.amazonaws.com/"),
        ("us-gov-west-1", "https://cognito-idp.us-gov-west-1.amazonaws.com/"),
        ("cn-north-1", "https://cognito-idp.cn-north-1.amazonaws.com.cn/"),
        ("eusc-de-east-1", "https://cognito-idp.eusc-de-east-1.amazonaws.eu/"),
        ("us-iso-east-1", "https://cognito-idp.us-iso-east-1.c2s.ic.gov/"),
        ("us-isob-east-1", "https://cognito-idp.us-isob-east-1.sc2s.sgov.gov/"),
    ] {
        assert_eq!(url(region), url_of);
    }
}

#[test]
fn amplify_configurations_are_taken_as_they_are() {
    let outputs = r#"{"version": "1", "auth": {"aws_region": "eu-west-1", "user_pool_id": "eu-west-1_AbCdEf123",
        "user_pool_client_id": "abc", "identity_pool_id": "eu-west-1:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11",
        "oauth": {"identity_providers": ["GOOGLE"], "domain": "d.example.com", "scopes": ["openid"],
            "redirect_sign_in_uri": ["https://a/"], "redirect_sign_out_uri": ["https://b/"], "response_type": "code"},
        "mfa_methods": [], "unauthenticated_identities_enabled": true},
        "data": {"url": "https://api.example.com/graphql", "aws_region": "eu-west-1", "default_authorization_type": "AMAZON_COGNITO_USER_POOLS"}}"#;
    let v6 = r#"{"Auth": {"Cognito": {"userPoolId": "eu-west-1_AbCdEf123", "userPoolClientId": "abc",
        "identityPoolId": "eu-west-1:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11", "allowGuestAccess": true, "mfa": {"status": "on"},
        "loginWith": {"email": true, "oauth": {"domain": "d.example.com", "scopes": ["openid"],
            "redirectSignIn": ["https://a/"], "redirectSignOut": ["https://b/"], "responseType": "code"}}}}}"#;
    let exports = r#"{"aws_project_region": "eu-west-1", "aws_cognito_region": "eu-west-1",
        "aws_user_pools_id": "eu-west-1_AbCdEf123", "aws_user_pools_web_client_id": "abc",
        "aws_cognito_identity_pool_id": "eu-west-1:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11",
        "oauth": {"domain": "d.example.com", "scope": ["openid"], "redirectSignIn": "https://a/", "redirectSignOut": "https://b/"}}"#;
    for json in [outputs, v6, exports] {
        let config = read(json).unwrap();
        let pool = config.user_pool.unwrap();
        assert_eq!((pool.id.as_str(), pool.client_id.as_str()), ("eu-west-1_AbCdEf123", "abc"));
        let oauth = pool.oauth.unwrap();
        assert_eq!((oauth.domain.as_str(), oauth.scopes.as_slice()), ("d.example.com", &["openid".to_owned()][..]));
        assert_eq!(
            (oauth.redirect_sign_in[0].as_str(), oauth.redirect_sign_out[0].as_str()),
            ("https://a/", "https://b/")
        );
        assert_eq!(config.identity_pool.unwrap().allow_guest_access, !json.contains("aws_user_pools_id"));
    }
    let local =
        v6.replacen("{\"Auth\"", "{\"endpoint\": \"http://127.0.0.1:9400\", \"storage\": \"memory\", \"Auth\"", 1);
    let config = read(&local).unwrap();
    assert_eq!((config.idp_url().as_str(), config.storage), ("http://127.0.0.1:9400/", Storage::Memory));
}

#[test]
fn every_mistake_names_the_setting() {
    let with = |more: &str| format!(r#"{{"userPool": {POOL}, {more}}}"#);
    let pool =
        |id: &str, client: &str| format!(r#"{{"userPool": {{"userPoolId": "{id}", "userPoolClientId": "{client}"}}}}"#);
    let cases = [
        ("[]".to_owned(), "the configuration"),
        ("{}".to_owned(), "userPool"),
        (with(r#""regio": "x""#), "regio"),
        (with(r#""region": 7"#), "region"),
        (with(r#""region": "us-east-1""#), "userPool.userPoolId"),
        (with(r#""storage": "disk""#), "storage"),
        (with(r#""storage": "worker""#), "storage"),
        (with(r#""endpoint": "http://example.com""#), "endpoint"),
        (with(r#""endpoint": "http://localhost.example.com""#), "endpoint"),
        (with(r#""endpoint": "http://localhost:9400/path""#), "endpoint"),
        (with(r#""endpoint": "http://user@localhost""#), "endpoint"),
        (with(r#""endpoint": "https://evil.com#.localhost""#), "endpoint"),
        (with(r#""endpoint": "http://evil.com/.localhost""#), "endpoint"),
        (with(r#""endpoint": "localhost:9400""#), "endpoint"),
        (with(r#""endpoint": "http://localhost:port""#), "endpoint"),
        (with(r#""identityPool": {"identityPoolId": "nope"}"#), "identityPool.identityPoolId"),
        (with(r#""identityPool": {"identityPoolId": "us-east-1:7a3f0c52"}"#), "identityPool.identityPoolId"),
        (
            with(r#""identityPool": {"identityPoolId": "eu-west-1:7a3f0c52", "allowGuestAccess": "yes"}"#),
            "identityPool.allowGuestAccess",
        ),
        (pool("eu-west-1", "c"), "userPool.userPoolId"),
        (pool("eu-west_A", "c"), "userPool.userPoolId"),
        (pool("EU-WEST-1_A", "c"), "userPool.userPoolId"),
        (pool("eu-west-1_A b", "c"), "userPool.userPoolId"),
        (pool("eu-west-1_A", "c d"), "userPool.userPoolClientId"),
        (r#"{"userPool": {"userPoolId": "eu-west-1_A"}}"#.to_owned(), "userPool.userPoolClientId"),
        (r#"{"userPool": "eu-west-1_A"}"#.to_owned(), "userPool"),
        (POOL.replace('{', r#"{"userPool": {"secret": "s", "#) + "}", "userPool.secret"),
        (POOL.replace('{', r#"{"userPool": {"oauth": {"domain": "https://a"}, "#) + "}", "oauth.domain"),
        (POOL.replace('{', r#"{"userPool": {"oauth": {"domain": "a", "scopes": "openid"}, "#) + "}", "oauth.scopes"),
        (r#"{"Auth": {}}"#.to_owned(), "Auth.Cognito"),
        (
            with(
                r#""identityPool": {"identityPoolId": "eu-west-1:7a3f0c52", "basicFlow": {"authenticatedRoleArn": "a", "durationSeconds": 900.5}}"#,
            ),
            "basicFlow.durationSeconds",
        ),
    ];
    for (json, key) in cases {
        let message = read(&json).expect_err(&json);
        assert!(message.starts_with(&format!("Configuration: {key} ")), "{json}: {message}");
    }
}

#[test]
fn this_machine_may_be_spoken_to_in_the_clear() {
    for endpoint in [
        "http://localhost:9400",
        "http://127.0.0.1",
        "http://[::1]:9400",
        "http://auth.localhost",
        "https://proxy.example.com:8443",
    ] {
        let config = read(&format!(r#"{{"userPool": {POOL}, "endpoint": "{endpoint}"}}"#)).unwrap();
        assert_eq!(config.idp_url(), format!("{endpoint}/"));
    }
}

#[test]
fn an_address_that_no_browser_takes_is_refused_wherever_it_stands() {
    let hosts = ["a:99999", "1.2.3.4.5", "a.1", "a:", "a:080", "user@a", "a b", "ä.example", "[::2]"];
    for host in hosts {
        for (json, key) in [
            (format!(r#""origins": [{{"origin": "https://{host}", "auth": "id"}}]"#), "origins.origin"),
            (format!(r#""endpoint": "https://{host}""#), "endpoint"),
            (format!(r#""graphql": {{"endpoint": "https://{host}/graphql"}}"#), "graphql.endpoint"),
            (format!(r#""events": {{"endpoint": "https://{host}/event"}}"#), "events.endpoint"),
            (format!(r#""oidcProviders": {{"x": {{"issuer": "https://{host}", "clientId": "c"}}}}"#), "x.issuer"),
        ] {
            let message = read(&format!(r#"{{"userPool": {POOL}, {json}}}"#)).expect_err(&json);
            assert!(message.starts_with(&format!("Configuration: {key} ")), "{json}: {message}");
        }
        let oauth = |more: &str| {
            let pool = POOL.replacen('{', &format!(r#"{{"oauth": {{"domain": "a.example"{more}}}, "#), 1);
            read(&format!(r#"{{"userPool": {pool}}}"#))
        };
        for key in ["redirectSignIn", "redirectSignOut"] {
            let message = oauth(&format!(r#", "{key}": ["https://{host}/"]"#)).expect_err(host);
            assert!(message.starts_with(&format!("Configuration: oauth.{key} ")), "{message}");
        }
        let pool = POOL.replacen('{', &format!(r#"{{"oauth": {{"domain": "{host}"}}, "#), 1);
        let message = read(&format!(r#"{{"userPool": {pool}}}"#)).expect_err(host);
        assert!(message.starts_with("Configuration: oauth.domain "), "{message}");
        assert!(oauth(r#", "redirectSignIn": ["myapp://callback", "https://a.example:8443/x"]"#).is_ok());
    }
}
