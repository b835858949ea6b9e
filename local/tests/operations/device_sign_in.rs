//! DEVICE_KEY in every flow, DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER.

use serde_json::{Value, json};

use crate::device_world::{Device, Tracked, always, on_prompt};
use crate::world::{PASSWORD, WEB, World, assert_error, assert_refused, claims, password_flow};

const WRONG: &str = "Incorrect username or password.";
const INVALID: &str = "Invalid session for the user.";
const ONCE: &str = "Invalid session for the user, session can only be used once.";
const EXPIRED: &str = "Invalid session for the user, session is expired.";
const MISSING: &str = "Device does not exist.";

/// The tokens of a sign-in with a device.
#[track_caller]
fn assert_tokens_of(reply: &Value, device: &Device) {
    let tokens = &reply["AuthenticationResult"];
    assert!(tokens["RefreshToken"].is_string(), "{reply}");
    assert!(tokens.get("NewDeviceMetadata").is_none());
    assert_eq!(claims(&tokens["AccessToken"])["device_key"], json!(device.key));
    assert_eq!(reply["ChallengeParameters"], json!({}));
}

#[test]
fn a_remembered_device_takes_the_place_of_a_code() {
    let tracked = Tracked::new(always());
    let device = tracked.confirm(&tracked.sign_in("ann"));
    let secret = tracked.set_up_app("ann");

    let challenge = tracked.start("ann", Some(&device.key));
    assert_eq!(challenge["ChallengeParameters"], json!({}));
    let verifier = tracked.world.ok("RespondToAuthChallenge", tracked.device_srp(&challenge, "ann", &device));
    let parameters = verifier["ChallengeParameters"].as_object().unwrap();
    let names: Vec<&str> = parameters.keys().map(String::as_str).collect();
    assert_eq!(names, ["DEVICE_KEY", "SALT", "SECRET_BLOCK", "SRP_B", "USERNAME"]);
    assert_eq!((&parameters["USERNAME"], &parameters["DEVICE_KEY"]), (&json!("ann"), &json!(device.key)));
    let reply = tracked.world.ok("RespondToAuthChallenge", tracked.device_verifier(&verifier, &device));
    assert_tokens_of(&reply, &device);

    // Without it, or on another device, the code is asked for, and there is a name for a new device.
    let challenge = tracked.start("ann", None);
    let reply = tracked.world.ok("RespondToAuthChallenge", tracked.code(&challenge, "ann", &secret));
    assert_ne!(Device::of(&reply["AuthenticationResult"]).key, device.key);
}

#[test]
fn the_device_may_be_named_at_any_step() {
    let tracked = Tracked::new(always());
    let device = tracked.confirm(&tracked.sign_in("ann"));
    let secret = tracked.set_up_app("ann");

    let mut answer = tracked.srp("ann");
    answer["ChallengeResponses"]["DEVICE_KEY"] = json!(device.key);
    let challenge = tracked.world.ok("RespondToAuthChallenge", answer);
    assert_tokens_of(&tracked.prove(&challenge, "ann", &device), &device);

    // After the code, the device still proves itself.
    let mut code = tracked.code(&tracked.start("ann", None), "ann", &secret);
    code["ChallengeResponses"]["DEVICE_KEY"] = json!(device.key);
    let challenge = tracked.world.ok("RespondToAuthChallenge", code);
    assert_tokens_of(&tracked.prove(&challenge, "ann", &device), &device);
}

#[test]
fn srp_remembers_the_device_of_its_first_request() {
    use crate::srp_client::{SrpClient, now};
    let tracked = Tracked::new(always());
    let device = tracked.confirm(&tracked.sign_in("ann"));
    let srp = SrpClient { pool: tracked.pool.clone(), ..SrpClient::new(&tracked.client, "ann", PASSWORD) };
    let mut start = srp.start();
    start["AuthParameters"]["DEVICE_KEY"] = json!(device.key);
    let challenge = tracked.world.ok("InitiateAuth", start.clone());
    let challenge = tracked.world.ok("RespondToAuthChallenge", srp.answer(&challenge, &now(&tracked.world)));
    assert_tokens_of(&tracked.prove(&challenge, "ann", &device), &device);

    // One that is gone is no reason to refuse yet.
    start["AuthParameters"]["DEVICE_KEY"] = json!("eu-west-1_gone");
    let challenge = tracked.world.ok("InitiateAuth", start);
    let reply = tracked.world.ok("RespondToAuthChallenge", srp.answer(&challenge, &now(&tracked.world)));
    Device::of(&reply["AuthenticationResult"]);
}

