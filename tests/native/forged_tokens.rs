//! The relying party's cases of the OpenID Foundation's conformance suite that apply here, and more: the emulator is ordered
//! to misbehave, and each answer is refused for its own reason. `docs/security.md` has the table; the last test holds
//! both together.

use poolpass::flow::redirect::RedirectResult;

use crate::redirect::{arrive, come_back};
use crate::stage::{Stage, Tab, WEB, block_on};

/// Name, what the token endpoint is ordered to do, and the reason of the refusal; none if the answer is good.
const FORGERIES: [(&str, &str, Option<&str>); 38] = [
    ("a plain answer", "", None),
    (
        "ID token: iss of another pool",
        r#""token": "id", "claims": {"iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other"}"#,
        Some("wrong_issuer"),
    ),
    (
        "ID token: iss with a slash at the end",
        r#""token": "id", "claims": {"iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_PoolPass1/"}"#,
        Some("wrong_issuer"),
    ),
    ("ID token: iss missing", r#""token": "id", "remove": ["iss"]"#, Some("wrong_issuer")),
    ("ID token: sub missing", r#""token": "id", "remove": ["sub"]"#, Some("missing_claim")),
    ("ID token: sub is another user", r#""token": "id", "claims": {"sub": "somebody-else"}"#, Some("wrong_subject")),
    ("ID token: aud is another client", r#""token": "id", "claims": {"aud": "other"}"#, Some("wrong_audience")),
    ("ID token: aud missing", r#""token": "id", "remove": ["aud"]"#, Some("wrong_audience")),
    (
        "ID token: aud is us and another, no azp",
        r#""token": "id", "claims": {"aud": ["poolpasslocalwebclient0001", "other"]}"#,
        Some("wrong_audience"),
    ),
    (
        "ID token: aud is us and another, azp the other",
        r#""token": "id", "claims": {"aud": ["poolpasslocalwebclient0001", "other"], "azp": "other"}"#,
        Some("wrong_audience"),
    ),
    ("ID token: azp is another client", r#""token": "id", "claims": {"azp": "other"}"#, Some("wrong_audience")),
    ("ID token: token_use is access", r#""token": "id", "claims": {"token_use": "access"}"#, Some("wrong_token_use")),
    ("ID token: nonce is another", r#""token": "id", "claims": {"nonce": "another"}"#, Some("wrong_nonce")),
    ("ID token: nonce missing", r#""token": "id", "remove": ["nonce"]"#, Some("wrong_nonce")),
    (
        "ID token: at_hash of another access token",
        r#""token": "id", "claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}"#,
        Some("wrong_at_hash"),
    ),
    ("ID token: at_hash is a number", r#""token": "id", "claims": {"at_hash": 1}"#, Some("wrong_at_hash")),
    ("ID token: at_hash missing", r#""token": "id", "remove": ["at_hash"]"#, None),
    ("ID token: exp missing", r#""token": "id", "remove": ["exp"]"#, Some("missing_claim")),
    ("ID token: exp is a text", r#""token": "id", "claims": {"exp": "4102444800"}"#, Some("missing_claim")),
    ("ID token: exp is past", r#""token": "id", "claims": {"exp": 1767220000}"#, Some("token_expired")),
    ("ID token: exp in milliseconds", r#""token": "id", "claims": {"exp": 1767229200000}"#, Some("malformed_token")),
    ("ID token: nbf in the future", r#""token": "id", "claims": {"nbf": 4102444800}"#, Some("token_not_yet_valid")),
    ("ID token: iat missing", r#""token": "id", "remove": ["iat"]"#, Some("missing_claim")),
    ("ID token: iat a day ago", r#""token": "id", "claims": {"iat": 1767139200}"#, Some("wrong_issue_time")),
    ("ID token: iat in an hour", r#""token": "id", "claims": {"iat": 1767229200}"#, Some("wrong_issue_time")),
    ("ID token: alg none, no signature", r#""token": "id", "sign": "none""#, Some("wrong_algorithm")),
    ("ID token: alg HS256 with the public key", r#""token": "id", "sign": "hs256""#, Some("wrong_algorithm")),
    ("ID token: alg RS512 in the header", r#""token": "id", "header": {"alg": "RS512"}"#, Some("wrong_algorithm")),
    (
        "ID token: a header that must be understood",
        r#""token": "id", "header": {"crit": ["exp"]}"#,
        Some("malformed_token"),
    ),
    ("ID token: signature broken", r#""token": "id", "sign": "broken""#, Some("wrong_signature")),
    (
        "ID token: signed with a foreign key under our kid",
        r#""token": "id", "sign": "foreign""#,
        Some("wrong_signature"),
    ),
    ("ID token: kid unknown", r#""token": "id", "header": {"kid": "nobody"}"#, Some("unknown_key")),
    ("ID token: kid missing", r#""token": "id", "header": {"kid": null}"#, Some("unknown_key")),
    (
        "ID token: the signer's key in the header",
        r#""token": "id", "sign": "foreign", "header": {"kid": "mine", "jwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB"}}"#,
        Some("unknown_key"),
    ),
    ("access token: signature broken", r#""token": "access", "sign": "broken""#, Some("wrong_signature")),
    (
        "access token: client_id is another client",
        r#""token": "access", "claims": {"client_id": "other"}"#,
        Some("wrong_audience"),
    ),
    ("access token: token_use is id", r#""token": "access", "claims": {"token_use": "id"}"#, Some("wrong_token_use")),
    (
        "access token: iss of another pool",
        r#""token": "access", "claims": {"iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other"}"#,
        Some("wrong_issuer"),
    ),
];

fn reason(redirected: &RedirectResult) -> Option<&'static str> {
    redirected.outcome.as_ref().err().map(|error| {
        assert_eq!(error.code(), "token_invalid", "{error}");
        error.reason().unwrap()
    })
}

#[test]
fn each_forged_response_is_refused_with_its_own_reason() {
    let stage = Stage::new(WEB);
    for (name, order, expected) in FORGERIES {
        let tab = stage.tab();
        let url = come_back(&stage, &tab);
        if !order.is_empty() {
            stage.fault("/oauth2/token", "forge", &format!(", {order}"));
        }
        let redirected = arrive(&tab, &url);
        assert_eq!(reason(&redirected), expected, "{name}");
        assert_eq!(stage.stored().is_some(), expected.is_none(), "{name}");
        block_on(tab.client.sign_out(&Default::default())).unwrap();
    }
}

fn signed_in(stage: &Stage, tab: &Tab) -> Option<&'static str> {
    let url = come_back(stage, tab);
    reason(&arrive(tab, &url))
}

#[test]
fn rotated_signing_keys_are_fetched() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    assert_eq!(signed_in(&stage, &tab), None);
    // The page still has the old keys.
    stage.control("POST", "keys", r#"{"roll": true}"#);
    stage.sent();
    assert_eq!(signed_in(&stage, &tab), None);
    assert_eq!(stage.sent(), ["/oauth2/token", "/eu-west-1_PoolPass1/.well-known/jwks.json"]);
    stage.control("POST", "keys", r#"{"roll": true, "keepOld": true}"#);
    stage.world.advance_ms(31_000);
    assert_eq!(signed_in(&stage, &tab), None);
}

#[test]
fn unknown_key_ids_are_looked_up_at_most_once_in_30_seconds() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    assert_eq!(signed_in(&stage, &tab), None);
    stage.sent();
    for _ in 0..5 {
        stage.fault("/oauth2/token", "forge", r#", "token": "id", "header": {"kid": "nobody"}"#);
        assert_eq!(signed_in(&stage, &tab), Some("unknown_key"));
    }
    assert_eq!(stage.sent().iter().filter(|path| path.ends_with("jwks.json")).count(), 1);
}

#[test]
fn without_keys_no_token_is_accepted() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let url = come_back(&stage, &tab);
    for _ in 0..6 {
        stage.fault("jwks.json", "error", r#", "status": 503"#);
    }
    let error = arrive(&tab, &url).outcome.err().unwrap();
    assert_eq!((error.code(), error.reason(), error.retryable()), ("oauth", Some("server_error"), true));
    assert!(stage.stored().is_none());
}

#[test]
fn docs_security_md_has_the_same_table() {
    let document = include_str!("../../docs/security.md");
    for (name, _, reason) in FORGERIES {
        let row = format!("| {name} | {} |", reason.map_or("taken".to_owned(), |reason| format!("`{reason}`")));
        assert!(document.contains(&row), "docs/security.md lacks the row {row}");
    }
}
