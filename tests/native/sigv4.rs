//! Signature Version 4 against AWS's own suites and requests that botocore signed, step by step.

use poolpass::crypto::sha256::sha256;
use poolpass::encode::{base64, hex};
use poolpass::sigv4::{
    Credentials, EMPTY_PAYLOAD, PathRule, Scope, SignableRequest, Signature, SigningKey, SigningParams,
    UNSIGNED_PAYLOAD, Url, amz_date, presign, sign,
};
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors/sigv4.json")).unwrap()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn headers(request: &Value) -> Vec<(String, String)> {
    let pair = |pair: &Value| (pair[0].as_str().unwrap().to_owned(), pair[1].as_str().unwrap().to_owned());
    request["headers"].as_array().unwrap().iter().map(pair).collect()
}

fn borrowed(headers: &[(String, String)]) -> Vec<(&str, &str)> {
    headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn credentials(id: &str, secret: &str, token: Option<&str>) -> Credentials {
    Credentials { access_key_id: id.into(), secret_access_key: secret.into(), session_token: token.map(Into::into) }
}

fn hash(body: &[u8]) -> String {
    hex::encode(&sha256(&[body]))
}

fn agree(name: &str, steps: &Signature, expected: &Value) {
    assert_eq!(steps.canonical.text, text(expected, "canonical_request"), "canonical request of {name}");
    assert_eq!(steps.string_to_sign, text(expected, "string_to_sign"), "string to sign of {name}");
    if let Some(signature) = expected["signature"].as_str() {
        assert_eq!(steps.hex, signature, "signature of {name}");
    }
}

#[test]
fn awss_current_suite_step_by_step() {
    let vectors = vectors();
    let cases = vectors["suite"].as_array().unwrap();
    for case in cases {
        let (name, context, request) = (text(case, "name"), &case["context"], &case["request"]);
        let keys = &context["credentials"];
        let with_token = context["omit_session_token"] != true;
        let token = keys["session_token"].as_str().or(keys["token"].as_str()).filter(|_| with_token);
        let credentials = credentials(text(keys, "access_key_id"), text(keys, "secret_access_key"), token);
        let time = text(context, "timestamp").replace(['-', ':'], "");
        let scope = Scope { region: text(context, "region"), service: text(context, "service"), time: &time };
        let rule = if context["normalize"] == true { PathRule::Normalized } else { PathRule::Encoded };
        let address = format!("https://example.amazonaws.com{}", text(request, "target"));
        let url = Url::read(&address).unwrap();
        let payload = hash(text(request, "body").as_bytes());
        let plain = headers(request);
        let mut dated = plain.clone();
        dated.push(("X-Amz-Date".into(), time.clone()));
        if context["sign_body"] == true {
            dated.push(("x-amz-content-sha256".into(), payload.clone()));
        }
        if let Some(token) = token {
            dated.push(("X-Amz-Security-Token".into(), token.into()));
        }
        let key = SigningKey::derive(&credentials, &scope);
        let params = SigningParams { credentials: &credentials, scope, key: &key };
        let (method, dated, plain) = (text(request, "method"), borrowed(&dated), borrowed(&plain));
        let signable = SignableRequest { method, url, headers: &dated, payload: &payload, path_rule: rule };
        let signed = sign(&signable, &params);
        agree(name, &signed.signature, &case["header"]);
        assert!(
            text(&case["header"], "signed_request").contains(&format!("Authorization:{}", signed.authorization)),
            "{name}"
        );

        let seconds = context["expiration_in_seconds"].to_string();
        let presigned = presign(&SignableRequest { headers: &plain, ..signable }, &params, &seconds, false);
        agree(&format!("{name} in the query"), &presigned.signature, &case["query"]);
    }
    assert_eq!(cases.len(), 38);
}

#[test]
fn awss_older_suite_step_by_step() {
    let vectors = vectors();
    let cases = vectors["carried_suite"].as_array().unwrap();
    for case in cases {
        let (name, request) = (text(case, "name"), &case["request"]);
        let credentials = credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None);
        let scope = Scope { region: "us-east-1", service: "service", time: "20150830T123600Z" };
        let address = format!("https://example.amazonaws.com{}", text(request, "target"));
        let payload = hash(text(request, "body").as_bytes());
        let mut headers = headers(request);
        // The suite's signer adds the token where the request has none.
        let token_line =
            text(case, "canonical_request").lines().find_map(|line| line.strip_prefix("x-amz-security-token:"));
        if let Some(token) = token_line
            && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("x-amz-security-token"))
        {
            headers.push(("X-Amz-Security-Token".into(), token.into()));
        }
        let key = SigningKey::derive(&credentials, &scope);
        let signable = SignableRequest {
            method: text(request, "method"),
            url: Url::read(&address).unwrap(),
            headers: &borrowed(&headers),
            payload: &payload,
            path_rule: PathRule::Normalized,
        };
        let params = SigningParams { credentials: &credentials, scope, key: &key };
        let signed = sign(&signable, &params);
        agree(name, &signed.signature, case);
        assert_eq!(signed.authorization, text(case, "authorization"), "{name}");
    }
    assert_eq!(cases.len(), 34);
}