#[test]
fn where_it_does_not_replace_the_code_the_device_comes_after_it() {
    let tracked = Tracked::new(json!({ "ChallengeRequiredOnNewDevice": false }));
    let device = tracked.confirm(&tracked.sign_in("ann"));
    let challenge = tracked.start("ann", Some(&device.key));
    assert_tokens_of(&tracked.prove(&challenge, "ann", &device), &device);

    let secret = tracked.set_up_app("ann");
    let challenge = tracked.start("ann", Some(&device.key));
    let challenge = tracked.world.ok("RespondToAuthChallenge", tracked.code(&challenge, "ann", &secret));
    assert_tokens_of(&tracked.prove(&challenge, "ann", &device), &device);
}

#[test]
fn a_device_that_is_not_remembered_proves_nothing() {
    let tracked = Tracked::new(on_prompt());
    let tokens = tracked.sign_in("ann");
    let device = tracked.confirm(&tokens);
    assert_tokens_of(&tracked.start("ann", Some(&device.key)), &device);
    let secret = tracked.set_up_app("ann");
    let challenge = tracked.start("ann", Some(&device.key));
    let reply = tracked.world.ok("RespondToAuthChallenge", tracked.code(&challenge, "ann", &secret));
    assert_tokens_of(&reply, &device);

    // The user agrees, and then no longer.
    for (status, asked) in [("remembered", "DEVICE_SRP_AUTH"), ("not_remembered", "SOFTWARE_TOKEN_MFA")] {
        let token = &reply["AuthenticationResult"]["AccessToken"];
        let update = json!({ "AccessToken": token, "DeviceKey": device.key, "DeviceRememberedStatus": status });
        tracked.world.ok("UpdateDeviceStatus", update);
        assert_eq!(tracked.start("ann", Some(&device.key))["ChallengeName"], asked);
    }
}

#[test]
fn an_app_must_be_set_up_even_on_a_remembered_device() {
    let tracked = Tracked::new(always());
    let device = tracked.confirm(&tracked.sign_in("ann"));
    let mfa = json!({
        "UserPoolId": tracked.pool, "MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": { "Enabled": true },
    });
    tracked.world.ok("SetUserPoolMfaConfig", mfa);
    assert_eq!(tracked.start("ann", Some(&device.key))["ChallengeName"], "MFA_SETUP");
}

#[test]
fn signing_in_with_a_device_is_noted() {
    let tracked = Tracked::new(always());
    let tokens = tracked.sign_in("ann");
    let device = tracked.confirm(&tokens);
    let get = json!({ "AccessToken": tokens["AccessToken"], "DeviceKey": device.key });
    let before = tracked.world.ok("GetDevice", get.clone())["Device"].take();
    tracked.world.advance(100);
    tracked.prove(&tracked.start("ann", Some(&device.key)), "ann", &device);
    let after = tracked.world.ok("GetDevice", get)["Device"].take();
    let date = |device: &Value, name: &str| device[name].as_f64().unwrap();
    let last = "DeviceLastAuthenticatedDate";
    assert!((date(&after, last) - date(&before, last) - 100.0).abs() < 0.001);
    assert_eq!(after["DeviceLastModifiedDate"], before["DeviceLastModifiedDate"]);
}

#[test]
fn a_device_with_another_password_is_refused() {
    let tracked = Tracked::new(always());
    let mut device = tracked.confirm(&tracked.sign_in("ann"));
    let challenge = tracked.start("ann", Some(&device.key));
    device.password = "Stolen without it".into();
    let verifier = tracked.world.ok("RespondToAuthChallenge", tracked.device_srp(&challenge, "ann", &device));
    let answer = tracked.device_verifier(&verifier, &device);
    assert_refused(tracked.world.err("RespondToAuthChallenge", answer), WRONG);
    device.password = "Kept by the device".into();
    let right = tracked.device_verifier(&verifier, &device);
    assert_refused(tracked.world.err("RespondToAuthChallenge", right), ONCE);
}

