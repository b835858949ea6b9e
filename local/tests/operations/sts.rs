//! The basic flow, and who one is.

use poolpass_local::core::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::federation_browser::encode;
use crate::identity_world::{IDENTITIES, ROLE};
use crate::signer::Signed;
use crate::world::{START_MS, World};

/// Sends a form: status and XML.
pub(crate) fn post(world: &World, pairs: &[(&str, &str)]) -> (u16, String) {
    let headers = [("Host", "localhost:9400"), ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let body = encode(pairs.iter().copied()).into_bytes();
    told(world.emulator.handle(HttpRequest { method: "POST".into(), target: "/".into(), headers, body }))
}

fn told(response: HttpResponse) -> (u16, String) {
    assert_eq!(response.header("Content-Type"), Some("text/xml"));
    (response.status, String::from_utf8(response.body).unwrap())
}

/// The text of an element that is there once.
#[track_caller]
pub(crate) fn element(xml: &str, name: &str) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    assert_eq!(xml.matches(&open).count(), 1, "{name}: {xml}");
    xml.split(&open).nth(1).unwrap().split(&close).next().unwrap().to_owned()
}

/// `GetCallerIdentity`: status and ARN, or the code of the error.
pub(crate) fn caller_at(world: &World, credentials: &Value, time: &str) -> (u16, String) {
    let mut request = Signed::new(credentials, "sts", "POST", "/");
    request.headers = vec![("content-type", "application/x-www-form-urlencoded")];
    request.body = "Action=GetCallerIdentity&Version=2011-06-15";
    request.time = time;
    let (status, xml) = told(world.emulator.handle(request.request()));
    (status, element(&xml, if status == 200 { "Arn" } else { "Code" }))
}

/// Status and ARN of `GetCallerIdentity` at the time when worlds begin.
pub(crate) fn caller(world: &World, credentials: &Value) -> (u16, String) {
    caller_at(world, credentials, crate::signer::NOW)
}

fn token(world: &World, logins: &Value) -> (String, String) {
    let id = world.get_id(logins);
    let reply = world.identity_ok("GetOpenIdToken", json!({ "IdentityId": id, "Logins": logins }));
    (id, reply["Token"].as_str().unwrap().to_owned())
}

fn assume<'a>(role: &'a str, token: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("Action", "AssumeRoleWithWebIdentity"),
        ("Version", "2011-06-15"),
        ("RoleArn", role),
        ("RoleSessionName", "web"),
        ("WebIdentityToken", token),
    ]
}

/// The credentials of a reply, in the words of identity pools.
fn credentials(xml: &str) -> Value {
    json!({
        "AccessKeyId": element(xml, "AccessKeyId"), "SecretKey": element(xml, "SecretAccessKey"), "SessionToken": element(xml, "SessionToken"),
    })
}

#[test]
fn a_token_becomes_credentials_of_a_role() {
    let world = World::new();
    let alice = world.logins("alice");
    let (id, token) = token(&world, &alice);
    let told = crate::world::claims(&json!(token));
    assert_eq!(told["exp"], json!(START_MS / 1000 + 600));
    let login = alice.as_object().unwrap().keys().next().unwrap();
    let sub = crate::world::claims(&alice[login])["sub"].as_str().unwrap().to_owned();
    assert_eq!(told["amr"], json!(["authenticated", login, format!("{login}:CognitoSignIn:{sub}")]));
    let role = format!("{ROLE}user");
    let (status, xml) = post(&world, &assume(&role, &token));
    assert_eq!(status, 200, "{xml}");
    assert!(xml.starts_with("<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleWithWebIdentityResult>"));
    assert_eq!(element(&xml, "SubjectFromWebIdentityToken"), id);
    assert_eq!(
        (element(&xml, "Audience"), element(&xml, "Provider")),
        (IDENTITIES.into(), "cognito-identity.amazonaws.com".into())
    );
    assert_eq!(element(&xml, "Expiration"), "2025-11-06T10:05:03Z");
    assert_eq!(element(&xml, "Arn"), "arn:aws:sts::000000000000:assumed-role/poolpass-user/web");
    assert!(element(&xml, "AssumedRoleId").ends_with(":web"));
    assert_eq!(
        caller(&world, &credentials(&xml)),
        (200, "arn:aws:sts::000000000000:assumed-role/poolpass-user/web".into())
    );
    // A user may choose any role that trusts the pool, as at AWS: that is why the basic flow is off unless asked for.
    let (status, _) = post(&world, &assume(&format!("{ROLE}editors"), &token));
    assert_eq!(status, 200);
}

