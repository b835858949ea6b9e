//! Identities and their temporary credentials, over the emulator's identity pool.

use futures::future::{join, join_all};
use poolpass::access::SignRequest;
use poolpass::encode::base64;
use poolpass::flow::redirect::SignOut;
use poolpass::flow::sign_in::SignIn;
use poolpass::memory::StorageFault;
use poolpass::platform::{Request, Response};
use poolpass::session::CredentialsOptions;

use crate::stage::{HOUR_MS, Stage, Tab, WEB, alice, block_on};

pub(crate) const POOL: &str = "eu-west-1:00000000-0000-4000-8000-000000000001";

/// A tab whose client has the identity pool too.
pub(crate) fn tab(stage: &Stage, more: &str) -> Tab {
    Tab::open(&config(more), stage.world.tab())
}

fn config(more: &str) -> String {
    format!(
        r#"{{"userPool": {{"userPoolId": "eu-west-1_PoolPass1", "userPoolClientId": "{WEB}"}},
            "identityPool": {{"identityPoolId": "{POOL}", "allowGuestAccess": true{more}}},
            "origins": [{{"origin": "http://localhost:9400", "auth": "iam", "service": "execute-api", "region": "eu-west-1"}}],
            "endpoint": "http://localhost:9400"}}"#
    )
}

pub(crate) fn plain() -> CredentialsOptions {
    CredentialsOptions::default()
}

fn identity(tab: &Tab) -> String {
    block_on(tab.client.aws_session(&plain())).unwrap().identity_id.clone()
}

fn error(tab: &Tab, input: &CredentialsOptions) -> poolpass::Error {
    block_on(tab.client.aws_session(input)).err().unwrap()
}

#[test]
fn a_guest_has_an_identity_and_keeps_it() {
    let stage = Stage::new(WEB);
    let first = tab(&stage, "");
    let aws = block_on(first.client.aws_session(&plain())).unwrap();
    assert!(aws.is_guest() && aws.identity_id.starts_with("eu-west-1:"), "{}", aws.identity_id);
    assert!(aws.credentials.access_key_id.starts_with("ASIA") && aws.credentials.session_token.is_some());
    assert_eq!(aws.expires_at_ms - stage.world.now_ms(), HOUR_MS);
    assert_eq!(stage.sent(), ["GetId", "GetCredentialsForIdentity"]);
    // Another page finds it stored, and asks nobody.
    assert_eq!(identity(&first.reloaded()), aws.identity_id);
    assert_eq!(identity(&tab(&stage, "")), aws.identity_id);
    assert!(stage.sent().is_empty());
}

#[test]
fn credentials_are_renewed_before_they_expire_and_not_much_before() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let first = block_on(tab.client.aws_session(&plain())).unwrap();
    stage.sent();
    stage.world.advance_ms(HOUR_MS - 7 * 60_000);
    block_on(tab.client.aws_session(&plain())).unwrap();
    assert!(stage.sent().is_empty());
    stage.world.advance_ms(2 * 60_000);
    let second = block_on(tab.client.aws_session(&plain())).unwrap();
    assert_eq!(stage.sent(), ["GetCredentialsForIdentity"]);
    assert_eq!(first.identity_id, second.identity_id);
    assert!(second.expires_at_ms > first.expires_at_ms);
    // Asked for, they are renewed at once.
    block_on(tab.client.aws_session(&CredentialsOptions { force: true, ..plain() })).unwrap();
    assert_eq!(stage.sent(), ["GetCredentialsForIdentity"]);
}

#[test]
fn ten_thousand_callers_in_four_tabs_send_one_request() {
    let stage = Stage::new(WEB);
    let tabs: Vec<Tab> = (0..4).map(|_| tab(&stage, "")).collect();
    let input = plain();
    let calls = (0..10_000).map(|call| tabs[call % 4].client.aws_session(&input));
    let sessions = block_on(join_all(calls));
    assert!(sessions.iter().all(|session| session.as_ref().is_ok_and(|one| one.is_guest())));
    assert_eq!(stage.sent(), ["GetId", "GetCredentialsForIdentity"]);
}

