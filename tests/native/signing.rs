//! What is signed, with what, and for whom: signatures that the emulator's services check.

use poolpass::access::{PresignRequest, SignRequest};

use crate::identity::{POOL, plain, tab};
use crate::stage::{APP, HOUR_MS, Stage, Tab, WEB, alice, block_on};

/// The headers of a signed request.
fn signed(tab: &Tab, input: &SignRequest) -> Result<Vec<(&'static str, String)>, String> {
    let headers = block_on(tab.client.sign(input)).map_err(|error| {
        assert_eq!(error.code(), "bad_input");
        error.message().into_owned()
    })?;
    Ok(headers.into_iter().map(|(name, value)| (name, value.expose_secret().clone())).collect())
}

fn presigned(tab: &Tab, input: &SignRequest) -> Result<String, String> {
    let input = PresignRequest { request: input.clone(), expires_in: None };
    let url = block_on(tab.client.presign(&input)).map_err(|error| error.message().into_owned())?;
    Ok(url.expose_secret().clone())
}

fn of_url(url: &str) -> SignRequest {
    SignRequest { url: url.into(), ..SignRequest::default() }
}

fn to_service(url: &str, service: &str) -> SignRequest {
    SignRequest { service: Some(service.into()), region: Some("eu-west-1".into()), ..of_url(url) }
}

/// Region and service of a signature.
fn scope(headers: &[(&str, String)]) -> String {
    let (_, authorization) = headers.last().unwrap();
    authorization.split(['/', ',']).skip(2).take(2).collect::<Vec<_>>().join("/")
}

fn header<'a>(headers: &'a [(&str, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
}

/// A tab with other rules for origins.
fn tab_with(stage: &Stage, origins: &str) -> Tab {
    let config = format!(
        r#"{{"identityPool": {{"identityPoolId": "{POOL}", "allowGuestAccess": true}}, "origins": [{origins}],
            "endpoint": "http://localhost:9400"}}"#
    );
    Tab::open(&config, stage.world.tab())
}

#[test]
fn s3_keys_of_any_characters_are_signed_as_sent() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    block_on(tab.client.sign_in(&alice())).unwrap();
    let own = block_on(tab.client.aws_session(&plain())).unwrap().identity_id.replace(':', "%3A");
    for key in ["plain", "a%20b", "!'()*", "100%25", "%C3%BC/%E5%B1%B1", "a//b/.../c", "a+b", "a%2Bb", "a%2fb", "a|b^c"]
    {
        let path = format!("/poolpass-notes/private/{own}/{key}");
        let input = SignRequest {
            method: "PUT".into(),
            url: format!("http://localhost:9400{path}"),
            service: Some("s3".into()),
            region: Some("eu-west-1".into()),
            ..SignRequest::default()
        };
        let signed = block_on(tab.client.sign(&input)).unwrap();
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
fn only_s3_over_tls_accepts_an_unsigned_body() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    for (url, service, code) in [
        ("https://b.s3.eu-west-1.amazonaws.com/k", None, None),
        ("http://localhost:9400/b/k", Some("s3"), Some("bad_input")),
        ("https://a.execute-api.eu-west-1.amazonaws.com/x", None, Some("bad_input")),
        ("https://a.execute-api.eu-west-1.amazonaws.com/x", Some("s3express"), None),
        ("http://a.2b.vpc-lattice-svcs.eu-west-1.on.aws/x", None, None),
    ] {
        let input = SignRequest {
            url: url.into(),
            payload: Some("UNSIGNED-PAYLOAD".into()),
            service: service.map(str::to_owned),
            region: Some("eu-west-1".into()),
            ..SignRequest::default()
        };
        assert_eq!(block_on(tab.client.sign(&input)).err().map(|error| error.code()), code, "{url}");
    }
}