#[test]
fn the_life_of_credentials_can_be_chosen_and_ends_by_the_clock() {
    let world = World::new();
    let (_, token) = token(&world, &json!({}));
    let role = format!("{ROLE}guest");
    let lasting = |seconds: &'static str| {
        let mut pairs = assume(&role, &token);
        pairs.push(("DurationSeconds", seconds));
        post(&world, &pairs)
    };
    let (status, xml) = lasting("900");
    assert_eq!((status, element(&xml, "Expiration").as_str()), (200, "2025-11-06T09:20:03Z"));
    let credentials = credentials(&xml);
    for (seconds, word) in
        [("899", "900 to 43200"), ("x", "900 to 43200"), ("43201", "900 to 43200"), ("3601", "MaxSessionDuration")]
    {
        let (status, xml) = lasting(seconds);
        assert_eq!((status, element(&xml, "Code").as_str()), (400, "ValidationError"), "{seconds}");
        assert!(element(&xml, "Message").contains(word), "{seconds}: {xml}");
    }
    assert_eq!(caller(&world, &credentials).0, 200);
    world.advance(899);
    assert_eq!(caller_at(&world, &credentials, "20251106T092002Z").0, 200);
    world.advance(1);
    assert_eq!(caller_at(&world, &credentials, "20251106T092003Z"), (403, "ExpiredToken".into()));
}

#[test]
fn a_role_that_does_not_trust_the_identity_is_denied() {
    let world = World::new();
    let (_, guest) = token(&world, &json!({}));
    let (_, user) = token(&world, &world.logins("bob"));
    let denied = |role: &str, token: &str| {
        let (status, xml) = post(&world, &assume(role, token));
        assert_eq!((status, element(&xml, "Code").as_str()), (403, "AccessDenied"), "{role}");
        assert_eq!(element(&xml, "Message"), "Not authorized to perform sts:AssumeRoleWithWebIdentity");
    };
    denied(&format!("{ROLE}user"), &guest);
    denied(&format!("{ROLE}guest"), &user);
    denied("arn:aws:iam::000000000000:role/none", &user);
}

#[test]
fn the_basic_flow_is_off_unless_the_pool_allows_it() {
    let world = World::new();
    let body = json!({ "IdentityPoolName": "enhanced", "AllowUnauthenticatedIdentities": true });
    let pool = world.identity_ok("CreateIdentityPool", body)["IdentityPoolId"].clone();
    let id = world.identity_ok("GetId", json!({ "IdentityPoolId": pool }))["IdentityId"].clone();
    let error = world.identity_err("GetOpenIdToken", json!({ "IdentityId": id }));
    let text = "Basic (classic) flow is not enabled, please use enhanced flow.";
    assert_eq!(error, ("InvalidParameterException".into(), text.into()));
    // A token that was made before it was switched off is of no use.
    let (_, token) = token(&world, &json!({}));
    let body =
        json!({ "IdentityPoolId": IDENTITIES, "IdentityPoolName": "off", "AllowUnauthenticatedIdentities": true });
    world.identity_ok("UpdateIdentityPool", body);
    assert_eq!(post(&world, &assume(&format!("{ROLE}guest"), &token)).0, 403);
}