#[test]
fn a_guest_who_signs_in_keeps_the_identity_and_a_sign_out_makes_a_guest_again() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let guest = identity(&tab);
    block_on(tab.client.sign_in(&alice())).unwrap();
    stage.sent();
    let user = block_on(tab.client.aws_session(&plain())).unwrap();
    assert_eq!((user.identity_id.as_str(), user.is_guest()), (guest.as_str(), false));
    assert_eq!(stage.sent(), ["GetCredentialsForIdentity"]);
    block_on(tab.client.sign_out(&SignOut::default())).unwrap();
    assert!(stage.world.stored_keys().iter().all(|key| !key.contains("credentials")));
    let again = block_on(tab.client.aws_session(&plain())).unwrap();
    assert!(again.is_guest() && again.identity_id != guest);
    // Who comes back finds the identity again, whatever guest was there meanwhile.
    block_on(tab.client.sign_in(&alice())).unwrap();
    assert_eq!(identity(&tab), guest);
}

#[test]
fn a_wrong_clock_does_no_harm() {
    let stage = Stage::new(WEB);
    for error_ms in [-86_400_000, 86_400_000] {
        let tab = tab(&stage, "");
        tab.platform.set_clock_error_ms(error_ms);
        block_on(tab.client.aws_session(&CredentialsOptions { force: true, ..plain() })).unwrap();
        stage.sent();
        identity(&tab);
        assert!(stage.sent().is_empty(), "{error_ms}");
        // Signatures carry the services' time.
        let headers = block_on(
            tab.client
                .sign(&SignRequest { url: "http://localhost:9400/api/iam/notes".into(), ..SignRequest::default() }),
        );
        let date = headers.unwrap().into_iter().find(|(name, _)| *name == "x-amz-date").unwrap().1;
        assert!(date.expose_secret().starts_with("20260101T"), "{}", date.expose_secret());
    }
}

#[test]
fn guests_are_refused_unless_they_are_allowed() {
    let stage = Stage::new(WEB);
    let config = config("").replace(r#""allowGuestAccess": true"#, r#""allowGuestAccess": false"#);
    let tab = Tab::open(&config, stage.world.tab());
    assert_eq!(error(&tab, &plain()).code(), "no_credentials");
    assert!(stage.sent().is_empty());
}

#[test]
fn a_deleted_identity_is_replaced_once() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let first = identity(&tab);
    for name in ["ResourceNotFoundException", "ResourceConflictException"] {
        stage.fault(
            "GetCredentialsForIdentity",
            "error",
            &format!(r#", "status": 400, "type": "{name}", "message": "gone""#),
        );
        stage.sent();
        let second = block_on(tab.client.aws_session(&CredentialsOptions { force: true, ..plain() })).unwrap();
        assert_ne!(first, second.identity_id);
        assert_eq!(stage.sent(), ["GetCredentialsForIdentity", "GetId", "GetCredentialsForIdentity"], "{name}");
    }
    // Only once: then the error is told.
    for _ in 0..2 {
        stage.fault(
            "GetCredentialsForIdentity",
            "error",
            r#", "status": 400, "type": "ResourceNotFoundException", "message": "gone""#,
        );
    }
    assert_eq!(error(&tab, &CredentialsOptions { force: true, ..plain() }).name(), "ResourceNotFoundException");
}

#[test]
fn old_credentials_are_used_if_an_early_renewal_fails() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let first = block_on(tab.client.aws_session(&plain())).unwrap();
    stage.world.advance_ms(HOUR_MS - 60_000);
    for _ in 0..3 {
        stage.fault("GetCredentialsForIdentity", "dropBefore", "");
    }
    let still = block_on(tab.client.aws_session(&plain())).unwrap();
    assert_eq!(still.expires_at_ms, first.expires_at_ms);
    stage.world.advance_ms(61_000);
    for _ in 0..3 {
        stage.fault("GetCredentialsForIdentity", "dropBefore", "");
    }
    assert_eq!(error(&tab, &plain()).code(), "network");
}

#[test]
fn roles_follow_the_token() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    block_on(tab.client.sign_in(&alice())).unwrap();
    let input = CredentialsOptions { role: Some("arn:aws:iam::000000000000:role/nobody-has-this".into()), ..plain() };
    assert_eq!(error(&tab, &input).name(), "NotAuthorizedException");
    assert!(block_on(tab.client.aws_session(&plain())).is_ok());
}