#[test]
fn service_and_region_are_never_guessed() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let refused = |url: &str| {
        let input = SignRequest { url: url.into(), ..SignRequest::default() };
        block_on(tab.client.sign(&input)).err().map(|error| error.code())
    };
    for url in ["https://api.example.com/x", "https://bucket.s3.amazonaws.com/k", "nonsense", "ftp://x.example/"] {
        assert_eq!(refused(url), Some("bad_input"), "{url}");
    }
    let half = |service: Option<&str>, region: Option<&str>| {
        let (service, region) = (service.map(str::to_owned), region.map(str::to_owned));
        let input = SignRequest { url: "https://api.example.com/x".into(), service, region, ..SignRequest::default() };
        block_on(tab.client.sign(&input)).err().map(|error| error.to_string())
    };
    assert!(half(Some("execute-api"), None).is_some_and(|text| text.contains("region")));
    assert!(half(None, Some("eu-west-1")).is_some_and(|text| text.contains("service")));
    assert_eq!(half(Some("execute-api"), Some("eu-west-1")), None);
    assert_eq!(refused("https://a.execute-api.eu-west-1.amazonaws.com/x"), None);
    assert_eq!(refused("http://localhost:9400/api/iam/notes"), None);
    for seconds in [0, 604_801] {
        let request = SignRequest { url: "https://b.s3.eu-west-1.amazonaws.com/k".into(), ..SignRequest::default() };
        let input = PresignRequest { request, expires_in: Some(seconds) };
        assert_eq!(block_on(tab.client.presign(&input)).err().unwrap().code(), "bad_input");
    }
}

#[test]
fn an_origin_without_a_rule_gets_no_credential() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let outgoing = |url: &str| poolpass::access::Outgoing {
        request: SignRequest { url: url.into(), ..SignRequest::default() },
        refused: None,
    };
    for url in ["https://localhost:9400/", "http://localhost:9401/", "http://localhost.evil.example:9400/", APP] {
        assert_eq!(block_on(tab.client.authorize(&outgoing(url))).err().unwrap().code(), "origin_not_allowed", "{url}");
    }
    // What is no URL to a browser is of no origin.
    for url in ["http://localhost:9400.evil.example/", "http://localhost:9400@evil.example/", "/x"] {
        assert_eq!(block_on(tab.client.authorize(&outgoing(url))).err().unwrap().code(), "bad_input", "{url}");
    }
    let authorized = block_on(tab.client.authorize(&outgoing("http://localhost:9400/api/iam/x"))).unwrap();
    let names: Vec<&str> = authorized.headers.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["x-amz-date", "x-amz-security-token", "authorization"]);
}

