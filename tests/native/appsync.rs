//! AppSync's addresses and sub-protocols against those that Amplify makes; proofs in each mode.

use poolpass::access::{AppSyncAccess, AppSyncRequest};
use poolpass::appsync::{Purpose, header_protocol, realtime_url, signed_url};
use poolpass::config::{AppSyncApi, AuthMode};
use poolpass::secret::Secret;
use poolpass::session::CredentialsOptions;
use serde_json::Value;

use crate::stage::{HOUR_MS, Stage, Tab, WEB, alice, block_on};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors/appsync.json")).unwrap()
}

#[test]
fn real_time_addresses_agree() {
    let vectors = vectors();
    let cases = vectors["realtime_urls"].as_array().unwrap();
    for case in cases {
        let endpoint = case["endpoint"].as_str().unwrap();
        // Amplify forces wss, also on this machine.
        let expected = match endpoint.strip_prefix("http://") {
            Some(_) => case["realtime_url"].as_str().unwrap().replace("wss://", "ws://"),
            None => case["realtime_url"].as_str().unwrap().to_owned(),
        };
        let api = if endpoint.ends_with("/event") { AppSyncApi::Events } else { AppSyncApi::GraphQl };
        assert_eq!(realtime_url(api, endpoint).as_deref(), Some(expected.as_str()));
    }
    assert_eq!(cases.len(), 8);
    assert_eq!(realtime_url(AppSyncApi::GraphQl, "nonsense"), None);
}

#[test]
fn sub_protocols_agree() {
    let vectors = vectors();
    let cases = vectors["subprotocols"].as_array().unwrap();
    for case in cases {
        // The members in their order.
        let text = case["header_json"].as_str().unwrap();
        let json = poolpass::json::Value::parse(text).unwrap();
        let headers: Vec<(String, Secret<String>)> = json
            .members()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.clone(), Secret::from(value.as_str().unwrap())))
            .collect();
        assert_eq!(
            header_protocol(&headers).expose_secret(),
            case["subprotocols"][1].as_str().unwrap(),
            "{}",
            case["name"]
        );
    }
    assert_eq!(cases.len(), 5);
}

#[test]
fn a_connection_is_signed_for_its_own_url() {
    let graphql = "https://x.appsync-api.eu-west-1.amazonaws.com/graphql";
    assert_eq!(signed_url(AppSyncApi::GraphQl, graphql, Purpose::Connect), [graphql, "/connect"].concat());
    assert_eq!(signed_url(AppSyncApi::GraphQl, graphql, Purpose::Message), graphql);
    let event = "https://x.appsync-api.eu-west-1.amazonaws.com/event";
    for purpose in [Purpose::Connect, Purpose::Message, Purpose::Http] {
        assert_eq!(signed_url(AppSyncApi::Events, event, purpose), event);
    }
}

const HOST: &str = "abcdefghijklmnopqrstuvwxyz.appsync-api.us-east-1.amazonaws.com";

/// A tab whose client has a GraphQL API of another region, and these settings of it.
fn tab(stage: &Stage, more: &str) -> Tab {
    let config = format!(
        r#"{{"userPool": {{"userPoolId": "eu-west-1_PoolPass1", "userPoolClientId": "{WEB}"}},
            "identityPool": {{"identityPoolId": "eu-west-1:00000000-0000-4000-8000-000000000001", "allowGuestAccess": true}},
            "graphql": {{"endpoint": "https://{HOST}/graphql"{more}}}, "endpoint": "http://localhost:9400"}}"#
    );
    Tab::open(&config, stage.world.tab())
}

fn request(purpose: Purpose, auth_mode: AuthMode, auth_token: Option<&str>) -> AppSyncRequest {
    AppSyncRequest {
        api: AppSyncApi::GraphQl,
        purpose,
        body: "{}".into(),
        auth_mode: Some(auth_mode),
        auth_token: auth_token.map(Secret::from),
        renew: false,
        credentials: CredentialsOptions::default(),
    }
}

fn prove(tab: &Tab, input: &AppSyncRequest) -> Result<AppSyncAccess, poolpass::Error> {
    block_on(tab.client.appsync(input))
}