/// What an app's back end gets for a user of its own: the identity and a token.
fn vouched(stage: &Stage, user: &str) -> (String, String) {
    let signature = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-west-1/cognito-identity/aws4_request, \
        SignedHeaders=host, Signature=0000000000000000000000000000000000000000000000000000000000000000";
    let headers = [
        ("content-type", "application/x-amz-json-1.1"),
        ("x-amz-target", "AWSCognitoIdentityService.GetOpenIdTokenForDeveloperIdentity"),
        ("authorization", signature),
    ];
    let body = format!(r#"{{"IdentityPoolId": "{POOL}", "Logins": {{"login.poolpass.local": "{user}"}}}}"#);
    let answer = stage.request("POST", "/", &headers, &body);
    let reply: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    let text = |key: &str| reply[key].as_str().unwrap_or_else(|| panic!("{reply}")).to_owned();
    (text("IdentityId"), text("Token"))
}

#[test]
fn a_developer_providers_token_names_the_identity() {
    let basic = r#", "basicFlow": {"authenticatedRoleArn": "arn:aws:iam::000000000000:role/poolpass-user"}"#;
    // STS has no operations but forms at its root.
    for (more, sent) in [("", "GetCredentialsForIdentity"), (basic, "/")] {
        let stage = Stage::new(WEB);
        let tab = tab(&stage, more);
        let input = |token: &str| CredentialsOptions {
            logins: vec![("cognito-identity.amazonaws.com".into(), token.into())],
            force: true,
            ..plain()
        };
        let (id, token) = vouched(&stage, "zoe");
        stage.sent();
        assert_eq!(block_on(tab.client.aws_session(&input(&token))).unwrap().identity_id, id);
        assert_eq!(stage.sent(), [sent]);
        // Another user of the back end, in the same page, is another identity at once.
        let (other, token) = vouched(&stage, "noor");
        stage.sent();
        assert_eq!(block_on(tab.client.aws_session(&input(&token))).unwrap().identity_id, other);
        assert_eq!(stage.sent(), [sent]);
        assert_ne!(id, other);
        // What is no token is not sent anywhere, least of all as an identity's name.
        stage.sent();
        assert_eq!(error(&tab, &input("no token")).code(), "bad_input");
        assert!(stage.sent().is_empty());
    }
}

#[test]
fn a_user_without_an_id_token_does_not_become_a_guest() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    block_on(tab.client.sign_in(&alice())).unwrap();
    // As the hosted UI gives it without the scope openid.
    let mut record: serde_json::Value = serde_json::from_str(&stage.stored().unwrap()).unwrap();
    record.as_object_mut().unwrap().remove("idToken").unwrap();
    stage.world.put(&stage.storage_key(), &record.to_string());
    stage.sent();
    let error = error(&tab, &plain());
    assert_eq!(error.code(), "bad_config");
    assert!(error.to_string().contains("openid"), "{error}");
    assert!(stage.sent().is_empty());
}

#[test]
fn credentials_stay_in_memory_if_the_storage_fails() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    stage.world.set_storage_fault(Some(StorageFault::WritesFail));
    let first = identity(&tab);
    stage.sent();
    assert_eq!(identity(&tab), first);
    assert!(stage.sent().is_empty());
    stage.world.set_storage_fault(None);
    assert!(stage.world.stored_keys().iter().all(|key| !key.contains("credentials")));
}

#[test]
fn a_corrupt_record_is_replaced() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    identity(&tab);
    let key = stage.world.stored_keys().into_iter().find(|key| key.ends_with(".credentials.guest")).unwrap();
    for text in ["", "{", r#"{"v": 1}"#, r#"{"v": 2, "user": ""}"#] {
        stage.world.put(&key, text);
        assert!(block_on(tab.client.aws_session(&plain())).is_ok(), "{text}");
    }
}

#[test]
fn another_user_gets_another_identity() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    block_on(tab.client.sign_in(&alice())).unwrap();
    let first = identity(&tab);
    let bob = SignIn { username: "bob".into(), password: "Battery-Staple8?".into(), ..SignIn::default() };
    block_on(tab.client.sign_in(&bob)).unwrap();
    stage.sent();
    assert_ne!(identity(&tab), first);
    // Alice's identity is not even asked for.
    assert_eq!(stage.sent(), ["GetId", "GetCredentialsForIdentity"]);
}