#[test]
fn the_input_takes_precedence_over_the_rule_and_the_rule_over_the_host() {
    let stage = Stage::new(WEB);
    let host = "https://bedrock-runtime.us-east-1.amazonaws.com";
    let with_rule = tab_with(
        &stage,
        &format!(r#"{{"origin": "{host}", "auth": "iam", "service": "ours", "region": "eu-central-1"}}"#),
    );
    let url = format!("{host}/model");
    assert_eq!(scope(&signed(&with_rule, &of_url(&url)).unwrap()), "eu-central-1/ours");
    let asked = SignRequest { service: Some("theirs".into()), ..of_url(&url) };
    assert_eq!(scope(&signed(&with_rule, &asked).unwrap()), "eu-central-1/theirs");
    let outgoing = poolpass::access::Outgoing { request: of_url(&url), refused: None };
    let authorized = block_on(with_rule.client.authorize(&outgoing)).unwrap();
    assert!(authorized.headers.last().unwrap().1.expose_secret().contains("/eu-central-1/ours/"));
    // Without a rule the host tells both, and of one that tells half a rule may tell the other.
    let without = tab_with(&stage, "");
    assert_eq!(scope(&signed(&without, &of_url(&url)).unwrap()), "us-east-1/bedrock");
    let accelerated = "https://b.s3-accelerate.amazonaws.com";
    let half = tab_with(&stage, &format!(r#"{{"origin": "{accelerated}", "auth": "iam", "region": "eu-west-3"}}"#));
    assert_eq!(scope(&signed(&half, &of_url(&format!("{accelerated}/k"))).unwrap()), "eu-west-3/s3");
    assert!(signed(&without, &of_url(accelerated)).unwrap_err().starts_with("region is missing"));
    assert!(signed(&without, &of_url("https://api.example.com/")).unwrap_err().starts_with("service is missing"));
}

#[test]
fn a_url_that_browsers_send_in_another_form_is_refused() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let origin = "https://a.execute-api.eu-west-1.amazonaws.com";
    for path in [
        "/notes/a b",
        "/Citroën",
        "/{id}",
        "/notes\\shared",
        "/a\tb",
        "/a\n",
        "/\"",
        "/<a>",
        "/`",
        "/x?q=ü",
        "/x?q=a b",
        "/x?q='",
    ] {
        let problem = Err("url is not in the form in which browsers send it.".to_owned());
        let url = [origin, path].concat();
        assert_eq!(signed(&tab, &of_url(&url)).map(drop), problem.clone(), "{path}");
        assert_eq!(presigned(&tab, &of_url(&url)).map(drop), problem, "{path}");
    }
    for path in ["/x/../shared", "/x/%2e%2E/shared", "/.", "/a/.%2e", "/%2e/a"] {
        for url in [[origin, path].concat(), ["https://b.s3.eu-west-1.amazonaws.com", path].concat()] {
            assert!(signed(&tab, &of_url(&url)).unwrap_err().starts_with("url has a dot segment"), "{url}");
            assert!(presigned(&tab, &of_url(&url)).unwrap_err().starts_with("url has a dot segment"), "{url}");
        }
    }
    for url in [
        "HTTPS://a.execute-api.eu-west-1.amazonaws.com/",
        "https://user@a.execute-api.eu-west-1.amazonaws.com/",
        "https://a:99999/",
        "https://1.2.3.4.5/",
        "/relative",
    ] {
        assert_eq!(signed(&tab, &of_url(url)).map(drop), Err("url must be an absolute URL.".to_owned()), "{url}");
    }
    let url = "https://A.execute-api.eu-west-1.amazonaws.com/";
    assert!(signed(&tab, &of_url(url)).unwrap_err().starts_with("url is not in the form"));
    for path in ["/a..b/...", "/%2e%2e%2fx", "/a|b^c", "/x?q={a}|`^\\", "/x?q=%zz&&=&a", "/!'()*;:@,$", "//", ""] {
        assert!(signed(&tab, &of_url(&[origin, path].concat())).is_ok(), "{path}");
    }
    let once = presigned(&tab, &of_url(origin)).unwrap();
    assert_eq!(presigned(&tab, &of_url(&once)), Err("url is signed already.".to_owned()));
    assert_eq!(signed(&tab, &of_url(&once)), Err("url is signed already.".to_owned()));
}

#[test]
fn a_plus_in_a_query_is_written_as_an_encoded_blank() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let list = "http://localhost:9400/poolpass-notes?list-type=2&delimiter=";
    let url = presigned(&tab, &to_service(&format!("{list}a+b%2Bc"), "s3")).unwrap();
    assert!(url.contains("&delimiter=a%20b%2Bc&X-Amz-Algorithm="), "{url}");
    // In the path it is a blank to S3 alone.
    let url = presigned(&tab, &to_service("http://localhost:9400/b/x+y", "s3")).unwrap();
    assert!(url.starts_with("http://localhost:9400/b/x%20y?"), "{url}");
    let url = presigned(&tab, &of_url("http://localhost:9400/api/iam/notes/x+y")).unwrap();
    assert!(url.starts_with("http://localhost:9400/api/iam/notes/x+y?"), "{url}");
    // Where it is sent as it is, it is signed as it is read.
    let target = "/api/iam/notes/shared?q=a+b%2Bc&r=+";
    let headers = signed(&tab, &of_url(&["http://localhost:9400", target].concat())).unwrap();
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = stage.request("GET", target, &headers, "");
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    assert!(String::from_utf8_lossy(&answer.body).contains("a b+c"));
    assert_eq!(stage.request("GET", &target.replace('+', "%2B"), &headers, "").status, 403);
}

#[test]
fn a_header_that_browsers_and_aws_encode_differently_is_refused_by_its_name() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let with = |name: &str, value: &str| SignRequest {
        headers: vec![("accept".into(), "*/*".into()), (name.into(), value.into())],
        ..of_url("http://localhost:9400/api/iam/notes/shared")
    };
    for value in ["attachment; filename=\"1 ©.jpg\"", "a\nb", "\u{7f}"] {
        let input = with("Content-Disposition", value);
        for message in [signed(&tab, &input).unwrap_err(), presigned(&tab, &input).unwrap_err()] {
            let expected = "headers.Content-Disposition has a character outside printable ASCII: encode it.";
            assert_eq!(message, expected);
        }
    }
    assert!(stage.sent().is_empty());
    assert!(signed(&tab, &with("Content-Disposition", "a\t \"b\" ~")).is_ok());
}