#[test]
fn each_step_is_answered_once_in_time_and_by_its_client() {
    let mut tracked = Tracked::new(always());
    let device = tracked.confirm(&tracked.sign_in("ann"));
    let challenge = tracked.start("ann", Some(&device.key));
    let other = tracked.add_client();
    let own = std::mem::replace(&mut tracked.client, other);
    let foreign = tracked.device_srp(&challenge, "ann", &device);
    assert_refused(tracked.world.err("RespondToAuthChallenge", foreign), INVALID);
    let other = std::mem::replace(&mut tracked.client, own);

    let first = tracked.device_srp(&challenge, "ann", &device);
    let verifier = tracked.world.ok("RespondToAuthChallenge", first.clone());
    assert_refused(tracked.world.err("RespondToAuthChallenge", first), ONCE);
    let second = tracked.device_verifier(&verifier, &device);
    let mut foreign = second.clone();
    foreign["ClientId"] = json!(other);
    assert_refused(tracked.world.err("RespondToAuthChallenge", foreign), INVALID);
    tracked.world.ok("RespondToAuthChallenge", second.clone());
    assert_refused(tracked.world.err("RespondToAuthChallenge", second), ONCE);

    let challenge = tracked.start("ann", Some(&device.key));
    tracked.world.advance(180);
    let late = tracked.device_srp(&challenge, "ann", &device);
    assert_refused(tracked.world.err("RespondToAuthChallenge", late), EXPIRED);
    let challenge = tracked.start("ann", Some(&device.key));
    let verifier = tracked.world.ok("RespondToAuthChallenge", tracked.device_srp(&challenge, "ann", &device));
    tracked.world.advance(180);
    assert_refused(tracked.world.err("RespondToAuthChallenge", tracked.device_verifier(&verifier, &device)), EXPIRED);
}

#[test]
fn what_is_wrong_with_an_answer_is_told() {
    let tracked = Tracked::new(always());
    let device = tracked.confirm(&tracked.sign_in("ann"));
    let challenge = tracked.start("ann", Some(&device.key));
    let good = tracked.device_srp(&challenge, "ann", &device);
    for name in ["USERNAME", "DEVICE_KEY", "SRP_A"] {
        let mut answer = good.clone();
        answer["ChallengeResponses"].as_object_mut().unwrap().remove(name);
        let text = format!("Missing required parameter {name}");
        assert_error(tracked.world.err("RespondToAuthChallenge", answer), "InvalidParameterException", &text);
    }
    let with = |name: &str, value: &str| {
        let mut answer = good.clone();
        answer["ChallengeResponses"][name] = json!(value);
        tracked.world.err("RespondToAuthChallenge", answer)
    };
    assert_eq!(with("SRP_A", "0").0, "InvalidParameterException");
    assert_refused(with("USERNAME", "ben"), INVALID);
    assert_error(with("DEVICE_KEY", "eu-west-1_0"), "ResourceNotFoundException", MISSING);

    let verifier = tracked.world.ok("RespondToAuthChallenge", good.clone());
    let good = tracked.device_verifier(&verifier, &device);
    for name in ["USERNAME", "DEVICE_KEY", "PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP"] {
        let mut answer = good.clone();
        answer["ChallengeResponses"].as_object_mut().unwrap().remove(name);
        let text = format!("Missing required parameter {name}");
        assert_error(tracked.world.err("RespondToAuthChallenge", answer), "InvalidParameterException", &text);
    }
    for (name, value) in
        [("USERNAME", "ben"), ("DEVICE_KEY", "eu-west-1_0"), ("TIMESTAMP", "Thu Nov 6 08:05:03 UTC 2025")]
    {
        let challenge = tracked.start("ann", Some(&device.key));
        let verifier = tracked.world.ok("RespondToAuthChallenge", tracked.device_srp(&challenge, "ann", &device));
        let mut answer = tracked.device_verifier(&verifier, &device);
        answer["ChallengeResponses"][name] = json!(value);
        let text = if name == "TIMESTAMP" { WRONG } else { INVALID };
        assert_refused(tracked.world.err("RespondToAuthChallenge", answer), text);
    }
    let challenge = tracked.start("ann", Some(&device.key));
    let verifier = tracked.world.ok("RespondToAuthChallenge", tracked.device_srp(&challenge, "ann", &device));
    let mut answer = tracked.device_verifier(&verifier, &device);
    answer["Session"] = challenge["Session"].clone();
    assert_refused(tracked.world.err("RespondToAuthChallenge", answer), INVALID);
}

/// As pycognito 2024.5.1 and older versions of amazon-cognito-identity-js do it.
#[test]
fn the_session_may_be_left_out_once_the_password_was_right() {
    let mut tracked = Tracked::new(always());
    let device = tracked.confirm(&tracked.sign_in("ann"));
    let unasked = json!({ "ChallengeName": "DEVICE_SRP_AUTH" });
    let without = |tracked: &Tracked, challenge: &Value| tracked.device_srp(challenge, "ann", &device);
    let error = tracked.world.err("RespondToAuthChallenge", without(&tracked, &unasked));
    assert_error(error, "InvalidParameterException", "Missing required parameter Session");

    tracked.start("ann", Some(&device.key));
    let other = tracked.add_client();
    let own = std::mem::replace(&mut tracked.client, other);
    assert_refused(tracked.world.err("RespondToAuthChallenge", without(&tracked, &unasked)), INVALID);
    tracked.client = own;
    let verifier = tracked.world.ok("RespondToAuthChallenge", without(&tracked, &unasked));
    let mut answer = tracked.device_verifier(&verifier, &device);
    answer.as_object_mut().unwrap().remove("Session");
    assert_tokens_of(&tracked.world.ok("RespondToAuthChallenge", answer), &device);
    assert_refused(tracked.world.err("RespondToAuthChallenge", without(&tracked, &unasked)), ONCE);
}

