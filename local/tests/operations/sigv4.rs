//! Signatures, as STS, the JSON services and API Gateway refuse them.

use poolpass_local::core::HttpRequest;
use serde_json::{Value, json};

use crate::identity_world::IDENTITIES;
use crate::signer::{NOW, Signed};
use crate::sts::{caller, caller_at, element};
use crate::world::{POOL, World};

fn with(credentials: &Value, name: &str, value: Value) -> Value {
    let mut changed = credentials.clone();
    changed[name] = value;
    changed
}

#[test]
fn only_the_right_key_and_token_sign() {
    let world = World::new();
    let (_, own) = world.credentials(&json!({}));
    let (_, other) = world.credentials(&json!({}));
    assert_eq!(caller(&world, &own).0, 200);
    let refused = |credentials: Value, code: &str| assert_eq!(caller(&world, &credentials), (403, code.to_owned()));
    refused(with(&own, "SecretKey", other["SecretKey"].clone()), "SignatureDoesNotMatch");
    refused(with(&own, "SessionToken", other["SessionToken"].clone()), "InvalidClientTokenId");
    refused(with(&own, "SessionToken", Value::Null), "InvalidClientTokenId");
    refused(with(&own, "AccessKeyId", json!("ASIANOBODY")), "InvalidClientTokenId");
    refused(with(&own, "AccessKeyId", other["AccessKeyId"].clone()), "InvalidClientTokenId");
    world.control("POST", "reset", json!({}));
    refused(own, "InvalidClientTokenId");
}

#[test]
fn clocks_may_be_a_quarter_of_an_hour_apart() {
    let world = World::new();
    let (_, own) = world.credentials(&json!({}));
    for (time, status) in
        [("20251106T085003Z", 200), ("20251106T085002Z", 403), ("20251106T092003Z", 200), ("20251106T092004Z", 403)]
    {
        assert_eq!(caller_at(&world, &own, time).0, status, "{time}");
    }
    let mut request = Signed::new(&own, "sts", "POST", "/");
    request.headers = vec![("content-type", "application/x-www-form-urlencoded")];
    request.body = "Action=GetCallerIdentity&Version=2011-06-15";
    request.time = "20251106T080000Z";
    let xml = String::from_utf8(world.emulator.handle(request.request()).body).unwrap();
    let text = "Signature expired: 20251106T080000Z is now earlier than 20251106T085003Z (20251106T090503Z - 15 min.)";
    assert_eq!((element(&xml, "Code"), element(&xml, "Message")), ("SignatureDoesNotMatch".into(), text.into()));
    request.time = "20251106T120000Z";
    let xml = String::from_utf8(world.emulator.handle(request.request()).body).unwrap();
    let text =
        "Signature not yet current: 20251106T120000Z is still later than 20251106T092003Z (20251106T090503Z + 15 min.)";
    assert_eq!(element(&xml, "Message"), text);
}

#[test]
fn api_gateway_is_stricter_about_time() {
    let world = World::new();
    let (_, own) = world.credentials(&json!({}));
    for (time, status) in [("20251106T090003Z", 200), ("20251106T090002Z", 403), ("20251106T091004Z", 403)] {
        let mut request = Signed::new(&own, "execute-api", "GET", "/api/iam/notes/shared");
        request.time = time;
        let (response, body) = request.send(&world);
        assert_eq!(response.status, status, "{time}: {body}");
        if status == 403 {
            assert_eq!(response.header("x-amzn-ErrorType"), Some("InvalidSignatureException"));
            assert!(body["message"].as_str().unwrap().starts_with("Signature "), "{body}");
            assert!(response.header("Date").is_some(), "a client can correct its clock");
        }
    }
}

