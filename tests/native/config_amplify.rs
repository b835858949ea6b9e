//! Amplify's three forms of a configuration, and every way to get one wrong.

use poolpass::config::{AppSyncApi, Storage};
use poolpass::flow::redirect::RedirectSignIn;

use crate::config::read;
use crate::stage::{Tab, block_on};

const APPSYNC: &str = "https://x.appsync-api.eu-west-1.amazonaws.com";

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

#[test]
fn the_storage_section_of_amplify_outputs_is_ignored() {
    let outputs = r#"{"version": "1.3", "auth": {"user_pool_id": "eu-west-1_A", "user_pool_client_id": "c"},
        "storage": {"aws_region": "eu-west-1", "bucket_name": "b"}}"#;
    assert_eq!(read(outputs).unwrap().storage(), Storage::Local);
}

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
        // Also where the message quotes the value.
        (
            r#"{"auth": {"identity_pool_id": "eu-west-1:7a"}, "data": {"url": "http://a.example/graphql"}}"#.to_owned(),
            "data.url (http://a.example/graphql)",
        ),
        (
            format!(
                r#"{{"auth": {{"identity_pool_id": "eu-west-1:7a"}}, "custom": {{"events": {{"url": "{APPSYNC}/graphql"}}}}}}"#
            ),
            "custom.events.url (https://x.appsync-api.eu-west-1.amazonaws.com/graphql)",
        ),
        (
            format!(
                r#"{{"Auth": {{"Cognito": {{"identityPoolId": "eu-west-1:7a"}}}}, "API": {{"GraphQL": {{"endpoint": "{APPSYNC}/event"}}}}}}"#
            ),
            "API.GraphQL.endpoint (https://x.appsync-api.eu-west-1.amazonaws.com/event)",
        ),
        (
            exports(&format!(
                r#""aws_cognito_identity_pool_id": "eu-west-1:7a", "aws_appsync_graphqlEndpoint": "{APPSYNC}""#
            )),
            "aws_appsync_graphqlEndpoint (https://x.appsync-api.eu-west-1.amazonaws.com)",
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