fn header(access: &AppSyncAccess, name: &str) -> Option<String> {
    let found = access.headers.iter().find(|(own, _)| own == name);
    found.map(|(_, value)| value.expose_secret().clone())
}

#[test]
fn each_mode_has_its_headers() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, r#", "apiKey": "da2-key""#);
    block_on(tab.client.sign_in(&alice())).unwrap();
    let token = block_on(tab.access_token(false)).unwrap();
    let modes = [
        (AuthMode::ApiKey, None, "x-api-key", Some("da2-key".to_owned())),
        (AuthMode::UserPool, None, "Authorization", token),
        (AuthMode::Oidc, Some("a.b.c"), "Authorization", Some("a.b.c".to_owned())),
        (AuthMode::Lambda, Some("own"), "Authorization", Some("own".to_owned())),
    ];
    for (mode, auth_token, name, value) in modes {
        let http = prove(&tab, &request(Purpose::Http, mode, auth_token)).unwrap();
        assert_eq!((http.url, http.auth_mode), (format!("https://{HOST}/graphql"), mode));
        assert_eq!(http.headers.len(), 1, "{mode:?}");
        for purpose in [Purpose::Connect, Purpose::Message] {
            let access = prove(&tab, &request(purpose, mode, auth_token)).unwrap();
            assert_eq!(access.url, format!("wss://{}/graphql", HOST.replace("appsync-api", "appsync-realtime-api")));
            assert_eq!((header(&access, name), header(&access, "host")), (value.clone(), Some(HOST.to_owned())));
            assert_eq!(access.headers.len(), 2, "{mode:?}");
        }
    }
}

#[test]
fn the_region_of_a_signature_is_the_apis() {
    let stage = Stage::new(WEB);
    for (more, region) in [("", "us-east-1"), (r#", "region": "eu-north-1""#, "eu-north-1")] {
        let tab = tab(&stage, more);
        for purpose in [Purpose::Http, Purpose::Connect, Purpose::Message] {
            let access = prove(&tab, &request(purpose, AuthMode::Iam, None)).unwrap();
            let name = if purpose == Purpose::Http { "authorization" } else { "Authorization" };
            let authorization = header(&access, name).unwrap();
            assert!(authorization.contains(&format!("/{region}/appsync/aws4_request")), "{authorization}");
        }
    }
}

#[test]
fn access_tells_when_the_credential_expires() {
    let stage = Stage::new(WEB);
    for clock_error_ms in [0, 86_400_000] {
        let tab = tab(&stage, r#", "apiKey": "da2-key""#);
        tab.platform.set_clock_error_ms(clock_error_ms);
        block_on(tab.client.sign_in(&alice())).unwrap();
        let here_ms = stage.world.now_ms() + clock_error_ms;
        let expiry = |mode, token| prove(&tab, &request(Purpose::Connect, mode, token)).unwrap().expires_at_ms;
        assert_eq!(expiry(AuthMode::UserPool, None), Some(here_ms + HOUR_MS));
        assert_eq!(expiry(AuthMode::Iam, None), Some(here_ms + HOUR_MS));
        assert_eq!(expiry(AuthMode::ApiKey, None), None);
        // {"exp":1767225600}
        assert_eq!(expiry(AuthMode::Oidc, Some("e30.eyJleHAiOjE3NjcyMjU2MDB9.c2ln")), Some(1_767_225_600_000));
        assert_eq!(expiry(AuthMode::Lambda, Some("own")), None);
    }
}

#[test]
fn rejected_credentials_are_renewed() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    block_on(tab.client.sign_in(&alice())).unwrap();
    for (mode, name, operation) in [
        (AuthMode::UserPool, "Authorization", "GetTokensFromRefreshToken"),
        (AuthMode::Iam, "x-amz-security-token", "GetCredentialsForIdentity"),
    ] {
        let plain = request(Purpose::Message, mode, None);
        let first = header(&prove(&tab, &plain).unwrap(), name);
        stage.sent();
        assert_eq!(header(&prove(&tab, &plain).unwrap(), name), first);
        assert!(stage.sent().is_empty());
        stage.world.advance_ms(1_000);
        let renewed = header(&prove(&tab, &AppSyncRequest { renew: true, ..plain.clone() }).unwrap(), name);
        assert_ne!(renewed, first, "{mode:?}");
        assert_eq!(stage.sent(), [operation]);
        assert_eq!(header(&prove(&tab, &plain).unwrap(), name), renewed);
    }
}

#[test]
fn the_error_names_what_is_missing() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let refused = |input: &AppSyncRequest| {
        let error = prove(&tab, input).err().unwrap();
        (error.code(), error.message().into_owned())
    };
    let (code, message) = refused(&request(Purpose::Http, AuthMode::ApiKey, None));
    assert!(code == "bad_config" && message.contains("graphql.apiKey"), "{message}");
    let (code, message) =
        refused(&AppSyncRequest { api: AppSyncApi::Events, ..request(Purpose::Http, AuthMode::ApiKey, None) });
    assert!(code == "bad_config" && message.contains("events"), "{message}");
    // One that would not be sent must not seem to have been.
    for (mode, token) in
        [(AuthMode::Oidc, None), (AuthMode::Lambda, None), (AuthMode::UserPool, Some("x")), (AuthMode::Iam, Some("x"))]
    {
        let (code, message) = refused(&request(Purpose::Http, mode, token));
        assert!(code == "bad_input" && message.contains("authToken"), "{message}");
    }
    assert_eq!(refused(&request(Purpose::Http, AuthMode::UserPool, None)).0, "signed_out");
}