#[test]
fn signing_out_during_a_renewal_stores_nothing() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    block_on(tab.client.sign_in(&alice())).unwrap();
    let (world, key) = (stage.world.clone(), stage.storage_key());
    stage.on_next_request(move || world.delete(&key));
    assert!(block_on(tab.client.aws_session(&plain())).is_ok());
    assert!(stage.world.stored_keys().iter().all(|key| !key.contains(".credentials.") || key.ends_with(".guest")));
}

#[test]
fn a_user_does_not_get_the_guests_error() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    stage.fault("GetId", "error", r#", "status": 400, "type": "NotAuthorizedException", "message": "no guests""#);
    let is_get_id = |request: &Request| request.headers.iter().any(|(_, value)| value.ends_with(".GetId"));
    stage.world.set_latency(move |request| if is_get_id(request) { (500, 0) } else { (0, 0) });
    let input = plain();
    let signing_in = async {
        stage.world.sleep_ms(100).await;
        tab.client.sign_in(&alice()).await.unwrap();
        tab.client.aws_session(&input).await
    };
    let (guest, user) = block_on(join(tab.client.aws_session(&input), signing_in));
    assert_eq!(stage.sent().iter().filter(|operation| *operation == "GetId").count(), 2);
    assert!(!user.unwrap().is_guest());
    assert!(!guest.unwrap().is_guest(), "the guest has signed in meanwhile");
}

#[test]
fn signing_out_of_a_provider_during_a_renewal_stores_nothing() {
    let stage = Stage::new(WEB);
    let provider = r#""oidcProviders": {"work": {"issuer": "https://login.example.com", "clientId": "spa"}},"#;
    let tab = Tab::open(&config("").replacen('{', &["{", provider].concat(), 1), stage.world.tab());
    let now_s = stage.world.now_ms() / 1000;
    let claims =
        format!(r#"{{"iss": "https://login.example.com", "sub": "zoe", "iat": {now_s}, "exp": {}}}"#, now_s + 3_600);
    let token = ["e30.", &base64::encode_url(claims.as_bytes()), ".c2ln"].concat();
    let key = format!("poolpass.v1.{WEB}.provider.work");
    let record = format!(r#"{{"v": 1, "idToken": "{token}", "receivedAt": {}}}"#, stage.world.now_ms());
    let world = stage.world.clone();
    for leaves in [false, true] {
        stage.world.put(&key, &record);
        let (world, key) = (world.clone(), key.clone());
        stage.world.connect(move |request| {
            if leaves && request.body.expose_secret().contains("login.example.com") {
                world.delete(&key);
            }
            let body = r#"{"IdentityId": "eu-west-1:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11", "Credentials": {
                "AccessKeyId": "ASIAEXAMPLE", "SecretKey": "s", "SessionToken": "t", "Expiration": 4102444800}}"#;
            Ok(Response { status: 200, headers: Vec::new(), body: body.into() })
        });
        let input = CredentialsOptions { force: true, ..plain() };
        // Without the login the user is a guest.
        assert_eq!(block_on(tab.client.aws_session(&input)).unwrap().is_guest(), leaves);
        let stored = stage.world.stored(&format!("poolpass.v1.{WEB}.{POOL}.credentials.guest")).unwrap();
        assert_eq!(stored.contains(r#""user":"","#), leaves, "{stored}");
    }
}

#[test]
fn credentials_of_one_role_are_not_used_for_another() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    block_on(tab.client.sign_in(&alice())).unwrap();
    let input = CredentialsOptions { role: Some("arn:aws:iam::000000000000:role/poolpass-editors".into()), ..plain() };
    for input in [&input, &plain(), &input] {
        stage.sent();
        assert!(block_on(tab.client.aws_session(input)).is_ok());
        assert!(stage.sent().contains(&"GetCredentialsForIdentity".to_owned()));
        assert!(block_on(tab.client.aws_session(input)).is_ok());
        assert!(stage.sent().is_empty());
    }
}
