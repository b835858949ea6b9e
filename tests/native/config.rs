//! Configurations: ours, Amplify's three, and every way to get one wrong.

use poolpass::Config;
use poolpass::config::{AppSyncApi, Storage};
use poolpass::flow::redirect::RedirectSignIn;
use poolpass::json::Value;

use crate::stage::{Tab, block_on};

fn read(json: &str) -> Result<Config, String> {
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
        let (pool, oauth) = config.require_oauth().unwrap();
        assert_eq!((pool.id(), pool.client_id()), ("eu-west-1_AbCdEf123", "abc"));
        assert_eq!((oauth.url(), oauth.scopes()), ("https://d.example.com", &["openid".to_owned()][..]));
        assert_eq!((&*oauth.redirect_sign_in()[0], &*oauth.redirect_sign_out()[0]), ("https://a/", "https://b/"));
        assert!(config.identity_pool().unwrap().allow_guest_access());
    }
    let local =
        v6.replacen("{\"Auth\"", "{\"endpoint\": \"http://127.0.0.1:9400\", \"storage\": \"memory\", \"Auth\"", 1);
    let config = read(&local).unwrap();
    let idp_url = config.user_pool().unwrap().idp_url();
    assert_eq!((idp_url, config.storage()), ("http://127.0.0.1:9400/", Storage::Memory));
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
#[test]
fn an_aws_exports_file_has_amplifys_defaults() {
    let exports = |more: &str| {
        let text = r#"{"aws_project_region": "eu-west-1", "aws_user_pools_id": "eu-west-1_AbCdEf123", "aws_user_pools_web_client_id": "c",
            "aws_cognito_identity_pool_id": "eu-west-1:7a3f0c52", "aws_appsync_graphqlEndpoint": "https://a.example.com/graphql",
            "aws_appsync_apiKey": "da2-x", "oauth": {}"#;
        read(&format!("{text}{more}}}"))
    };
    for (sign_in, guests) in [
        ("", true),
        (r#", "aws_mandatory_sign_in": "disable""#, true),
        (r#", "aws_mandatory_sign_in": "enable""#, false),
    ] {
        assert_eq!(exports(sign_in).unwrap().identity_pool().unwrap().allow_guest_access(), guests, "{sign_in}");
    }
    for (word, mode) in [
        ("API_KEY", "apiKey"),
        ("AWS_IAM", "iam"),
        ("AMAZON_COGNITO_USER_POOLS", "userPool"),
        ("OPENID_CONNECT", "oidc"),
        ("AWS_LAMBDA", "lambda"),
        ("LAMBDA", "lambda"),
        ("NONE", "none"),
    ] {
        let config = exports(&format!(r#", "aws_appsync_authenticationType": "{word}""#)).unwrap();
        assert_eq!(config.appsync(AppSyncApi::GraphQl).unwrap().auth_mode().as_str(), mode, "{word}");
    }
    assert_eq!(exports("").unwrap().appsync(AppSyncApi::GraphQl).unwrap().auth_mode().as_str(), "iam");
    assert!(exports("").unwrap().user_pool().unwrap().oauth().is_none());
    // Without an identity pool there is nobody to be a guest of.
    let text = r#"{"aws_project_region": "eu-west-1", "aws_user_pools_id": "eu-west-1_A", "aws_user_pools_web_client_id": "c"}"#;
    assert!(read(text).unwrap().identity_pool().is_none());
}

/// Amplify asks a GraphQL API by `iam` where nothing else is written (`InternalGraphQLAPI.ts` of `@aws-amplify/api-graphql`);
/// an `API` of ours beside it keeps our default.
#[test]
fn an_amplify_api_uses_iam_by_default() {
    let pool =
        r#""Auth": {"Cognito": {"userPoolId": "eu-west-1_A", "userPoolClientId": "c", "allowGuestAccess": false}}"#;
    let api = r#"{"endpoint": "https://a.example.com/graphql"}"#;
    let mode = |json: &str| read(json).unwrap().appsync(AppSyncApi::GraphQl).unwrap().auth_mode().as_str();
    assert_eq!(mode(&format!(r#"{{{pool}, "API": {{"GraphQL": {api}}}}}"#)), "iam");
    assert_eq!(mode(&format!(r#"{{{pool}, "graphql": {api}}}"#)), "userPool");
    let outputs = r#"{"auth": {"user_pool_id": "eu-west-1_A", "user_pool_client_id": "c"}, "data": {"url": "https://a.example.com/graphql"}}"#;
    assert_eq!(mode(outputs), "iam");
}

/// A proxy of one service is not asked for another (`userPoolEndpoint` and `identityPoolEndpoint` of `AuthConfig`,
/// `@aws-amplify/core`); `poolpass-local`'s address is that of all.
#[test]
fn each_amplify_endpoint_applies_to_its_own_service() {
    let pools = r#""userPoolId": "eu-west-1_A", "userPoolClientId": "c", "identityPoolId": "eu-west-1:7a3f",
        "loginWith": {"oauth": {"domain": "auth.example.com"}}"#;
    let urls = |more: &str, beside: &str| {
        let config = read(&format!(r#"{{"Auth": {{"Cognito": {{{pools}{more}}}}}{beside}}}"#)).unwrap();
        let ((pool, oauth), identities) = (config.require_oauth().unwrap(), config.identity_pool().unwrap());
        [pool.idp_url(), identities.identity_url(), identities.sts_url(), oauth.url(), pool.jwks_url()]
            .map(String::from)
    };
    let [idp, identity] =
        ["https://cognito-idp.eu-west-1.amazonaws.com/", "https://cognito-identity.eu-west-1.amazonaws.com/"];
    let [sts, hosted] = ["https://sts.eu-west-1.amazonaws.com/", "https://auth.example.com"];
    let keys = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A/.well-known/jwks.json";
    let proxied = r#", "userPoolEndpoint": "https://proxy.example.com/idp/""#;
    assert_eq!(urls("", ""), [idp, identity, sts, hosted, keys]);
    assert_eq!(urls(proxied, ""), ["https://proxy.example.com/idp/", identity, sts, hosted, keys]);
    let other = r#", "identityPoolEndpoint": "https://proxy.example.com""#;
    assert_eq!(urls(other, ""), [idp, "https://proxy.example.com/", sts, hosted, keys]);
    let local = "http://localhost:9400/";
    let all = [local, local, local, "http://localhost:9400", "http://localhost:9400/eu-west-1_A/.well-known/jwks.json"];
    assert_eq!(urls(proxied, r#", "endpoint": "http://localhost:9400""#), all);
    let error =
        read(&format!(r#"{{"Auth": {{"Cognito": {{{pools}, "userPoolEndpoint": "http://proxy.example.com"}}}}}}"#));
    assert!(error.unwrap_err().starts_with("Configuration: Auth.Cognito.userPoolEndpoint "));
}

/// The file of an app that uses S3: `storage` there is no setting of ours.
#[test]
fn the_storage_section_of_amplify_outputs_is_ignored() {
    let outputs = r#"{"version": "1.3", "auth": {"user_pool_id": "eu-west-1_A", "user_pool_client_id": "c"},
        "storage": {"aws_region": "eu-west-1", "bucket_name": "b"}}"#;
    assert_eq!(read(outputs).unwrap().storage(), Storage::Local);
}

/// Whoever wrote Amplify's words is told in Amplify's words.
#[test]
fn mistakes_in_amplifys_configurations_name_amplifys_keys() {
    let outputs = |auth: &str| format!(r#"{{"version": "1", "auth": {{{auth}}}}}"#);
    let v6 = |cognito: &str| format!(r#"{{"Auth": {{"Cognito": {{{cognito}}}}}}}"#);
    let exports = |more: &str| format!(r#"{{"aws_project_region": "eu-west-1", {more}}}"#);
    let cases = [
        (outputs(r#""user_pool_id": "nope""#), "auth.user_pool_id"),
        (outputs(r#""user_pool_id": "eu-west-1_A""#), "auth.user_pool_client_id"),
        (outputs(r#""identity_pool_id": "eu-west-1""#), "auth.identity_pool_id"),
        (outputs(r#""aws_region": "eu-west-1""#), "auth.user_pool_id"),
        (
            outputs(
                r#""user_pool_id": "eu-west-1_A", "user_pool_client_id": "c", "oauth": {"domain": "a", "redirect_sign_in_uri": ["/x"]}"#,
            ),
            "auth.oauth.redirect_sign_in_uri",
        ),
        (
            outputs(r#""user_pool_id": "eu-west-1_A", "user_pool_client_id": "c", "oauth": {"scopes": []}"#),
            "auth.oauth.domain",
        ),
        (r#"{"Auth": {}}"#.to_owned(), "Auth.Cognito.userPoolId"),
        (v6(r#""userPoolId": "eu-west-1_A""#), "Auth.Cognito.userPoolClientId"),
        (v6(r#""identityPoolId": "eu-west-1:7a", "allowGuestAccess": "yes""#), "Auth.Cognito.allowGuestAccess"),
        (
            v6(
                r#""userPoolId": "eu-west-1_A", "userPoolClientId": "c", "loginWith": {"oauth": {"domain": "https://a"}}"#,
            ),
            "Auth.Cognito.loginWith.oauth.domain",
        ),
        (exports(r#""aws_user_pools_id": "eu-west-1_A""#), "aws_user_pools_web_client_id"),
        (exports(r#""aws_cognito_identity_pool_id": "x""#), "aws_cognito_identity_pool_id"),
        (
            exports(
                r#""aws_cognito_identity_pool_id": "eu-west-1:7a", "aws_appsync_graphqlEndpoint": "https://a/graphql", "aws_appsync_authenticationType": "X""#,
            ),
            "aws_appsync_authenticationType",
        ),
        (
            exports(
                r#""aws_cognito_identity_pool_id": "eu-west-1:7a", "aws_appsync_graphqlEndpoint": "https://a/graphql", "aws_appsync_authenticationType": "API_KEY""#,
            ),
            "aws_appsync_apiKey",
        ),
        // Ours beside it keep our names.
        (
            exports(r#""aws_cognito_identity_pool_id": "eu-west-1:7a", "graphql": {"endpoint": "nope"}"#),
            "graphql.endpoint",
        ),
        (exports(r#""aws_cognito_identity_pool_id": "eu-west-1:7a", "storage": "disk""#), "storage"),
    ];
    for (json, key) in cases {
        let message = read(&json).expect_err(&json);
        assert!(message.starts_with(&format!("Configuration: {key} ")), "{json}: {message}");
    }
    // Also when something is asked for that the configuration has not.
    let config = read(&v6(r#""userPoolId": "eu-west-1_A", "userPoolClientId": "c""#)).unwrap();
    let message = |error: poolpass::Error| error.message().into_owned();
    let oauth = message(config.require_oauth().unwrap_err());
    assert!(oauth.starts_with("Configuration: Auth.Cognito.loginWith.oauth.domain "), "{oauth}");
    let page = "https://app.example.com/";
    let json = v6(
        r#""userPoolId": "eu-west-1_A", "userPoolClientId": "c", "loginWith": {"oauth": {"domain": "a.example.com"}}"#,
    );
    let tab = Tab::open(&json, poolpass::memory::World::new().tab());
    let leave = RedirectSignIn { page_url: page.into(), ..RedirectSignIn::default() };
    let url = message(block_on(tab.client.sign_in_with_redirect(&leave)).err().unwrap());
    assert!(url.starts_with("Auth.Cognito.loginWith.oauth.redirectSignIn "), "{url}");
    let pool = message(config.require_identity_pool().unwrap_err());
    assert!(pool.starts_with("Configuration: Auth.Cognito.identityPoolId "), "{pool}");
}

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
