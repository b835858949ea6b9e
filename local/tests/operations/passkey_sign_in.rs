//! The challenge WEB_AUTHN of the flow USER_AUTH.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::authenticator::{Authenticator, PRESENT, VERIFIED};
use crate::confidential_client::secret_hash;
use crate::mfa_setup::set_up;
use crate::passkeys::{alice, register, token, world, world_with};
use crate::world::{PASSWORD, POOL, ROTATION, WEB, World, assert_error, assert_refused, claims};

const INVALID: &str = "Invalid session for the user.";
const ONCE: &str = "Invalid session for the user, session can only be used once.";
const WRONG: &str = "Incorrect username or password.";
const TWO_FACTORS: &str = "FactorConfiguration = \"MULTI_FACTOR_WITH_USER_VERIFICATION\"";

fn begin(world: &World, username: &str, preferred: Option<&str>) -> Value {
    let mut parameters = json!({ "USERNAME": username });
    if let Some(preferred) = preferred {
        parameters["PREFERRED_CHALLENGE"] = json!(preferred);
    }
    world.ok("InitiateAuth", json!({ "AuthFlow": "USER_AUTH", "ClientId": WEB, "AuthParameters": parameters }))
}

fn challenge(world: &World, username: &str) -> Value {
    let challenge = begin(world, username, Some("WEB_AUTHN"));
    assert_eq!(challenge["ChallengeName"], "WEB_AUTHN", "{challenge}");
    challenge
}

fn options(challenge: &Value) -> Value {
    serde_json::from_str(challenge["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"].as_str().unwrap()).unwrap()
}

fn answer(challenge: &Value, username: &str, credential: &Value) -> Value {
    json!({
        "ChallengeName": "WEB_AUTHN", "ClientId": WEB, "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": username, "CREDENTIAL": credential.to_string() },
    })
}