#[test]
fn plain_http_is_allowed_for_this_machine_only() {
    let read = |endpoint: &str| read_endpoint(AppSyncApi::GraphQl, endpoint);
    for endpoint in ["https://api.example.com/graphql", "http://localhost:9400/graphql", "http://127.0.0.1:1/graphql"] {
        assert!(read(endpoint).is_ok(), "{endpoint}");
    }
    for endpoint in [
        "http://api.example.com/graphql",
        "ws://localhost/graphql",
        "http://localhost.example.com/graphql",
        "https://a/graphql?x=1",
    ] {
        assert_eq!(read(endpoint).err().unwrap().code(), "bad_config", "{endpoint}");
    }
}

/// Reads a configuration with this endpoint of an API.
fn read_endpoint(api: AppSyncApi, endpoint: &str) -> Result<poolpass::Config, poolpass::Error> {
    let api = api.as_str();
    let text = format!(
        r#"{{"userPool": {{"userPoolId": "eu-west-1_PoolPass1", "userPoolClientId": "{WEB}"}}, "{api}": {{"endpoint": "{endpoint}"}}}}"#
    );
    poolpass::Config::read(&poolpass::json::Value::parse(&text).unwrap())
}

#[test]
fn a_slash_at_the_end_of_an_endpoint_is_dropped() {
    let cases = [
        (
            AppSyncApi::GraphQl,
            "https://x.appsync-api.eu-west-1.amazonaws.com/graphql",
            "wss://x.appsync-realtime-api.eu-west-1.amazonaws.com/graphql",
        ),
        (
            AppSyncApi::Events,
            "https://x.appsync-api.cn-north-1.amazonaws.com.cn/event",
            "wss://x.appsync-realtime-api.cn-north-1.amazonaws.com.cn/event/realtime",
        ),
        (AppSyncApi::GraphQl, "http://localhost:9400/graphql", "ws://localhost:9400/graphql/realtime"),
        (AppSyncApi::Events, "https://api.example.com/my/events", "wss://api.example.com/my/events/realtime"),
    ];
    for (api, endpoint, realtime) in cases {
        for given in [endpoint.to_owned(), format!("{endpoint}/"), format!("{endpoint}//")] {
            let config = read_endpoint(api, &given).unwrap();
            assert_eq!(config.appsync(api).unwrap().endpoint(), endpoint, "{given}");
        }
        assert_eq!(realtime_url(api, endpoint).as_deref(), Some(realtime));
    }
}

