//! StartWebAuthnRegistration, CompleteWebAuthnRegistration, ListWebAuthnCredentials and DeleteWebAuthnCredential.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolpass_local::core::{Config, SEED};
use serde_json::{Value, json};

use crate::authenticator::{Authenticator, PRESENT, VERIFIED};
use crate::world::{PASSWORD, POOL, ROTATION, START_MS, WEB, World, assert_error};

/// The built-in pool with passkeys: their relying party is this machine.
pub(crate) fn world() -> World {
    world_with(r#"RelyingPartyId = "localhost""#)
}

/// The built-in pool with passkeys and this WebAuthnConfiguration.
pub(crate) fn world_with(configuration: &str) -> World {
    let text = SEED
        .replace(
            "[UserPool.Policies.PasswordPolicy]",
            &format!(
                "[UserPool.WebAuthnConfiguration]\n{configuration}\n\n[UserPool.Policies.SignInPolicy]\n\
                 AllowedFirstAuthFactors = [\"PASSWORD\", \"WEB_AUTHN\"]\n\n[UserPool.Policies.PasswordPolicy]"
            ),
        )
        .replace("\"ALLOW_USER_SRP_AUTH\",", "\"ALLOW_USER_SRP_AUTH\", \"ALLOW_USER_AUTH\",");
    World::with(Config::from_toml(&text).unwrap())
}

pub(crate) fn token(world: &World, username: &str, password: &str) -> Value {
    world.sign_in(WEB, username, password)["AccessToken"].take()
}

pub(crate) fn alice(world: &World) -> Value {
    token(world, "alice", PASSWORD)
}

pub(crate) fn start(world: &World, token: &Value) -> Value {
    world.ok("StartWebAuthnRegistration", json!({ "AccessToken": token }))["CredentialCreationOptions"].take()
}

fn completion(token: &Value, credential: &Value) -> Value {
    json!({ "AccessToken": token, "Credential": credential })
}

#[track_caller]
pub(crate) fn register(world: &World, token: &Value, authenticator: &Authenticator) {
    let options = start(world, token);
    world.ok("CompleteWebAuthnRegistration", completion(token, &authenticator.create(&options)));
}

fn list(world: &World, token: &Value) -> Value {
    world.ok("ListWebAuthnCredentials", json!({ "AccessToken": token }))["Credentials"].take()
}

/// Witness of the options' form: API reference, StartWebAuthnRegistration, the response of the example.
#[test]
fn a_passkey_is_registered_listed_and_deleted() {
    let world = world();
    let token = alice(&world);
    assert_eq!(list(&world, &token), json!([]));
    let options = start(&world, &token);
    let challenge = options["challenge"].as_str().unwrap();
    assert_eq!(URL_SAFE_NO_PAD.decode(challenge).unwrap().len(), 32);
    let sub = world.ok("GetUser", json!({ "AccessToken": token }))["UserAttributes"][0]["Value"].take();
    let user_id = URL_SAFE_NO_PAD.encode(sub.as_str().unwrap());
    let selection = json!({ "requireResidentKey": true, "residentKey": "required", "userVerification": "preferred" });
    assert_eq!(
        options,
        json!({
            "authenticatorSelection": selection,
            "challenge": challenge,
            "excludeCredentials": [],
            "pubKeyCredParams": [{ "alg": -7, "type": "public-key" }, { "alg": -257, "type": "public-key" }],
            "rp": { "id": "localhost", "name": "localhost" },
            "timeout": 60_000,
            "user": { "id": user_id, "name": "alice", "displayName": "alice" },
        })
    );
    let authenticator = Authenticator::new();
    world.ok("CompleteWebAuthnRegistration", completion(&token, &authenticator.create(&options)));
    let credential = json!({
        "CredentialId": authenticator.id, "FriendlyCredentialName": "Platform passkey", "RelyingPartyId": "localhost",
        "AuthenticatorAttachment": "platform", "AuthenticatorTransports": ["internal"], "CreatedAt": START_MS as f64 / 1000.0,
    });
    assert_eq!(list(&world, &token), json!([credential]));
    assert_eq!(start(&world, &token)["excludeCredentials"], json!([{ "id": authenticator.id, "type": "public-key" }]));
    let deletion = json!({ "AccessToken": token, "CredentialId": authenticator.id });
    world.ok("DeleteWebAuthnCredential", deletion.clone());
    assert_eq!(list(&world, &token), json!([]));
    assert_eq!(world.err("DeleteWebAuthnCredential", deletion).0, "ResourceNotFoundException");
}

#[test]
fn lists_come_in_pages_and_end_at_twenty() {
    let world = world();
    let token = alice(&world);
    let authenticators: Vec<Authenticator> = (0..20).map(|_| Authenticator::new()).collect();
    let late = start(&world, &token);
    authenticators.iter().for_each(|authenticator| register(&world, &token, authenticator));
    let page = |size: u64, next: &Value| {
        let mut body = json!({ "AccessToken": token, "MaxResults": size });
        if next.is_string() {
            body["NextToken"] = next.clone();
        }
        world.ok("ListWebAuthnCredentials", body)
    };
    let ids = |page: &Value| -> Vec<String> {
        let list = page["Credentials"].as_array().unwrap().iter();
        list.map(|credential| credential["CredentialId"].as_str().unwrap().to_owned()).collect()
    };
    let known: Vec<String> = authenticators.iter().map(|authenticator| authenticator.id.clone()).collect();
    for size in [0, 20] {
        let all = page(size, &json!(null));
        assert_eq!((ids(&all), all.get("NextToken")), (known.clone(), None));
    }
    let first = page(7, &json!(null));
    assert_eq!(ids(&first), known[..7]);
    // A passkey that is deleted meanwhile does not confuse the pages.
    world.ok("DeleteWebAuthnCredential", json!({ "AccessToken": token, "CredentialId": known[6] }));
    let second = page(7, &first["NextToken"]);
    assert_eq!(ids(&second), known[7..14]);
    let third = page(7, &second["NextToken"]);
    assert_eq!((ids(&third), third.get("NextToken")), (known[14..].to_vec(), None));
    register(&world, &token, &authenticators[6]);

    let error = world.err("StartWebAuthnRegistration", json!({ "AccessToken": token }));
    assert_eq!(error.0, "LimitExceededException");
    let error = world.err("CompleteWebAuthnRegistration", completion(&token, &Authenticator::new().create(&late)));
    assert_eq!(error.0, "LimitExceededException", "it was started before there were twenty");

    let bob = self::token(&world, "bob", "Battery-Staple8?");
    for next in [json!("x"), first["NextToken"].clone()] {
        let body = json!({ "AccessToken": bob, "NextToken": next });
        assert_error(
            world.err("ListWebAuthnCredentials", body),
            "InvalidParameterException",
            "Invalid pagination token",
        );
    }
    let error = world.err("ListWebAuthnCredentials", json!({ "AccessToken": token, "MaxResults": 21 }));
    assert_eq!(error.0, "InvalidParameterException");
}

#[test]
fn a_challenge_is_its_users_its_clients_and_good_once_for_a_minute() {
    let world = world();
    let (token, bob) = (alice(&world), token(&world, "bob", "Battery-Staple8?"));
    let complete =
        |token: &Value, credential: &Value| world.err("CompleteWebAuthnRegistration", completion(token, credential)).0;
    let not_found = "WebAuthnChallengeNotFoundException";

    let options = start(&world, &token);
    let authenticator = Authenticator::new();
    let credential = authenticator.create(&options);
    assert_eq!(complete(&bob, &credential), not_found, "another user's");
    let other_client = world.sign_in(ROTATION, "alice", PASSWORD)["AccessToken"].take();
    assert_eq!(complete(&other_client, &credential), "WebAuthnClientMismatchException");
    assert_eq!(complete(&token, &credential), not_found, "used up by the wrong client");

    let options = start(&world, &token);
    world.ok("CompleteWebAuthnRegistration", completion(&token, &authenticator.create(&options)));
    assert_eq!(complete(&token, &Authenticator::new().create(&options)), not_found, "used up");

    let made_up = json!({ "challenge": URL_SAFE_NO_PAD.encode([7; 32]) });
    assert_eq!(complete(&token, &Authenticator::new().create(&made_up)), not_found);

    let (early, late) = (start(&world, &token), start(&world, &token));
    world.advance(59);
    world.ok("CompleteWebAuthnRegistration", completion(&token, &Authenticator::new().create(&early)));
    world.advance(1);
    assert_eq!(complete(&token, &Authenticator::new().create(&late)), not_found, "expired");
}

#[test]
fn what_is_not_right_is_refused_by_name() {
    let world = world_with("RelyingPartyId = \"localhost\"\nUserVerification = \"required\"");
    let token = alice(&world);
    assert_eq!(start(&world, &token)["authenticatorSelection"]["userVerification"], "required");
    let with = |change: fn(&mut Authenticator)| {
        let mut authenticator = Authenticator::new();
        change(&mut authenticator);
        let credential = authenticator.create(&start(&world, &token));
        world.err("CompleteWebAuthnRegistration", completion(&token, &credential)).0
    };
    let invalid = "InvalidParameterException";
    assert_eq!(with(|it| it.origin = "http://example.com".into()), "WebAuthnOriginNotAllowedException");
    assert_eq!(with(|it| it.origin = "https://localhost.example.com".into()), "WebAuthnOriginNotAllowedException");
    assert_eq!(with(|it| it.rp_id = "example.com".into()), "WebAuthnRelyingPartyMismatchException");
    assert_eq!(with(|it| it.flags = PRESENT), "WebAuthnCredentialNotSupportedException");
    assert_eq!(with(|it| it.algorithm = vec![0x38, 0x22]), "WebAuthnCredentialNotSupportedException", "ES384");
    assert_eq!(with(|it| it.flags = VERIFIED), invalid, "nobody was there");
    assert_eq!(with(|it| it.flags |= 1 << 4), invalid, "backed up but not eligible");

    let malformed = |member: &str, value: Value| {
        let mut credential = Authenticator::new().create(&start(&world, &token));
        match member.strip_prefix("response.") {
            Some(member) => credential["response"][member] = value,
            None => credential[member] = value,
        }
        world.err("CompleteWebAuthnRegistration", completion(&token, &credential)).0
    };
    for member in [
        "id",
        "rawId",
        "type",
        "clientExtensionResults",
        "response",
        "response.clientDataJSON",
        "response.attestationObject",
    ] {
        for value in [json!(null), json!(7), json!("AAAA"), json!([])] {
            assert_eq!(malformed(member, value), invalid, "{member}");
        }
    }
    for credential in [json!("text"), json!([]), json!(7), json!({})] {
        assert_eq!(world.err("CompleteWebAuthnRegistration", completion(&token, &credential)).0, invalid);
    }
    assert_eq!(list(&world, &token), json!([]));
}

#[test]
fn a_passkey_belongs_to_one_user() {
    let world = world();
    let (token, bob) = (alice(&world), token(&world, "bob", "Battery-Staple8?"));
    let authenticator = Authenticator::new();
    register(&world, &token, &authenticator);
    for again in [&token, &bob] {
        let credential = authenticator.create(&start(&world, again));
        let error = world.err("CompleteWebAuthnRegistration", completion(again, &credential));
        assert_error(error, "InvalidParameterException", "The passkey is registered already.");
    }
    let theirs = json!({ "AccessToken": bob, "CredentialId": authenticator.id });
    assert_eq!(world.err("DeleteWebAuthnCredential", theirs).0, "ResourceNotFoundException");
    assert_eq!(list(&world, &bob), json!([]));
    assert_eq!(list(&world, &token)[0]["CredentialId"], json!(authenticator.id));
}

#[test]
fn the_pool_must_allow_passkeys_and_have_a_relying_party() {
    let world = World::new();
    let token = alice(&world);
    let credential = Authenticator::new().create(&json!({ "challenge": "AAAA" }));
    let error = world.err("StartWebAuthnRegistration", json!({ "AccessToken": token }));
    assert_eq!(error.0, "WebAuthnNotEnabledException");
    let error = world.err("CompleteWebAuthnRegistration", completion(&token, &credential));
    assert_eq!(error.0, "WebAuthnNotEnabledException");

    // The domain of every pool is this machine.
    let world = world_with("");
    let token = alice(&world);
    assert_eq!(start(&world, &token)["rp"]["id"], "localhost");
    world.ok("DeleteUserPoolDomain", json!({ "UserPoolId": POOL, "Domain": "poolpass-local" }));
    let error = world.err("StartWebAuthnRegistration", json!({ "AccessToken": token }));
    assert_eq!(error.0, "WebAuthnConfigurationMissingException");
}

#[test]
fn tokens_are_checked() {
    let world = world();
    let token = alice(&world);
    register(&world, &token, &Authenticator::new());
    let credential = Authenticator::new().create(&start(&world, &token));
    let calls = |token: &Value| {
        [
            ("StartWebAuthnRegistration", json!({ "AccessToken": token })),
            ("CompleteWebAuthnRegistration", completion(token, &credential)),
            ("ListWebAuthnCredentials", json!({ "AccessToken": token })),
            ("DeleteWebAuthnCredential", json!({ "AccessToken": token, "CredentialId": "AAAA" })),
        ]
    };
    for (operation, body) in calls(&json!("eyJ.eyJ.x")) {
        assert_eq!(world.err(operation, body).0, "NotAuthorizedException", "{operation}");
    }
    for (operation, body) in calls(&json!(null)) {
        assert_eq!(world.err(operation, body).0, "InvalidParameterException", "{operation}");
    }
    world.ok("AdminResetUserPassword", json!({ "UserPoolId": POOL, "Username": "alice" }));
    for (operation, body) in calls(&token) {
        assert_eq!(world.err(operation, body).0, "PasswordResetRequiredException", "{operation}");
    }
    world.advance(3600);
    for (operation, body) in calls(&token) {
        assert_error(world.err(operation, body), "NotAuthorizedException", "Access Token has expired");
    }
}