#[test]
fn services_get_the_payload_header_that_they_want() {
    const HASH: &str = "1b4f0e9851971998e732078544c96b36c3d01cedf7caa332359d6f1d83567014";
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let unsigned = Some("UNSIGNED-PAYLOAD");
    for (service, given, sent) in [
        ("s3", Some(HASH), Some(HASH)),
        ("s3express", Some(HASH), Some(HASH)),
        ("s3-object-lambda", unsigned, unsigned),
        ("s3-outposts", Some(HASH), Some(HASH)),
        ("aoss", Some(HASH), Some(HASH)),
        ("vpc-lattice-svcs", None, unsigned),
        ("vpc-lattice-svcs", Some(HASH), unsigned),
        ("vpc-lattice-svcs", unsigned, unsigned),
        ("execute-api", Some(HASH), None),
        ("es", Some(HASH), None),
    ] {
        let input = SignRequest { payload: given.map(str::to_owned), ..to_service("https://x.example/a%20b", service) };
        let headers = signed(&tab, &input).unwrap();
        assert_eq!(header(&headers, "x-amz-content-sha256"), sent, "{service}");
        let is_signed = headers.last().unwrap().1.contains("x-amz-content-sha256");
        assert_eq!(is_signed, sent.is_some(), "{service}");
    }
    for service in ["aoss", "es", "execute-api"] {
        let input = SignRequest { payload: unsigned.map(str::to_owned), ..to_service("https://x.example/", service) };
        assert!(signed(&tab, &input).unwrap_err().starts_with("payloadHash must be"), "{service}");
    }
}

#[test]
fn an_iot_websocket_url_gets_its_token_after_signing() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let host = "x-ats.iot.eu-west-1.amazonaws.com";
    let url = presigned(&tab, &of_url(&format!("wss://{host}/mqtt"))).unwrap();
    let names: Vec<&str> = url.split(['?', '&']).skip(1).map(|pair| pair.split_once('=').unwrap().0).collect();
    assert_eq!(names[names.len() - 2..], ["X-Amz-Signature", "X-Amz-Security-Token"], "{url}");
    assert!(url.starts_with(&format!("wss://{host}/mqtt?")) && url.contains("%2Fiotdevicegateway%2F"), "{url}");
    // Its HTTPS API signs by another name, and other sockets sign the token.
    let url = presigned(&tab, &of_url(&format!("https://{host}/topics/a"))).unwrap();
    assert!(url.contains("%2Fiotdata%2F") && url.rsplit('&').next().unwrap().starts_with("X-Amz-Signature="), "{url}");
    let url = presigned(&tab, &of_url("wss://transcribestreaming.eu-west-1.amazonaws.com:8443/a")).unwrap();
    assert!(url.contains("%2Ftranscribe%2F") && url.rsplit('&').next().unwrap().starts_with("X-Amz-Signature="));
    // A rule for the origin is one for its sockets too.
    let rule =
        r#"{"origin": "https://iot.example.com", "auth": "iam", "service": "iotdevicegateway", "region": "eu-west-1"}"#;
    let url = presigned(&tab_with(&stage, rule), &of_url("wss://iot.example.com/mqtt")).unwrap();
    assert!(url.starts_with("wss://iot.example.com/mqtt?") && url.contains("%2Fiotdevicegateway%2F"), "{url}");
}

#[test]
fn a_clock_offset_applies_to_its_own_service_only() {
    let stage = Stage::new(WEB);
    let tab = tab(&stage, "");
    let date_at = |url: &str| header(&signed(&tab, &to_service(url, "x")).unwrap(), "x-amz-date").unwrap().to_owned();
    let now = date_at("https://a.example/");
    let later_ms = stage.world.now_ms() + 5 * 365 * 24 * HOUR_MS;
    tab.client.correct_clock("https://a.example/some/path?q", later_ms);
    assert_ne!(date_at("https://a.example/")[..4], now[..4]);
    for other in ["https://b.example/", "https://a.example:8443/", "https://x.a.example/", "http://localhost:9400/"] {
        assert_eq!(date_at(other), now, "{other}");
    }
    tab.client.correct_clock("https://a.example/", stage.world.now_ms());
    assert_eq!(date_at("https://a.example/"), now);
}