fn available(reply: &Value) -> Vec<&str> {
    reply["AvailableChallenges"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect()
}

/// Registers a passkey of alice.
fn registered(world: &World) -> Authenticator {
    let authenticator = Authenticator::new();
    register(world, &alice(world), &authenticator);
    authenticator
}

fn sign_in(world: &World, authenticator: &Authenticator) -> Value {
    let challenge = challenge(world, "alice");
    let credential = authenticator.get(&options(&challenge));
    world.ok("RespondToAuthChallenge", answer(&challenge, "alice", &credential))["AuthenticationResult"].take()
}

/// Witness of the options' form: Developer Guide, "Authentication flows", passkey sign-in.
#[test]
fn a_passkey_signs_its_user_in() {
    let world = world();
    let authenticator = registered(&world);
    let challenge = challenge(&world, "alice");
    assert!(available(&challenge).contains(&"WEB_AUTHN"));
    let options = options(&challenge);
    assert_eq!(URL_SAFE_NO_PAD.decode(options["challenge"].as_str().unwrap()).unwrap().len(), 32);
    assert_eq!(
        options,
        json!({
            "challenge": options["challenge"],
            "timeout": 180_000,
            "rpId": "localhost",
            "allowCredentials": [{ "type": "public-key", "id": authenticator.id, "transports": ["internal"] }],
            "userVerification": "preferred",
        })
    );
    let response = answer(&challenge, "alice", &authenticator.get(&options));
    let reply = world.ok("RespondToAuthChallenge", response.clone());
    let claims = claims(&reply["AuthenticationResult"]["IdToken"]);
    assert_eq!(claims["cognito:username"], "alice");
    assert!(reply["AuthenticationResult"]["RefreshToken"].is_string());
    assert_refused(world.err("RespondToAuthChallenge", response), ONCE);
    assert!(sign_in(&world, &authenticator)["AccessToken"].is_string());
}

#[test]
fn passkeys_are_among_the_challenges_to_choose_from() {
    let world = world();
    let authenticator = registered(&world);
    let choice = begin(&world, "alice", None);
    assert_eq!(choice["ChallengeName"], "SELECT_CHALLENGE");
    assert_eq!(available(&choice), ["PASSWORD_SRP", "PASSWORD", "WEB_AUTHN"]);
    let select = |session: &Value, responses: Value| json!({ "ChallengeName": "SELECT_CHALLENGE", "ClientId": WEB, "Session": session, "ChallengeResponses": responses });
    let chosen = select(&choice["Session"], json!({ "USERNAME": "alice", "ANSWER": "WEB_AUTHN" }));
    let challenge = world.ok("RespondToAuthChallenge", chosen);
    assert_eq!(challenge["ChallengeName"], "WEB_AUTHN");
    let credential = authenticator.get(&options(&challenge));
    let reply = world.ok("RespondToAuthChallenge", answer(&challenge, "alice", &credential));
    assert!(reply["AuthenticationResult"]["AccessToken"].is_string());

    // With the options of an earlier answer, the choice and the credential come at once.
    let challenge = self::challenge(&world, "alice");
    let credential = authenticator.get(&options(&challenge)).to_string();
    let responses = json!({ "USERNAME": "alice", "ANSWER": "WEB_AUTHN", "CREDENTIAL": credential });
    let reply = world.ok("RespondToAuthChallenge", select(&challenge["Session"], responses));
    assert!(reply["AuthenticationResult"]["AccessToken"].is_string());

    // bob has none.
    let choice = begin(&world, "bob", Some("WEB_AUTHN"));
    assert_eq!(choice["ChallengeName"], "SELECT_CHALLENGE");
    assert_eq!(available(&choice), ["PASSWORD_SRP", "PASSWORD"]);
    let chosen = select(&choice["Session"], json!({ "USERNAME": "bob", "ANSWER": "WEB_AUTHN" }));
    assert_eq!(world.err("RespondToAuthChallenge", chosen).0, "InvalidParameterException");
    let client = world.client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"] }));
    let parameters = json!({ "USERNAME": "alice", "PREFERRED_CHALLENGE": "WEB_AUTHN" });
    let elsewhere = json!({ "AuthFlow": "USER_AUTH", "ClientId": client, "AuthParameters": parameters });
    assert_eq!(world.err("InitiateAuth", elsewhere).0, "InvalidParameterException", "the flow is not allowed");
}

#[test]
fn what_is_not_right_is_refused_and_uses_the_challenge_up() {
    let world = world();
    let mut authenticator = registered(&world);
    let mut refused = |change: fn(&mut Authenticator), undo: fn(&mut Authenticator)| {
        let challenge = challenge(&world, "alice");
        change(&mut authenticator);
        let credential = authenticator.get(&options(&challenge));
        undo(&mut authenticator);
        assert_refused(world.err("RespondToAuthChallenge", answer(&challenge, "alice", &credential)), WRONG);
        let right = authenticator.get(&options(&challenge));
        assert_refused(world.err("RespondToAuthChallenge", answer(&challenge, "alice", &right)), ONCE);
    };
    let home = |it: &mut Authenticator| it.origin = "http://localhost:9401".into();
    refused(|it| it.origin = "https://localhost.example.com".into(), home);
    refused(|it| it.rp_id = "example.com".into(), |it| it.rp_id = "localhost".into());
    refused(|it| it.flags = VERIFIED, |it| it.flags = PRESENT | VERIFIED);
    refused(|it| it.flags |= 1 << 3, |it| it.flags = PRESENT | VERIFIED);

    let text = |member: &str, value: Value| {
        let challenge = challenge(&world, "alice");
        let mut credential = authenticator.get(&options(&challenge));
        match member.strip_prefix("response.") {
            Some(member) => credential["response"][member] = value,
            None => credential[member] = value,
        }
        assert_refused(world.err("RespondToAuthChallenge", answer(&challenge, "alice", &credential)), WRONG);
    };
    for member in [
        "id",
        "rawId",
        "type",
        "response",
        "response.clientDataJSON",
        "response.authenticatorData",
        "response.signature",
    ] {
        text(member, json!("AAAA"));
        text(member, json!(null));
    }
    text("response.userHandle", json!("AAAA"));
    sign_in(&world, &authenticator);
}

#[test]
fn an_answer_is_for_its_challenge_its_user_and_its_client() {
    let world = world();
    let authenticator = registered(&world);
    let other = Authenticator::new();
    register(&world, &token(&world, "bob", "Battery-Staple8?"), &other);
    let [mine, earlier, theirs] = ["alice", "alice", "bob"].map(|user| challenge(&world, user));

    let credential = authenticator.get(&options(&earlier));
    assert_refused(world.err("RespondToAuthChallenge", answer(&mine, "alice", &credential)), WRONG);
    let mine = challenge(&world, "alice");
    let credential = other.get(&options(&mine));
    assert_refused(world.err("RespondToAuthChallenge", answer(&mine, "alice", &credential)), WRONG);
    let credential = other.get(&options(&theirs));
    assert_refused(world.err("RespondToAuthChallenge", answer(&theirs, "alice", &credential)), INVALID);

    let mut at_another = answer(&earlier, "alice", &authenticator.get(&options(&earlier)));
    at_another["ClientId"] = json!(ROTATION);
    assert_refused(world.err("RespondToAuthChallenge", at_another), INVALID);
    let mut without = answer(&earlier, "alice", &json!(null));
    without["ChallengeResponses"].as_object_mut().unwrap().remove("CREDENTIAL");
    assert_eq!(world.err("RespondToAuthChallenge", without).0, "InvalidParameterException");
    let mut no_json = answer(&earlier, "alice", &json!(null));
    no_json["ChallengeResponses"]["CREDENTIAL"] = json!("{");
    assert_error(world.err("RespondToAuthChallenge", no_json), "InvalidParameterException", "CREDENTIAL is not JSON");
    world.advance(179);
    let credential = authenticator.get(&options(&earlier));
    world.ok("RespondToAuthChallenge", answer(&earlier, "alice", &credential));

    let late = challenge(&world, "alice");
    world.advance(180);
    let credential = authenticator.get(&options(&late));
    let error = world.err("RespondToAuthChallenge", answer(&late, "alice", &credential));
    assert_refused(error, "Invalid session for the user, session is expired.");
}

#[test]
fn a_replayed_or_copied_passkey_is_noticed() {
    let world = world();
    let authenticator = registered(&world);
    let first = challenge(&world, "alice");
    let old = authenticator.get(&options(&first));
    let second = challenge(&world, "alice");
    assert_refused(world.err("RespondToAuthChallenge", answer(&second, "alice", &old)), WRONG);
    // Its counter is higher than that of `old`.
    sign_in(&world, &authenticator);
    assert_refused(world.err("RespondToAuthChallenge", answer(&first, "alice", &old)), WRONG);
}

#[test]
fn deleted_passkeys_and_disabled_users_do_not_sign_in() {
    let world = world();
    let authenticator = registered(&world);
    let waiting = challenge(&world, "alice");
    let credential = authenticator.get(&options(&waiting));
    world.ok("AdminDisableUser", json!({ "UserPoolId": POOL, "Username": "alice" }));
    assert_eq!(world.err("RespondToAuthChallenge", answer(&waiting, "alice", &credential)).0, "NotAuthorizedException");
    world.ok("AdminEnableUser", json!({ "UserPoolId": POOL, "Username": "alice" }));

    let waiting = challenge(&world, "alice");
    let credential = authenticator.get(&options(&waiting));
    let token = alice(&world);
    world.ok("DeleteWebAuthnCredential", json!({ "AccessToken": token, "CredentialId": authenticator.id }));
    assert_refused(world.err("RespondToAuthChallenge", answer(&waiting, "alice", &credential)), WRONG);
    assert_eq!(begin(&world, "alice", Some("WEB_AUTHN"))["ChallengeName"], "SELECT_CHALLENGE");
}

#[test]
fn another_relying_party_has_other_passkeys() {
    let world = world();
    registered(&world);
    let changed = json!({ "UserPoolId": POOL, "WebAuthnConfiguration": { "RelyingPartyId": "example.com" } });
    world.ok("SetUserPoolMfaConfig", changed);
    let token = alice(&world);
    assert_eq!(available(&begin(&world, "alice", None)), ["PASSWORD_SRP", "PASSWORD"]);
    let mut elsewhere = Authenticator::new();
    elsewhere.rp_id = "example.com".into();
    elsewhere.origin = "https://login.example.com".into();
    register(&world, &token, &elsewhere);
    let challenge = challenge(&world, "alice");
    assert_eq!(options(&challenge)["allowCredentials"][0]["id"], json!(elsewhere.id));
    let credential = elsewhere.get(&options(&challenge));
    world.ok("RespondToAuthChallenge", answer(&challenge, "alice", &credential));
}

fn prefer(token: &Value, enabled: bool) -> Value {
    json!({ "AccessToken": token, "WebAuthnMfaSettings": { "Enabled": enabled } })
}

/// Witness: API reference, WebAuthnMfaSettingsType and WebAuthnConfigurationType.
#[test]
fn a_passkey_can_count_as_two_factors() {
    let world = world_with(&format!("RelyingPartyId = \"localhost\"\n{TWO_FACTORS}"));
    let mut authenticator = registered(&world);
    let token = alice(&world);
    assert_eq!(options(&challenge(&world, "alice"))["userVerification"], "required");
    let text = "WebAuthnMfaSettings needs another MFA method of the user";
    assert_error(world.err("SetUserMFAPreference", prefer(&token, true)), "InvalidParameterException", text);

    let associated = world.ok("AssociateSoftwareToken", json!({ "AccessToken": token }));
    let code = world.totp_of(associated["SecretCode"].as_str().unwrap());
    world.ok("VerifySoftwareToken", json!({ "AccessToken": token, "UserCode": code }));
    world.ok("SetUserMFAPreference", json!({ "AccessToken": token, "SoftwareTokenMfaSettings": { "Enabled": true } }));
    let choice = begin(&world, "alice", Some("WEB_AUTHN"));
    assert_eq!(choice["ChallengeName"], "SELECT_CHALLENGE", "a single factor is not enough for her");
    assert_eq!(available(&choice), ["PASSWORD_SRP", "PASSWORD"]);

    world.ok("SetUserMFAPreference", prefer(&token, true));
    sign_in(&world, &authenticator);
    authenticator.flags = PRESENT;
    let waiting = challenge(&world, "alice");
    let credential = authenticator.get(&options(&waiting));
    assert_refused(world.err("RespondToAuthChallenge", answer(&waiting, "alice", &credential)), WRONG);

    // After a password she is asked for a code, as ever.
    let waiting = world.ok("InitiateAuth", crate::world::password_flow(WEB, "alice", PASSWORD));
    assert_eq!(waiting["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    let admin = |enabled: bool| json!({ "UserPoolId": POOL, "Username": "alice", "WebAuthnMfaSettings": { "Enabled": enabled } });
    world.ok("AdminSetUserMFAPreference", admin(false));
    assert_eq!(begin(&world, "alice", Some("WEB_AUTHN"))["ChallengeName"], "SELECT_CHALLENGE");
    world.ok("AdminSetUserMFAPreference", admin(true));
    authenticator.flags = PRESENT | VERIFIED;
    sign_in(&world, &authenticator);
}

#[test]
fn passkeys_count_as_two_factors_only_where_the_pool_says_so() {
    let world = world();
    let token = alice(&world);
    let text = "WebAuthnMfaSettings needs a user pool whose FactorConfiguration is MULTI_FACTOR_WITH_USER_VERIFICATION";
    assert_error(world.err("SetUserMFAPreference", prefer(&token, true)), "InvalidParameterException", text);
    world.ok("SetUserMFAPreference", prefer(&token, false));
}

#[test]
fn where_mfa_is_required_a_passkey_of_two_factors_will_do() {
    let world = world_with(&format!("RelyingPartyId = \"localhost\"\n{TWO_FACTORS}"));
    let authenticator = registered(&world);
    let token = alice(&world);
    crate::pool_mfa::configure(&world, "ON");
    assert_eq!(available(&begin(&world, "alice", None)), ["PASSWORD_SRP", "PASSWORD"]);
    let challenge = world.ok("InitiateAuth", crate::world::password_flow(WEB, "alice", PASSWORD));
    let session = set_up(&world, &challenge["Session"]);
    let last = json!({
        "ChallengeName": "MFA_SETUP", "ClientId": WEB, "Session": session, "ChallengeResponses": { "USERNAME": "alice" },
    });
    world.ok("RespondToAuthChallenge", last);
    assert_eq!(available(&begin(&world, "alice", None)), ["PASSWORD_SRP", "PASSWORD"]);
    world.ok("SetUserMFAPreference", prefer(&token, true));
    assert_eq!(available(&begin(&world, "alice", None)), ["PASSWORD_SRP", "PASSWORD", "WEB_AUTHN"]);
    sign_in(&world, &authenticator);
}

#[test]
fn administrators_may_carry_a_passkey_too() {
    let world = world();
    let authenticator = registered(&world);
    let client = world.client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_AUTH"], "GenerateSecret": true }));
    let described = json!({ "UserPoolId": POOL, "ClientId": client });
    let secret = world.ok("DescribeUserPoolClient", described)["UserPoolClient"]["ClientSecret"].take();
    let hash = secret_hash(secret.as_str().unwrap(), "alice", &client);
    let parameters = json!({ "USERNAME": "alice", "PREFERRED_CHALLENGE": "WEB_AUTHN", "SECRET_HASH": hash });
    let body = json!({ "UserPoolId": POOL, "ClientId": client, "AuthFlow": "USER_AUTH", "AuthParameters": parameters });
    let challenge = world.ok("AdminInitiateAuth", body);
    assert_eq!(challenge["ChallengeName"], "WEB_AUTHN");
    let mut body = answer(&challenge, "alice", &authenticator.get(&options(&challenge)));
    body["UserPoolId"] = json!(POOL);
    body["ClientId"] = json!(client);
    assert_eq!(world.err("AdminRespondToAuthChallenge", body.clone()).0, "NotAuthorizedException", "no SECRET_HASH");
    body["ChallengeResponses"]["SECRET_HASH"] = json!(hash);
    let reply = world.ok("AdminRespondToAuthChallenge", body);
    assert!(reply["AuthenticationResult"]["AccessToken"].is_string());
}