#[test]
fn clients_can_drop_a_device_that_does_not_exist_and_go_on() {
    let tracked = Tracked::new(always());
    let foreign = tracked.confirm(&tracked.sign_in("ben"));
    for key in ["eu-west-1_0", foreign.key.as_str()] {
        let reply = tracked.try_start("ann", Some(key));
        assert_error((reply.text("__type"), reply.text("message")), "ResourceNotFoundException", MISSING);

        let mut answer = tracked.srp("ann");
        answer["ChallengeResponses"]["DEVICE_KEY"] = json!(key);
        assert_error(tracked.world.err("RespondToAuthChallenge", answer.clone()), "ResourceNotFoundException", MISSING);
        answer["ChallengeResponses"]["DEVICE_KEY"] = Value::Null;
        let reply = tracked.world.ok("RespondToAuthChallenge", answer.clone());
        Device::of(&reply["AuthenticationResult"]);
        assert_refused(tracked.world.err("RespondToAuthChallenge", answer), ONCE);
    }
    // A wrong password is told first.
    let mut flow = password_flow(&tracked.client, "ann", "Another-1!");
    flow["AuthParameters"]["DEVICE_KEY"] = json!("eu-west-1_0");
    assert_refused(tracked.world.err("InitiateAuth", flow), WRONG);
    // No pool without devices has one.
    let mut flow = password_flow(WEB, "alice", PASSWORD);
    flow["AuthParameters"]["DEVICE_KEY"] = json!(foreign.key);
    assert_error(World::new().err("InitiateAuth", flow), "ResourceNotFoundException", MISSING);
}

#[test]
fn a_device_that_is_forgotten_on_the_way_proves_nothing() {
    let tracked = Tracked::new(always());
    let tokens = tracked.sign_in("ann");
    let device = tracked.confirm(&tokens);
    let secret = tracked.set_up_app("ann");
    let forget = json!({ "AccessToken": tokens["AccessToken"], "DeviceKey": device.key });
    let challenge = tracked.start("ann", Some(&device.key));
    let verifier = tracked.world.ok("RespondToAuthChallenge", tracked.device_srp(&challenge, "ann", &device));
    tracked.world.call("ForgetDevice", forget);
    let answer = tracked.device_verifier(&verifier, &device);
    assert_refused(tracked.world.err("RespondToAuthChallenge", answer), INVALID);
    let reply = tracked.start("ann", None);
    tracked.world.ok("RespondToAuthChallenge", tracked.code(&reply, "ann", &secret));
}

#[test]
fn a_client_with_a_secret_needs_its_hash_in_each_answer() {
    let mut tracked = Tracked::new(always());
    let device = tracked.confirm(&tracked.sign_in("ann"));
    let settings = json!({
        "UserPoolId": tracked.pool, "ClientName": "server", "GenerateSecret": true,
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    });
    let made = tracked.world.ok("CreateUserPoolClient", settings)["UserPoolClient"].take();
    tracked.client = made["ClientId"].as_str().unwrap().to_owned();
    let hash = crate::confidential_client::secret_hash(made["ClientSecret"].as_str().unwrap(), "ann", &tracked.client);
    let text = format!("Client {} is configured with secret but SECRET_HASH was not received", tracked.client);
    let mut start = password_flow(&tracked.client, "ann", PASSWORD);
    start["AuthParameters"]["SECRET_HASH"] = json!(hash);
    start["AuthParameters"]["DEVICE_KEY"] = json!(device.key);
    let challenge = tracked.world.ok("InitiateAuth", start);
    let mut answer = tracked.device_srp(&challenge, "ann", &device);
    assert_refused(tracked.world.err("RespondToAuthChallenge", answer.clone()), &text);
    answer["ChallengeResponses"]["SECRET_HASH"] = json!(hash);
    let verifier = tracked.world.ok("RespondToAuthChallenge", answer);
    let mut answer = tracked.device_verifier(&verifier, &device);
    assert_refused(tracked.world.err("RespondToAuthChallenge", answer.clone()), &text);
    answer["ChallengeResponses"]["SECRET_HASH"] = json!(hash);
    assert_tokens_of(&tracked.world.ok("RespondToAuthChallenge", answer), &device);
}
