//! Every vector of `tests/vectors/sigv4.json`, checked as a server would: AWS's own suites, and requests that botocore signed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::check::{self, Signer, check};
use super::claimed::Claimed;
use super::rules::Rules;
use super::{canonical, time};
use crate::core::wire::http::HttpRequest;

fn vectors() -> Value {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/sigv4.json");
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

/// A request as it is written on the wire; folded header lines are joined.
fn parse(raw: &str) -> HttpRequest {
    let (head, body) = raw.split_once("\n\n").unwrap_or((raw, ""));
    let mut lines = head.lines();
    let (method, rest) = lines.next().unwrap().split_once(' ').unwrap();
    let target = rest.strip_suffix(" HTTP/1.1").unwrap();
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in lines {
        match (line.starts_with([' ', '\t']), headers.last_mut()) {
            (true, Some((_, value))) => value.push_str(&format!(" {}", line.trim())),
            _ => {
                let (name, value) = line.split_once(':').unwrap();
                headers.push((name.into(), value.trim().into()));
            }
        }
    }
    HttpRequest { method: method.into(), target: target.into(), headers, body: body.into() }
}

/// Checks every step of one request, and that a changed one is refused.
fn accept(name: &str, request: &HttpRequest, rules: &Rules<'_>, signer: (&str, Option<&str>), expected: (&str, &str)) {
    let claimed = Claimed::read(request).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
    let payload = check::payload(request, &claimed, rules).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
    let canonical = canonical::request(request, &claimed, rules, &payload);
    assert_eq!(canonical, expected.0, "{name}");
    assert_eq!(check::string_to_sign(&claimed, &canonical), expected.1, "{name}");
    let outcome = |request: &HttpRequest, secret: &str| {
        let signer = Signer { secret, token: signer.1, expires_ms: None };
        check(request, rules, claimed.time_ms, |_| Some(signer)).map_err(|refusal| refusal.code(super::Style::Query))
    };
    assert_eq!(outcome(request, signer.0), Ok(claimed.access_key_id.clone()), "{name}");
    assert_eq!(outcome(request, "another secret"), Err("SignatureDoesNotMatch"), "{name}");
    let method = if request.method == "DELETE" { "GET" } else { "DELETE" };
    let changed = HttpRequest { method: method.into(), ..request.clone() };
    assert_eq!(outcome(&changed, signer.0), Err("SignatureDoesNotMatch"), "{name}");
    let host = request.headers.iter().map(|(name, value)| {
        let other = if name.eq_ignore_ascii_case("host") { format!("x{value}") } else { value.clone() };
        (name.clone(), other)
    });
    let changed = HttpRequest { headers: host.collect(), ..request.clone() };
    assert_eq!(outcome(&changed, signer.0), Err("SignatureDoesNotMatch"), "{name}");
}

#[test]
fn aws_own_suite() {
    let vectors = vectors();
    let cases = vectors["suite"].as_array().unwrap();
    assert_eq!(cases.len(), 38);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let context = &case["context"];
        let credentials = &context["credentials"];
        let rules = Rules {
            normalize_path: context["normalize"].as_bool().unwrap(),
            token_after_signing: context["omit_session_token"] == true,
            ..Rules::of(context["service"].as_str().unwrap(), context["region"].as_str().unwrap())
        };
        let signer = (credentials["secret_access_key"].as_str().unwrap(), credentials["token"].as_str());
        for form in ["header", "query"] {
            let side = &case[form];
            let request = parse(side["signed_request"].as_str().unwrap());
            let expected = (side["canonical_request"].as_str().unwrap(), side["string_to_sign"].as_str().unwrap());
            accept(&format!("{name} {form}"), &request, &rules, signer, expected);
        }
    }
}

#[test]
fn the_older_edition_of_the_suite() {
    let vectors = vectors();
    let cases = vectors["carried_suite"].as_array().unwrap();
    assert_eq!(cases.len(), 34);
    for case in cases {
        let text = |name: &str| case[name].as_str().unwrap();
        let mut request = parse(text("signed_request"));
        // One of the published requests carries a signature that is not its own.
        request.headers.retain(|(name, _)| name != "Authorization");
        request.headers.push(("Authorization".into(), text("authorization").into()));
        let token = request.header("X-Amz-Security-Token").map(str::to_owned);
        let signer = ("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token.as_deref());
        let expected = (text("canonical_request"), text("string_to_sign"));
        accept(text("name"), &request, &Rules::of("service", "us-east-1"), signer, expected);
    }
}

#[test]
fn requests_that_botocore_signed() {
    let vectors = vectors();
    let cases = vectors["generated"].as_array().unwrap();
    assert_eq!(cases.len(), 66);
    for case in cases {
        let text = |name: &str| case[name].as_str().unwrap();
        let expected = &case["expected"];
        let url = expected["signed_url"].as_str().unwrap_or_else(|| case["request"]["url"].as_str().unwrap());
        let (host, path) = url.strip_prefix("https://").unwrap().split_once('/').map_or_else(
            || (url.strip_prefix("https://").unwrap(), "/".to_owned()),
            |(host, path)| (host, format!("/{path}")),
        );
        let mut headers = vec![("Host".to_owned(), host.to_owned())];
        for pair in case["request"]["headers"].as_array().unwrap() {
            headers.push((pair[0].as_str().unwrap().into(), pair[1].as_str().unwrap().into()));
        }
        for (name, value) in expected["added_headers"].as_object().into_iter().flatten() {
            headers.push((name.clone(), value.as_str().unwrap().into()));
        }
        headers.extend(expected["authorization"].as_str().map(|value| ("Authorization".to_owned(), value.to_owned())));
        let body = match case["request"]["body_b64"].as_str() {
            Some(encoded) => STANDARD.decode(encoded).unwrap(),
            None => case["request"]["body"].as_str().unwrap_or_default().into(),
        };
        let request =
            HttpRequest { method: case["request"]["method"].as_str().unwrap().into(), target: path, headers, body };
        let rules = match text("service") {
            "s3" => Rules::s3(text("region")),
            service => Rules::of(service, text("region")),
        };
        assert_eq!(rules.escape_path, case["uri_escape_path"] == true, "{}", text("name"));
        assert_eq!(rules.normalize_path, case["normalize_path"] == true, "{}", text("name"));
        let signer = (text("secret_access_key"), case["session_token"].as_str());
        let steps = (expected["canonical_request"].as_str().unwrap(), expected["string_to_sign"].as_str().unwrap());
        accept(text("name"), &request, &rules, signer, steps);
    }
}

#[test]
fn times_have_one_form() {
    assert_eq!(time::parse("20251106T090503Z"), Some(1_762_419_903_000));
    assert_eq!(time::format(1_762_419_903_999), "20251106T090503Z");
    for other in ["20251106T090503", "2025116T090503Z", "20251106T090560Z", "20251306T090503Z", "", "20251106T090503Z "]
    {
        assert_eq!(time::parse(other), None, "{other}");
    }
    assert_eq!(time::parse_http_date("Thu, 06 Nov 2025 09:05:03 GMT"), Some(1_762_419_903_000));
}