#[test]
fn region_service_and_day_must_be_right() {
    let world = World::new();
    let (_, own) = world.credentials(&json!({}));
    let text = |change: &dyn Fn(&mut Signed<'_>)| {
        let mut request = Signed::new(&own, "execute-api", "GET", "/api/iam/notes/shared");
        change(&mut request);
        let (response, body) = request.send(&world);
        assert_eq!(response.status, 403);
        body["message"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        text(&|request| request.region = "us-east-1"),
        "Credential should be scoped to a valid region, not 'us-east-1'."
    );
    assert_eq!(
        text(&|request| request.service = "s3"),
        "Credential should be scoped to correct service: 'execute-api'."
    );
    let mut request = Signed::new(&own, "execute-api", "GET", "/api/iam/notes/shared").request();
    for (_, value) in request.headers.iter_mut().filter(|(name, _)| name == "x-amz-date") {
        *value = "20251107T090503Z".into();
    }
    let body = world.emulator.handle(request).body;
    assert!(String::from_utf8(body).unwrap().contains("Date in Credential scope does not match YYYYMMDD"));
}

#[test]
fn everything_that_is_signed_counts() {
    let world = World::new();
    let (_, own) = world.credentials(&world.logins("alice"));
    let mut signed = Signed::new(&own, "execute-api", "PUT", "/api/iam/notes/shared?a=1&b=%20%2F");
    signed.headers = vec![("content-type", "application/json")];
    signed.body = "{\"text\":\"ü\"}";
    let request = signed.request();
    let handled = |request: HttpRequest| {
        let response = world.emulator.handle(request);
        (response.status, String::from_utf8(response.body).unwrap())
    };
    let (status, body) = handled(request.clone());
    assert_eq!(status, 200, "{body}");
    let order = HttpRequest { target: "/api/iam/notes/shared?b=%20%2f&a=1".into(), ..request.clone() };
    assert_eq!(handled(order).0, 200, "the order and the spelling of a query do not count");
    let own_headers = request.headers.clone();
    let header = move |name: &str, value: &str| {
        let mut headers = own_headers.clone();
        headers.iter_mut().filter(|(own, _)| own == name).for_each(|(_, own)| *own = value.into());
        headers
    };
    for changed in [
        HttpRequest { body: b"{}".to_vec(), ..request.clone() },
        HttpRequest { method: "POST".into(), ..request.clone() },
        HttpRequest { target: "/api/iam/notes/shared?a=2&b=%20%2F".into(), ..request.clone() },
        HttpRequest { target: "/api/iam/notes/shared".into(), ..request.clone() },
        HttpRequest { target: "/api/iam/notes/other?a=1&b=%20%2F".into(), ..request.clone() },
        HttpRequest { headers: header("host", "127.0.0.1:9400"), ..request.clone() },
        HttpRequest { headers: header("content-type", "text/plain"), ..request },
    ] {
        let (status, body) = handled(changed);
        assert_eq!(status, 403);
        assert!(body.contains("The request signature we calculated does not match"), "{body}");
        assert!(body.contains("The Canonical String for this request should have been"), "{body}");
        assert!(!body.contains(own["SessionToken"].as_str().unwrap()), "the session token stays out");
    }
    let mut wrong = Signed::new(&own, "execute-api", "GET", "/api/iam/notes/shared");
    wrong.headers = vec![("x-amz-content-sha256", "0000")];
    let (response, body) = wrong.send(&world);
    assert_eq!(response.status, 400);
    assert!(body["message"].as_str().unwrap().contains("x-amz-content-sha256"), "{body}");
}

#[test]
fn host_must_be_among_the_signed_headers() {
    let world = World::new();
    let (_, own) = world.credentials(&json!({}));
    let mut request = Signed::new(&own, "execute-api", "GET", "/api/iam/notes/shared").request();
    for (_, value) in request.headers.iter_mut().filter(|(name, _)| name == "authorization") {
        *value = value.replace("SignedHeaders=host;", "SignedHeaders=");
    }
    let body = String::from_utf8(world.emulator.handle(request).body).unwrap();
    assert!(body.contains("'Host' or ':authority' must be a 'SignedHeader'"), "{body}");
}

#[test]
fn administrators_bring_any_credentials_but_ours_are_checked() {
    let world = World::new();
    let (_, own) = world.credentials(&world.logins("alice"));
    let call = |service: &str, target: &str, body: &str, time: &str| {
        let mut request = Signed::new(&own, service, "POST", "/");
        request.headers = vec![("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target)];
        request.body = body;
        request.time = time;
        let (response, body) = request.send(&world);
        (response.status, body["__type"].as_str().unwrap().to_owned(), body["message"].as_str().unwrap().to_owned())
    };
    let user = json!({ "UserPoolId": POOL, "Username": "bob" }).to_string();
    let target = "AWSCognitoIdentityProviderService.AdminGetUser";
    let (status, kind, text) = call("cognito-idp", target, &user, NOW);
    assert_eq!((status, kind.as_str()), (400, "AccessDeniedException"));
    let arn = format!("arn:aws:cognito-idp:eu-west-1:000000000000:userpool/{POOL}");
    assert!(text.contains(&format!("cognito-idp:AdminGetUser on resource: {arn}")), "{text}");
    let (_, kind, text) = call("cognito-idp", target, &user, "20251106T080000Z");
    assert_eq!(kind, "InvalidSignatureException");
    assert!(text.starts_with("Signature expired: 20251106T080000Z is now earlier than"), "{text}");
    let pool = json!({ "IdentityPoolId": IDENTITIES }).to_string();
    let (_, kind, text) = call("cognito-identity", "AWSCognitoIdentityService.DescribeIdentityPool", &pool, NOW);
    assert_eq!(kind, "AccessDeniedException");
    assert!(
        text.contains(&format!("arn:aws:cognito-identity:eu-west-1:000000000000:identitypool/{IDENTITIES}")),
        "{text}"
    );
}

#[test]
fn nonsense_is_refused_and_never_shown_again() {
    let world = World::new();
    for (authorization, word) in [
        ("Bearer a-secret-token", "requires 'Credential' parameter"),
        ("AWS4-HMAC-SHA256 Credential=secret", "requires 'Signature' parameter"),
        ("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00", "64 hexadecimal digits"),
        (
            &format!("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature={}", "0".repeat(64)),
            "exactly 5 slash-delimited elements",
        ),
        (
            &format!(
                "AWS4-HMAC-SHA256 Credential=a/20251106/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature={}",
                "0".repeat(64)
            ),
            "'X-Amz-Date' or a 'Date' header",
        ),
    ] {
        let headers =
            vec![("Host".to_owned(), "localhost:9400".to_owned()), ("Authorization".into(), authorization.to_owned())];
        let request =
            HttpRequest { method: "GET".into(), target: "/api/iam/notes/shared".into(), headers, body: Vec::new() };
        let response = world.emulator.handle(request);
        let body = String::from_utf8(response.body.clone()).unwrap();
        assert_eq!(
            (response.status, response.header("x-amzn-ErrorType")),
            (403, Some("IncompleteSignatureException")),
            "{body}"
        );
        assert!(body.contains(word) && !body.contains("secret"), "{body}");
    }
}
