//! Configurations: ours, Amplify's three, and every way to get one wrong.

use poolpass::Config;
use poolpass::config::Storage;
use poolpass::json::Value;

pub(crate) fn read(json: &str) -> Result<Config, String> {
    Config::read(&Value::parse(json).unwrap()).map_err(|error| {
        assert_eq!(error.code(), "bad_config");
        error.message().into_owned()
    })
}

const POOL: &str = r#"{"userPoolId": "eu-west-1_AbCdEf123", "userPoolClientId": "1h57kf5cpq17m0eml12example"}"#;

#[test]
fn a_configuration_in_our_form_is_read() {
    let config = read(
        r#"{"region": "eu-west-1", "storage": "session", "endpoint": "http://localhost:9400/",
            "userPool": {"userPoolId": "eu-west-1_AbCdEf123", "userPoolClientId": "1h57kf5cpq17m0eml12EXAMPLE",
                "oauth": {"domain": "auth.example.com", "scopes": ["openid", "notes/read"],
                    "redirectSignIn": ["https://app.example.com/callback"], "redirectSignOut": ["https://app.example.com/"]}},
            "identityPool": {"identityPoolId": "eu-west-1:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11", "allowGuestAccess": true}}"#,
    )
    .unwrap();
    let (pool, oauth) = config.require_oauth().unwrap();
    assert_eq!((pool.id(), pool.name()), ("eu-west-1_AbCdEf123", "AbCdEf123"));
    assert_eq!(oauth.scopes(), ["openid", "notes/read"]);
    assert_eq!(oauth.redirect_sign_in(), ["https://app.example.com/callback"]);
    assert!(config.identity_pool().unwrap().allow_guest_access());
    assert_eq!((config.region(), config.storage()), ("eu-west-1", Storage::Session));
    assert_eq!(pool.idp_url(), "http://localhost:9400/");
}