#[test]
fn botocores_signatures_step_by_step() {
    let vectors = vectors();
    let cases = vectors["generated"].as_array().unwrap();
    for case in cases {
        let (name, request, expected) = (text(case, "name"), &case["request"], &case["expected"]);
        let token = case["session_token"].as_str();
        let credentials = credentials(text(case, "access_key_id"), text(case, "secret_access_key"), token);
        let scope = Scope { region: text(case, "region"), service: text(case, "service"), time: text(case, "time") };
        let rule = if case["uri_escape_path"] == true { PathRule::Normalized } else { PathRule::EncodedOnce };
        let url = Url::read(text(request, "url")).unwrap();
        let body = match request["body_b64"].as_str() {
            Some(text) => base64::decode(text).unwrap(),
            None => text(request, "body").into(),
        };
        let payload = if case["payload"] == "unsigned" { UNSIGNED_PAYLOAD.to_owned() } else { hash(&body) };
        let mut headers = headers(request);
        headers.push(("host".into(), url.host.into()));
        let key = SigningKey::derive(&credentials, &scope);
        let params = SigningParams { credentials: &credentials, scope, key: &key };
        let method = text(request, "method");
        if let Some(seconds) = case["presign_expires"].as_u64() {
            let headers = borrowed(&headers);
            let signable = SignableRequest { method, url, headers: &headers, payload: &payload, path_rule: rule };
            let presigned = presign(&signable, &params, &seconds.to_string(), false);
            agree(name, &presigned.signature, expected);
            let query = |url: &str| {
                let mut pairs: Vec<String> = url.split_once('?').unwrap().1.split('&').map(str::to_owned).collect();
                pairs.sort();
                pairs
            };
            assert_eq!(query(presigned.url.expose_secret()), query(text(expected, "signed_url")), "{name}");
            continue;
        }
        headers.push(("x-amz-date".into(), scope.time.into()));
        if let Some(token) = token {
            headers.push(("x-amz-security-token".into(), token.into()));
        }
        if case["content_sha256_header"] == true {
            headers.push(("x-amz-content-sha256".into(), payload.clone()));
        }
        let headers = borrowed(&headers);
        let signable = SignableRequest { method, url, headers: &headers, payload: &payload, path_rule: rule };
        let signed = sign(&signable, &params);
        agree(name, &signed.signature, expected);
        assert_eq!(signed.authorization, text(expected, "authorization"), "{name}");
    }
    assert_eq!(cases.len(), 66);
}

#[test]
fn amz_dates_have_awss_form() {
    assert_eq!(amz_date(1_762_419_903_999), "20251106T090503Z");
    assert_eq!(amz_date(951_782_399_000), "20000228T235959Z");
    assert_eq!(amz_date(0), "19700101T000000Z");
    assert_eq!(hash(b""), EMPTY_PAYLOAD);
}

#[test]
fn a_key_is_good_for_its_credentials_day_region_and_service_alone() {
    let (ours, others) = (credentials("A", "secret", None), credentials("A", "another", None));
    let scope = Scope { region: "eu-west-1", service: "s3", time: "20251106T090503Z" };
    let key = SigningKey::derive(&ours, &scope);
    assert!(key.is_for(&ours, &Scope { time: "20251106T235959Z", ..scope }));
    assert!(!key.is_for(&others, &scope));
    for other in [
        Scope { time: "20251107T000000Z", ..scope },
        Scope { region: "eu-west-2", ..scope },
        Scope { service: "execute-api", ..scope },
    ] {
        assert!(!key.is_for(&ours, &other), "{other:?}");
    }
}