#[test]
fn tokens_are_checked() {
    let world = World::new();
    let role = format!("{ROLE}user");
    let error = |token: &str| {
        let (status, xml) = post(&world, &assume(&role, token));
        assert_eq!(status, 400, "{xml}");
        assert_eq!(element(&xml, "Type"), "Sender");
        (element(&xml, "Code"), element(&xml, "Message"))
    };
    assert_eq!(error("no token"), ("InvalidIdentityToken".into(), "The ID Token provided is not a valid JWT.".into()));
    let alice = world.logins("alice");
    let id_token = alice.as_object().unwrap().values().next().unwrap().as_str().unwrap();
    let text = "No OpenIDConnect provider found in your account for https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_PoolPass1";
    assert_eq!(error(id_token), ("InvalidIdentityToken".into(), text.into()));
    world.control("POST", "faults", json!({ "operation": "GetOpenIdToken", "kind": "wrongKey" }));
    let (_, forged) = token(&world, &alice);
    assert_eq!(error(&forged).0, "InvalidIdentityToken");
    let (_, good) = token(&world, &alice);
    world.advance(600);
    let (code, text) = error(&good);
    assert_eq!(code, "ExpiredTokenException");
    assert!(text.starts_with("Token expired: current date/time 1762420503 must be before"), "{text}");
}

#[test]
fn parameters_are_checked() {
    let world = World::new();
    let (_, token) = token(&world, &json!({}));
    let role = format!("{ROLE}guest");
    let long = "x".repeat(2049);
    for (name, value, code, word) in [
        ("Version", "2010-05-08", "NoSuchVersion", "2011-06-15"),
        ("Action", "AssumeRole", "InvalidAction", "AssumeRole"),
        ("RoleArn", "short", "ValidationError", "20 to 2048"),
        ("RoleSessionName", "x", "ValidationError", "2 to 64"),
        ("RoleSessionName", "a b", "ValidationError", "letters, digits"),
        ("PolicyArns.member.1.arn", "x", "ValidationError", "PolicyArns.member.1.arn"),
        ("ProviderId", "www.amazon.com", "ValidationError", "ProviderId"),
        ("Policy", "{", "MalformedPolicyDocument", "JSON"),
        ("Policy", "{}", "MalformedPolicyDocument", "Version"),
        ("Policy", long.as_str(), "ValidationError", "2048"),
    ] {
        let mut pairs: Vec<(&str, &str)> =
            assume(&role, &token).into_iter().filter(|(other, _)| *other != name).collect();
        pairs.push((name, value));
        let (status, xml) = post(&world, &pairs);
        assert_eq!((status, element(&xml, "Code").as_str()), (400, code), "{name}");
        assert!(element(&xml, "Message").contains(word), "{name}: {xml}");
    }
    for missing in ["RoleArn", "RoleSessionName", "WebIdentityToken"] {
        let pairs: Vec<(&str, &str)> = assume(&role, &token).into_iter().filter(|(name, _)| *name != missing).collect();
        assert!(post(&world, &pairs).1.contains(&format!("{missing} is missing")), "{missing}");
    }
}

#[test]
fn a_session_policy_narrows_what_the_role_may_do() {
    let world = World::new();
    let (_, token) = token(&world, &world.logins("alice"));
    let role = format!("{ROLE}editors");
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*/GET/*"}]}"#;
    let mut pairs = assume(&role, &token);
    pairs.push(("Policy", policy));
    let (status, xml) = post(&world, &pairs);
    assert_eq!((status, element(&xml, "PackedPolicySize").as_str()), (200, "5"));
    let credentials = credentials(&xml);
    let status = |method: &str| Signed::new(&credentials, "execute-api", method, "/api/iam/notes/shared").send(&world);
    assert_eq!(status("GET").0.status, 200);
    let (response, body) = status("PUT");
    assert_eq!(response.status, 403);
    assert!(
        body["message"].as_str().unwrap().ends_with("because no session policy allows the execute-api:Invoke action"),
        "{body}"
    );
}

#[test]
fn faults_are_answered_in_xml_and_the_journal_knows_the_action() {
    let world = World::new();
    world.control("POST", "faults", json!({ "operation": "GetCallerIdentity", "kind": "error", "status": 429 }));
    let (status, xml) = post(&world, &[("Action", "GetCallerIdentity"), ("Version", "2011-06-15")]);
    assert_eq!((status, element(&xml, "Code").as_str()), (429, "Throttling"));
    let (status, xml) = post(&world, &[("Action", "GetCallerIdentity"), ("Version", "2011-06-15")]);
    assert_eq!((status, element(&xml, "Code").as_str()), (403, "MissingAuthenticationToken"));
    let journal = world.control("GET", "requests", Value::Null);
    assert_eq!(journal["byOperation"]["GetCallerIdentity"], 2);
}
