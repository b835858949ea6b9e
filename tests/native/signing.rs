//! What is signed, with what, and for whom: signatures that the emulator's services check.

use poolpass::access::{PresignWish, SignWish};

use crate::identity::{plain, tab};
use crate::stage::{APP, Stage, WEB, alice, block_on};

#[test]
fn s3_takes_a_key_of_any_letters_as_it_is_written() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    block_on(tab.client.sign_in(&alice())).unwrap();
    let own = block_on(tab.client.aws_session(&plain())).unwrap().identity_id.replace(':', "%3A");
    for key in ["plain", "a%20b", "!'()*", "100%25", "%C3%BC/%E5%B1%B1", "a//b/../c"] {
        let path = format!("/poolpass-notes/private/{own}/{key}");
        let wish = SignWish {
            method: "PUT".into(),
            url: format!("http://localhost:9400{path}"),
            service: Some("s3".into()),
            region: Some("eu-west-1".into()),
            ..SignWish::default()
        };
        let signed = block_on(tab.client.sign(&wish)).unwrap();
        let headers: Vec<(&str, &str)> =
            signed.iter().map(|(name, value)| (*name, value.expose_secret().as_str())).collect();
        let answer = stage.request("PUT", &path, &headers, "");
        assert_eq!(answer.status, 200, "{key}: {}", String::from_utf8_lossy(&answer.body));
        // Of another key the signature is none.
        let answer = stage.request("PUT", &format!("{path}x"), &headers, "");
        assert_eq!(answer.status, 403, "{key}");
    }
}

#[test]
fn a_body_goes_unsigned_to_s3_over_tls_alone() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    for (url, service, code) in [
        ("https://b.s3.eu-west-1.amazonaws.com/k", None, None),
        ("http://localhost:9400/b/k", Some("s3"), Some("bad_input")),
        ("https://a.execute-api.eu-west-1.amazonaws.com/x", None, Some("bad_input")),
    ] {
        let wish = SignWish {
            url: url.into(),
            payload: Some("UNSIGNED-PAYLOAD".into()),
            service: service.map(str::to_owned),
            region: Some("eu-west-1".into()),
            ..SignWish::default()
        };
        assert_eq!(block_on(tab.client.sign(&wish)).err().map(|error| error.code()), code, "{url}");
    }
}

#[test]
fn service_and_region_are_never_guessed() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let refused = |url: &str| {
        let wish = SignWish { url: url.into(), ..SignWish::default() };
        block_on(tab.client.sign(&wish)).err().map(|error| error.code())
    };
    for url in ["https://api.example.com/x", "https://bucket.s3.amazonaws.com/k", "nonsense", "ftp://x.example/"] {
        assert_eq!(refused(url), Some("bad_input"), "{url}");
    }
    let half = |service: Option<&str>, region: Option<&str>| {
        let (service, region) = (service.map(str::to_owned), region.map(str::to_owned));
        let wish = SignWish { url: "https://api.example.com/x".into(), service, region, ..SignWish::default() };
        block_on(tab.client.sign(&wish)).err().map(|error| error.to_string())
    };
    assert!(half(Some("execute-api"), None).is_some_and(|text| text.contains("region")));
    assert!(half(None, Some("eu-west-1")).is_some_and(|text| text.contains("service")));
    assert_eq!(half(Some("execute-api"), Some("eu-west-1")), None);
    assert_eq!(refused("https://a.execute-api.eu-west-1.amazonaws.com/x"), None);
    assert_eq!(refused("http://localhost:9400/api/iam/notes"), None);
    for seconds in [0, 604_801] {
        let request = SignWish { url: "https://b.s3.eu-west-1.amazonaws.com/k".into(), ..SignWish::default() };
        let wish = PresignWish { request, expires_in: Some(seconds) };
        assert_eq!(block_on(tab.client.presign(&wish)).err().unwrap().code(), "bad_input");
    }
}

#[test]
fn an_origin_without_a_rule_gets_nothing() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let outgoing = |url: &str| poolpass::access::Outgoing {
        request: SignWish { url: url.into(), ..SignWish::default() },
        refused: None,
    };
    for url in ["https://localhost:9400/", "http://localhost:9401/", "http://localhost:9400.evil.example/", APP] {
        assert_eq!(block_on(tab.client.authorize(&outgoing(url))).err().unwrap().code(), "no_rule", "{url}");
    }
    let authorized = block_on(tab.client.authorize(&outgoing("http://localhost:9400/api/iam/x"))).unwrap();
    let names: Vec<&str> = authorized.headers.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["x-amz-date", "x-amz-security-token", "authorization"]);
}