#[test]
fn the_endpoint_follows_the_partition() {
    let url = |region: &str| {
        let json = format!(r#"{{"userPool": {{"userPoolId": "{region}_A1", "userPoolClientId": "c"}}}}"#);
        read(&json).unwrap().user_pool().unwrap().idp_url().to_owned()
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
fn every_mistake_names_the_setting() {
    let with = |more: &str| format!(r#"{{"userPool": {POOL}, {more}}}"#);
    let pool =
        |id: &str, client: &str| format!(r#"{{"userPool": {{"userPoolId": "{id}", "userPoolClientId": "{client}"}}}}"#);
    let cases = [
        ("[]".to_owned(), "the configuration"),
        ("{}".to_owned(), "userPool"),
        (with(r#""regio": "x""#), "regio"),
        (with(r#""region": 7"#), "region"),
        (with(r#""region": "Ireland""#), "region"),
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
        (POOL.replace('{', r#"{"userPool": {"oauth": {"domain": "https://a"}, "#) + "}", "userPool.oauth.domain"),
        (
            POOL.replace('{', r#"{"userPool": {"oauth": {"domain": "a", "scopes": "openid"}, "#) + "}",
            "userPool.oauth.scopes",
        ),
        (with(r#""oidcProviders": {"work": {"clientId": "spa"}}"#), "oidcProviders.work.issuer"),
        (with(r#""oidcProviders": {"work": 7}"#), "oidcProviders.work"),
        (
            with(r#""origins": [{"origin": "https://a.example.com", "auth": "id"}, {"auth": "id"}]"#),
            "origins[1].origin",
        ),
        (with(r#""origins": [7]"#), "origins[0]"),
        (
            with(
                r#""identityPool": {"identityPoolId": "eu-west-1:7a3f0c52", "basicFlow": {"authenticatedRoleArn": "a", "durationSeconds": 900.5}}"#,
            ),
            "identityPool.basicFlow.durationSeconds",
        ),
        (
            with(r#""identityPool": {"identityPoolId": "eu-west-1:7a3f", "basicFlow": {}}"#),
            "identityPool.basicFlow.authenticatedRoleArn",
        ),
    ];
    for (json, key) in cases {
        let message = read(&json).expect_err(&json);
        assert!(message.starts_with(&format!("Configuration: {key} ")), "{json}: {message}");
    }
}

#[test]
fn a_configuration_can_be_parsed_from_json_text() {
    let config: Config = format!(r#"{{"userPool": {POOL}}}"#).parse().unwrap();
    assert_eq!(config.user_pool().unwrap().id(), "eu-west-1_AbCdEf123");
    for text in ["", "{", "{}x", "{'userPool': 1}"] {
        let error = text.parse::<Config>().unwrap_err();
        assert_eq!(
            (error.code(), &*error.message()),
            ("bad_config", "Configuration: the configuration is not valid JSON.")
        );
    }
}

#[test]
fn an_endpoint_on_this_machine_may_use_http() {
    for endpoint in [
        "http://localhost:9400",
        "http://127.0.0.1",
        "http://[::1]:9400",
        "http://auth.localhost",
        "https://proxy.example.com:8443",
    ] {
        let config = read(&format!(r#"{{"userPool": {POOL}, "endpoint": "{endpoint}"}}"#)).unwrap();
        assert_eq!(config.user_pool().unwrap().idp_url(), format!("{endpoint}/"));
    }
}

/// AWS lets an app use pools of several regions, and so does Amplify, which reads the region of each pool off its id
/// (`getRegionFromUserPoolId` and `getRegionFromIdentityPoolId` of `@aws-amplify/auth`, `src/foundation/parsers/regionParsers.ts`).
#[test]
fn each_pools_region_comes_from_its_id() {
    let user_pool = r#"{"userPoolId": "us-east-1_AbCdEf123", "userPoolClientId": "c"}"#;
    let identity_pool = r#"{"identityPoolId": "us-west-2:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11"}"#;
    let ours = format!(r#"{{"userPool": {user_pool}, "identityPool": {identity_pool}}}"#);
    let with_region = ours.replacen('{', r#"{"region": "eu-west-1", "#, 1);
    let v6 = r#"{"Auth": {"Cognito": {"userPoolId": "us-east-1_AbCdEf123", "userPoolClientId": "c",
        "identityPoolId": "us-west-2:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11"}}}"#;
    let outputs = r#"{"auth": {"aws_region": "eu-west-1", "user_pool_id": "us-east-1_AbCdEf123", "user_pool_client_id": "c",
        "identity_pool_id": "us-west-2:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11"}}"#;
    let exports = r#"{"aws_project_region": "eu-west-1", "aws_user_pools_id": "us-east-1_AbCdEf123",
        "aws_user_pools_web_client_id": "c", "aws_cognito_identity_pool_id": "us-west-2:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11"}"#;
    for json in [&ours, &with_region, v6, outputs, exports] {
        let config = read(json).unwrap();
        let (pool, identities) = (config.user_pool().unwrap(), config.identity_pool().unwrap());
        assert_eq!(pool.idp_url(), "https://cognito-idp.us-east-1.amazonaws.com/", "{json}");
        assert_eq!(identities.identity_url(), "https://cognito-identity.us-west-2.amazonaws.com/", "{json}");
        assert_eq!(identities.sts_url(), "https://sts.us-west-2.amazonaws.com/", "{json}");
        assert_eq!(pool.login_name(), "cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf123", "{json}");
        assert_eq!(pool.issuers()[0], "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf123");
        let keys = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf123/.well-known/jwks.json";
        assert_eq!(pool.jwks_url(), keys, "{json}");
    }
    // What has no pool's region is in the one that is written, else in the user pool's.
    assert_eq!(read(&with_region).unwrap().region(), "eu-west-1");
    assert_eq!(read(exports).unwrap().region(), "eu-west-1");
    assert_eq!(read(&ours).unwrap().region(), "us-east-1");
    let guests = read(&format!(r#"{{"identityPool": {identity_pool}}}"#)).unwrap();
    assert_eq!(guests.region(), "us-west-2");
    assert_eq!(guests.identity_pool().unwrap().identity_url(), "https://cognito-identity.us-west-2.amazonaws.com/");
}

/// As `parseAWSExports` of `@aws-amplify/core` has it (`src/parseAWSExports.ts`).
/// Amplify asks a GraphQL API by `iam` where nothing else is written (`InternalGraphQLAPI.ts` of `@aws-amplify/api-graphql`);
/// an `API` of ours beside it keeps our default.
/// A proxy of one service is not asked for another (`userPoolEndpoint` and `identityPoolEndpoint` of `AuthConfig`,
/// `@aws-amplify/core`); `poolpass-local`'s address is that of all.
/// The file of an app that uses S3: `storage` there is no setting of ours.
/// Whoever wrote Amplify's words is told in Amplify's words.
#[test]
fn every_setting_refuses_an_address_that_browsers_refuse() {
    let hosts = ["a:99999", "1.2.3.4.5", "a.1", "a:", "a:080", "user@a", "a b", "ä.example", "[::2]"];
    for host in hosts {
        for (json, key) in [
            (format!(r#""origins": [{{"origin": "https://{host}", "auth": "id"}}]"#), "origins[0].origin"),
            (format!(r#""endpoint": "https://{host}""#), "endpoint"),
            (format!(r#""graphql": {{"endpoint": "https://{host}/graphql"}}"#), "graphql.endpoint"),
            (format!(r#""events": {{"endpoint": "https://{host}/event"}}"#), "events.endpoint"),
            (
                format!(r#""oidcProviders": {{"x": {{"issuer": "https://{host}", "clientId": "c"}}}}"#),
                "oidcProviders.x.issuer",
            ),
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
            assert!(message.starts_with(&format!("Configuration: userPool.oauth.{key}")), "{message}");
        }
        let pool = POOL.replacen('{', &format!(r#"{{"oauth": {{"domain": "{host}"}}, "#), 1);
        let message = read(&format!(r#"{{"userPool": {pool}}}"#)).expect_err(host);
        assert!(message.starts_with("Configuration: userPool.oauth.domain "), "{message}");
        assert!(oauth(r#", "redirectSignIn": ["myapp://callback", "https://a.example:8443/x"]"#).is_ok());
    }
}
