//! The model's Cognito accepts and rejects the same requests as the emulator, in any order.

use poolpass_local::core::{Config, Emulator, HttpRequest, ManualClock};
use serde_json::{Value, json};

use crate::cognito::{Cognito, Rules};
use crate::random::Random;

struct Local {
    emulator: Emulator,
    clock: ManualClock,
    client: String,
}

impl Local {
    fn new(rules: Rules) -> Self {
        let clock = ManualClock::new(1_767_225_600_000);
        let mut local =
            Self { emulator: Emulator::new(Config::default(), clock.clone(), Some(1)), clock, client: String::new() };
        let feature = if rules.rotates { "ENABLED" } else { "DISABLED" };
        let made = local.call(
            "CreateUserPoolClient",
            &json!({"UserPoolId": "eu-west-1_PoolPass1", "ClientName": "model", "ExplicitAuthFlows":
                ["ALLOW_USER_PASSWORD_AUTH"], "RefreshTokenRotation":
                {"Feature": feature, "RetryGracePeriodSeconds": rules.grace_ms / 1000}}),
        );
        local.client = made.unwrap()["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
        local
    }

    fn call(&self, operation: &str, body: &Value) -> Result<Value, String> {
        let signature = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-west-1/cognito-idp/aws4_request, \
            SignedHeaders=host, Signature=0000000000000000000000000000000000000000000000000000000000000000";
        let mut headers = vec![
            ("host".into(), "localhost:9400".into()),
            ("content-type".into(), "application/x-amz-json-1.1".into()),
            ("x-amz-target".into(), format!("AWSCognitoIdentityProviderService.{operation}")),
        ];
        if operation.starts_with("Create") {
            headers.push(("authorization".into(), signature.into()));
        }
        let request =
            HttpRequest { method: "POST".into(), target: "/".into(), headers, body: body.to_string().into_bytes() };
        let answer = self.emulator.handle(request);
        let json: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        if answer.status == 200 { Ok(json) } else { Err(json["__type"].as_str().unwrap_or_default().to_owned()) }
    }
}

#[test]
fn the_models_cognito_follows_the_emulators_rules() {
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let rules = Rules { rotates: seed % 3 > 0, grace_ms: if seed % 2 == 0 { 0 } else { 60_000 } };
        let (local, mut model) = (Local::new(rules), Cognito::new(rules));
        let mut now_ms = 1_767_225_600_000;
        // Pairs of corresponding tokens of both: the refresh and access tokens of each sign-in and refresh.
        let mut tokens: Vec<[String; 2]> = Vec::new();
        let mut access: Vec<[String; 2]> = Vec::new();
        for step in 0..40 {
            now_ms += i64::from(random.pick(&[0u16, 1_000, 30_000, 59_000, 61_000]));
            local.clock.set(now_ms as u64);
            let chosen =
                |random: &mut Random, from: &[[String; 2]]| from[random.below(from.len() as u64) as usize].clone();
            let (operation, [at_local, at_model]) = match random.below(10) {
                0..2 => {
                    let auth = |user: &str| {
                        json!({"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": local.client,
                        "AuthParameters": {"USERNAME": user, "PASSWORD": "Correct-Horse7!"}})
                    };
                    ("InitiateAuth", [auth("alice"), auth("alice")])
                }
                2..8 if !tokens.is_empty() => {
                    let body = |token: &str| json!({"ClientId": local.client, "RefreshToken": token});
                    ("GetTokensFromRefreshToken", chosen(&mut random, &tokens).map(|token| body(&token)))
                }
                8 if !tokens.is_empty() => {
                    let body = |token: &str| json!({"ClientId": local.client, "Token": token});
                    ("RevokeToken", chosen(&mut random, &tokens).map(|token| body(&token)))
                }
                9 if !access.is_empty() && step % 7 == 0 => {
                    ("GlobalSignOut", access.last().unwrap().clone().map(|token| json!({"AccessToken": token})))
                }
                _ => continue,
            };
            let of_local = local.call(operation, &at_local);
            let (of_model, _) = model.call(operation, &at_model, now_ms);
            if operation == "GlobalSignOut" && of_local.is_err() {
                // The emulator also rejects a revoked access token. No session depends on that.
                break;
            }
            assert_eq!(
                of_local.as_ref().err(),
                of_model.as_ref().err().map(|(name, _)| (*name).to_owned()).as_ref(),
                "seed {seed}, step {step}: {operation}"
            );
            if let (Ok(one), Ok(other)) = (of_local, of_model) {
                let both = |name: &str| {
                    [&one, &other].map(|answer| answer["AuthenticationResult"][name].as_str().map(ToOwned::to_owned))
                };
                if let [Some(one), Some(other)] = both("RefreshToken") {
                    tokens.push([one, other]);
                }
                if let [Some(one), Some(other)] = both("AccessToken") {
                    access.push([one, other]);
                }
            }
        }
    }
}
