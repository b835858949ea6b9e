//! Every case of `vectors/jwt.json`, with its clock and its keys. Runs natively and in Chromium.

use poolpass::error::{ErrorKind, TokenFault};
use poolpass::json::Value as Json;
use poolpass::jwt::{Expected, Jws, TokenUse, read_keys};
use poolpass::platform::Platform;
use serde_json::Value;

/// What the vectors leave open, and we have chosen.
const CHOICES: [(&str, bool); 7] = [
    // RFC 7519 section 4.1.4: not on or after.
    ("id-exp-equals-now", false),
    // A lifetime of fifty thousand years is a mistake.
    ("id-exp-milliseconds", false),
    // Every token of Cognito's has one.
    ("payload-exp-missing", false),
    ("payload-exp-null", false),
    // OpenID Connect Core allows it, if we are the only one.
    ("payload-aud-array", true),
    // RFC 7515 section 2: no padding.
    ("padded-segments", false),
    // Both are AWS's hosts of the same pool.
    ("id-updated-issuer-format", true),
];

pub(crate) async fn agree_with_every_case(platform: &impl Platform) {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/jwt.json")).unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    let mut decided = 0;
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let choice = CHOICES.iter().find(|(of, _)| *of == name).map(|(_, choice)| *choice);
        let expected =
            case["valid"].as_bool().or(choice).unwrap_or_else(|| panic!("{name} is neither decided nor chosen"));
        let outcome = believe(platform, &vectors, case).await;
        assert_eq!(outcome.is_ok(), expected, "{name} ({}): {outcome:?}", case["why"]);
        decided += 1;
    }
    assert_eq!((cases.len(), decided), (86, 86));
}

async fn believe(platform: &impl Platform, vectors: &Value, case: &Value) -> Result<(), TokenFault> {
    let fault = |error: poolpass::Error| match error.kind() {
        ErrorKind::Token(fault) => *fault,
        _ => panic!("{error:?}"),
    };
    let token = Jws::read(case["token"].as_str().unwrap()).map_err(fault)?;
    let keys = read_keys(&Json::parse(&vectors["jwks"].to_string()).unwrap()).unwrap();
    let key = keys.iter().find(|key| key.id == token.key_id).ok_or(TokenFault::UnknownKey)?;
    if !platform.verify(key, &token).await.unwrap() {
        return Err(TokenFault::Signature);
    }
    let issuer = vectors["issuer"].as_str().unwrap();
    let expected = Expected {
        token_use: if case["token_use"] == "id" { TokenUse::Id } else { TokenUse::Access },
        issuers: &[issuer.to_owned(), issuer.replace("https://cognito-idp", "https://issuer-cognito-idp")],
        client_id: vectors["client_id"].as_str().unwrap(),
        now_ms: Some(vectors["now"].as_i64().unwrap() * 1000),
        leeway_ms: 0,
        max_age_ms: None,
        nonce: None,
        access_token: None,
        authenticated_within: None,
    };
    expected.check(&token.claims).map_err(fault)
}