#[test]
fn a_wrong_appsync_endpoint_is_named_with_the_right_form() {
    let host = "https://x.appsync-api.eu-west-1.amazonaws.com";
    let realtime = "https://x.appsync-realtime-api.eu-west-1.amazonaws.com";
    for (api, right, wrong) in [(AppSyncApi::GraphQl, "/graphql", "/event"), (AppSyncApi::Events, "/event", "/graphql")]
    {
        let mut endpoints = vec![host.to_owned(), format!("{host}/"), "https://api.example.com".to_owned()];
        endpoints.extend([wrong, "/v1", "/graphql/x", "/event/realtime"].map(|path| format!("{host}{path}")));
        endpoints.extend([right, wrong, ""].map(|path| format!("{realtime}{path}")));
        endpoints.push(format!("{realtime}/event/realtime"));
        for endpoint in endpoints {
            let error = read_endpoint(api, &endpoint).err().unwrap();
            let message = error.message();
            assert_eq!(error.code(), "bad_config", "{endpoint}");
            let names = |text: &str| message.contains(text);
            assert!(names(endpoint.trim_end_matches('/')) && names(api.as_str()), "{message}");
            assert!(names(&format!(".amazonaws.com{right}.")), "{message}");
        }
        for endpoint in [
            "x.appsync-api.eu-west-1.amazonaws.com/graphql",
            "wss://x.appsync-realtime-api.eu-west-1.amazonaws.com/graphql",
        ] {
            let error = read_endpoint(api, endpoint).err().unwrap();
            assert!(error.message().contains(endpoint) && error.message().contains("https://"), "{}", error.message());
        }
    }
}

#[test]
fn amplifys_apis_are_taken_as_they_are() {
    let pool = r#""user_pool_id": "eu-west-1_AbCdEf123", "user_pool_client_id": "x""#;
    let api = r#""aws_region": "eu-west-1", "api_key": "da2-x", "default_authorization_type""#;
    let outputs = format!(
        r#"{{"auth": {{{pool}}}, "data": {{"url": "https://a.example.com/graphql", {api}: "API_KEY", "model_introspection": {{}}}},
            "custom": {{"events": {{"url": "https://a.example.com/event", {api}: "AWS_IAM"}}}}}}"#
    );
    let pool = r#""userPoolId": "eu-west-1_AbCdEf123", "userPoolClientId": "x""#;
    let api = r#""region": "eu-west-1", "apiKey": "da2-x", "defaultAuthMode""#;
    let resources = format!(
        r#"{{"Auth": {{"Cognito": {{{pool}}}}}, "API": {{"GraphQL": {{"endpoint": "https://a.example.com/graphql", {api}: "apiKey"}},
            "Events": {{"endpoint": "https://a.example.com/event", {api}: "identityPool"}}}}}}"#
    );
    for text in [outputs, resources] {
        let config = poolpass::Config::read(&poolpass::json::Value::parse(&text).unwrap()).unwrap();
        let api = |api| config.appsync(api).unwrap();
        let (graphql, events) = (api(AppSyncApi::GraphQl), api(AppSyncApi::Events));
        assert_eq!((graphql.endpoint(), graphql.auth_mode()), ("https://a.example.com/graphql", AuthMode::ApiKey));
        assert_eq!((events.endpoint(), events.auth_mode()), ("https://a.example.com/event", AuthMode::Iam));
        for api in [graphql, events] {
            assert_eq!((api.region(), api.api_key()), (Some("eu-west-1"), Some("da2-x")));
        }
    }
    let exports = r#"{"aws_project_region": "eu-west-1", "aws_user_pools_id": "eu-west-1_AbCdEf123", "aws_user_pools_web_client_id": "x",
        "aws_appsync_graphqlEndpoint": "https://a.example.com/graphql", "aws_appsync_region": "us-east-1",
        "aws_appsync_authenticationType": "OPENID_CONNECT", "aws_appsync_apiKey": "da2-x"}"#;
    let config = poolpass::Config::read(&poolpass::json::Value::parse(exports).unwrap()).unwrap();
    let api = config.appsync(AppSyncApi::GraphQl).unwrap();
    assert_eq!((api.auth_mode(), api.region(), api.api_key()), (AuthMode::Oidc, Some("us-east-1"), Some("da2-x")));
}
