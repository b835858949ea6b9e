//! CUSTOM_AUTH: the built-in function, and functions of one's own.

use serde_json::{Value, json};

use crate::functions::Functions;
use crate::srp_client::{SrpClient, now, public_value};
use crate::world::{PASSWORD, POOL, WEB, World, assert_error, assert_refused, claims, password_flow};

const TRIGGERS: [&str; 3] = ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"];

fn start(client: &str, name: &str) -> Value {
    json!({ "AuthFlow": "CUSTOM_AUTH", "ClientId": client, "AuthParameters": { "USERNAME": name } })
}

fn answer(challenge: &Value, name: &str, text: &str) -> Value {
    json!({
        "ChallengeName": "CUSTOM_CHALLENGE", "ClientId": WEB, "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": name, "ANSWER": text },
    })
}

fn is_signed_in(reply: &Value) -> bool {
    reply["AuthenticationResult"]["AccessToken"].is_string() && reply.get("ChallengeName").is_none()
}

#[test]
fn the_built_in_function_sends_a_code() {
    let world = World::new();
    let challenge = world.ok("InitiateAuth", start(WEB, "alice"));
    assert_eq!(challenge["ChallengeName"], "CUSTOM_CHALLENGE");
    assert_eq!(challenge["ChallengeParameters"], json!({ "USERNAME": "alice", "destination": "a***@e***" }));
    let code = world.code("alice");
    let wrong = if code == "000000" { "111111" } else { "000000" };
    let again = world.ok("RespondToAuthChallenge", answer(&challenge, "alice", wrong));
    assert_eq!(again["ChallengeName"], "CUSTOM_CHALLENGE");
    assert_ne!(again["Session"], challenge["Session"]);
    let text = "Invalid session for the user, session can only be used once.";
    assert_refused(world.err("RespondToAuthChallenge", answer(&challenge, "alice", &code)), text);
    assert_eq!(world.code("alice"), code, "the code stays the same while the user tries");
    let reply = world.ok("RespondToAuthChallenge", answer(&again, "alice", &code));
    assert!(is_signed_in(&reply));
    assert_eq!(claims(&reply["AuthenticationResult"]["IdToken"])["cognito:username"], "alice");
}

#[test]
fn three_wrong_codes_end_the_sign_in() {
    let world = World::new();
    let mut challenge = world.ok("InitiateAuth", start(WEB, "alice@example.com"));
    for _ in 0..2 {
        challenge = world.ok("RespondToAuthChallenge", answer(&challenge, "alice", "no code"));
    }
    let error = world.err("RespondToAuthChallenge", answer(&challenge, "alice", "no code"));
    assert_refused(error, "Incorrect username or password.");
    let right = answer(&challenge, "alice", &world.code("alice"));
    assert_eq!(world.err("RespondToAuthChallenge", right).0, "NotAuthorizedException");
}

#[test]
fn a_password_may_come_first() {
    let world = World::new();
    let srp = SrpClient::new(WEB, "alice", PASSWORD);
    let mut begin = start(WEB, "alice");
    begin["AuthParameters"]["CHALLENGE_NAME"] = json!("SRP_A");
    begin["AuthParameters"]["SRP_A"] = json!(public_value(&srp.a));
    let challenge = world.ok("InitiateAuth", begin.clone());
    assert_eq!(challenge["ChallengeName"], "PASSWORD_VERIFIER");
    let mut proof = srp.answer(&challenge, &now(&world));
    assert_refused(world.err("RespondToAuthChallenge", proof.clone()), "Invalid session for the user.");

    let challenge = world.ok("InitiateAuth", begin.clone());
    proof = srp.answer(&challenge, &now(&world));
    proof["Session"] = challenge["Session"].clone();
    let challenge = world.ok("RespondToAuthChallenge", proof);
    assert_eq!(challenge["ChallengeName"], "CUSTOM_CHALLENGE");
    let reply = world.ok("RespondToAuthChallenge", answer(&challenge, "alice", &world.code("alice")));
    assert!(is_signed_in(&reply));

    let wrong = SrpClient::new(WEB, "alice", "Wrong-Horse7!");
    begin["AuthParameters"]["SRP_A"] = json!(public_value(&wrong.a));
    let challenge = world.ok("InitiateAuth", begin);
    let mut proof = wrong.answer(&challenge, &now(&world));
    proof["Session"] = challenge["Session"].clone();
    assert_refused(world.err("RespondToAuthChallenge", proof), "Incorrect username or password.");
}

#[test]
fn sessions_are_one_users_and_one_clients_and_expire() {
    let world = World::new();
    let challenge = world.ok("InitiateAuth", start(WEB, "alice"));
    let code = world.code("alice");
    let error = world.err("RespondToAuthChallenge", answer(&challenge, "bob", &code));
    assert_refused(error, "Invalid session for the user.");
    let mut other = answer(&challenge, "alice", &code);
    other["ClientId"] = json!(world.client(json!({ "ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"] })));
    assert_refused(world.err("RespondToAuthChallenge", other), "Invalid session for the user.");
    let mut kind = answer(&challenge, "alice", &code);
    kind["ChallengeName"] = json!("NEW_PASSWORD_REQUIRED");
    kind["ChallengeResponses"]["NEW_PASSWORD"] = json!("Other-Horse7!");
    assert_refused(world.err("RespondToAuthChallenge", kind), "Invalid session for the user.");
    let mut empty = answer(&challenge, "alice", &code);
    empty["ChallengeResponses"].as_object_mut().unwrap().remove("ANSWER");
    let text = "Missing required parameter ANSWER";
    assert_error(world.err("RespondToAuthChallenge", empty), "InvalidParameterException", text);
    world.advance(180);
    let error = world.err("RespondToAuthChallenge", answer(&challenge, "alice", &code));
    assert_refused(error, "Invalid session for the user, session is expired.");
}

#[test]
fn the_state_of_the_user_counts_but_a_second_factor_is_not_asked_for() {
    let world = World::new();
    let through = |name: &str| {
        let challenge = world.ok("InitiateAuth", start(WEB, name));
        world.call("RespondToAuthChallenge", answer(&challenge, name, &world.code(name)))
    };
    assert_eq!(through("carol").text("__type"), "UserNotConfirmedException");
    assert_eq!(through("erin").text("message"), "User is disabled.");
    assert_eq!(through("dave").body["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    // Frank's authenticator app is a second factor of passwords.
    assert!(is_signed_in(&through("frank").body));
}

#[test]
fn names_that_nobody_has_are_challenged_where_they_are_hidden() {
    let world = World::new();
    let challenge = world.ok("InitiateAuth", start(WEB, "nobody"));
    assert_eq!(challenge["ChallengeParameters"]["destination"], "n***@n***");
    let again = world.ok("InitiateAuth", start(WEB, "nobody"));
    assert_eq!(again["ChallengeParameters"], challenge["ChallengeParameters"]);
    let reply = world.ok("RespondToAuthChallenge", answer(&challenge, "nobody", "123456"));
    assert_eq!(reply["ChallengeName"], "CUSTOM_CHALLENGE");
    let open =
        world.client(json!({ "ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"], "PreventUserExistenceErrors": "LEGACY" }));
    let error = world.err("InitiateAuth", start(&open, "nobody"));
    assert_error(error, "UserNotFoundException", "User does not exist.");
}

#[test]
fn functions_hear_of_every_round() {
    let (world, functions) = Functions::world(&TRIGGERS);
    functions.respond("DefineAuthChallenge", |event| {
        let rounds = event["request"]["session"].as_array().unwrap();
        let right = rounds.iter().filter(|round| round["challengeResult"] == true).count();
        match (right, rounds.len() - right) {
            (2, _) => json!({ "issueTokens": true, "failAuthentication": false }),
            (_, 2) => json!({ "issueTokens": false, "failAuthentication": true }),
            _ => json!({ "challengeName": "CUSTOM_CHALLENGE", "issueTokens": false, "failAuthentication": false }),
        }
    });
    functions.respond("CreateAuthChallenge", |event| {
        let round = event["request"]["session"].as_array().unwrap().len();
        json!({
            "publicChallengeParameters": { "question": format!("question {round}") },
            "privateChallengeParameters": { "answer": format!("answer {round}") },
            "challengeMetadata": format!("ROUND_{round}"),
        })
    });
    functions.respond("VerifyAuthChallengeResponse", |event| {
        let request = &event["request"];
        json!({ "answerCorrect": request["privateChallengeParameters"]["answer"] == request["challengeAnswer"] })
    });
    let mut begin = start(WEB, "bob");
    begin["ClientMetadata"] = json!({ "from": "InitiateAuth" });
    let challenge = world.ok("InitiateAuth", begin);
    assert_eq!(challenge["ChallengeParameters"], json!({ "USERNAME": "bob", "question": "question 0" }));
    let events = functions.events();
    assert_eq!(events.len(), 2);
    assert_eq!(events[0]["triggerSource"], "DefineAuthChallenge_Authentication");
    assert_eq!(events[0]["request"]["session"], json!([]));
    assert_eq!(events[0]["request"]["userNotFound"], false);
    let response = json!({ "challengeName": null, "issueTokens": null, "failAuthentication": null });
    assert_eq!(events[0]["response"], response);
    assert_eq!(events[1]["triggerSource"], "CreateAuthChallenge_Authentication");
    assert_eq!(events[1]["request"]["challengeName"], "CUSTOM_CHALLENGE");
    assert!(events.iter().all(|event| event["request"].get("clientMetadata").is_none()));

    let mut first = answer(&challenge, "bob", "answer 0");
    first["ClientMetadata"] = json!({ "from": "RespondToAuthChallenge" });
    let challenge = world.ok("RespondToAuthChallenge", first);
    assert_eq!(challenge["ChallengeParameters"]["question"], "question 1");
    let events = functions.events();
    assert_eq!(events[0]["triggerSource"], "VerifyAuthChallengeResponse_Authentication");
    assert_eq!(events[0]["request"]["challengeAnswer"], "answer 0");
    assert_eq!(events[0]["request"]["privateChallengeParameters"], json!({ "answer": "answer 0" }));
    let rounds = json!([
        { "challengeName": "CUSTOM_CHALLENGE", "challengeResult": true, "challengeMetadata": "ROUND_0" },
    ]);
    for event in &events[1..] {
        assert_eq!(event["request"]["session"], rounds);
    }
    assert!(events.iter().all(|event| event["request"]["clientMetadata"]["from"] == "RespondToAuthChallenge"));
    let challenge = world.ok("RespondToAuthChallenge", answer(&challenge, "bob", "wrong"));
    assert_eq!(challenge["ChallengeParameters"]["question"], "question 2");
    assert!(is_signed_in(&world.ok("RespondToAuthChallenge", answer(&challenge, "bob", "answer 2"))));

    let challenge = world.ok("InitiateAuth", start(WEB, "bob"));
    let challenge = world.ok("RespondToAuthChallenge", answer(&challenge, "bob", "wrong"));
    let error = world.err("RespondToAuthChallenge", answer(&challenge, "bob", "wrong"));
    assert_refused(error, "Incorrect username or password.");
}

#[test]
fn functions_hear_that_nobody_is_there_and_nobody_signs_in() {
    let (world, functions) = Functions::world(&TRIGGERS);
    functions.respond("DefineAuthChallenge", |event| json!({ "issueTokens": event["request"]["userNotFound"] }));
    let error = world.err("InitiateAuth", start(WEB, "nobody"));
    assert_refused(error, "Incorrect username or password.");
    let event = functions.event();
    assert_eq!((&event["userName"], &event["request"]["userAttributes"]), (&json!("nobody"), &json!({})));
}

#[test]
fn the_rounds_begin_with_the_password_where_the_app_sends_srp() {
    let (world, functions) = Functions::world(&TRIGGERS);
    functions.respond("DefineAuthChallenge", |event| match event["request"]["session"].as_array().unwrap().len() {
        1 => json!({ "challengeName": "PASSWORD_VERIFIER", "issueTokens": false, "failAuthentication": false }),
        _ => json!({ "issueTokens": true, "failAuthentication": false }),
    });
    let srp = SrpClient::new(WEB, "alice", PASSWORD);
    let mut begin = start(WEB, "alice");
    begin["AuthParameters"]["CHALLENGE_NAME"] = json!("SRP_A");
    assert_eq!(world.err("InitiateAuth", begin.clone()).1, "Missing required parameter SRP_A");
    begin["AuthParameters"]["SRP_A"] = json!(public_value(&srp.a));
    let challenge = world.ok("InitiateAuth", begin.clone());
    let first = json!({ "challengeName": "SRP_A", "challengeResult": true });
    assert_eq!(functions.event()["request"]["session"], json!([first]));
    let mut proof = srp.answer(&challenge, &now(&world));
    proof["Session"] = challenge["Session"].clone();
    assert!(is_signed_in(&world.ok("RespondToAuthChallenge", proof)));
    let second = json!({ "challengeName": "PASSWORD_VERIFIER", "challengeResult": true });
    assert_eq!(functions.event()["request"]["session"], json!([first, second]));
    begin["AuthParameters"]["CHALLENGE_NAME"] = json!("SMS_MFA");
    assert_eq!(world.err("InitiateAuth", begin).0, "InvalidParameterException");
}

#[test]
fn functions_that_say_nothing_useful_are_refused() {
    let (world, functions) = Functions::world(&TRIGGERS);
    for (response, kind) in [
        (json!({}), "InvalidLambdaResponseException"),
        (json!({ "issueTokens": "yes" }), "InvalidLambdaResponseException"),
        (json!({ "challengeName": "" }), "InvalidLambdaResponseException"),
        (json!({ "challengeName": "SMS_MFA" }), "InvalidParameterException"),
        (json!({ "challengeName": "PASSWORD_VERIFIER" }), "InvalidParameterException"),
    ] {
        functions.respond("DefineAuthChallenge", move |_| response.clone());
        assert_eq!(world.err("InitiateAuth", start(WEB, "alice")).0, kind);
    }
    functions.respond("DefineAuthChallenge", |_| json!({ "challengeName": "CUSTOM_CHALLENGE" }));
    functions.respond("CreateAuthChallenge", |_| json!({ "publicChallengeParameters": { "n": 1 } }));
    assert_eq!(world.err("InitiateAuth", start(WEB, "alice")).0, "InvalidLambdaResponseException");
    functions.respond("CreateAuthChallenge", |_| json!({}));
    let challenge = world.ok("InitiateAuth", start(WEB, "alice"));
    functions.refuse("VerifyAuthChallengeResponse", "no");
    let error = world.err("RespondToAuthChallenge", answer(&challenge, "alice", "x"));
    let text = "VerifyAuthChallengeResponse failed with error no.";
    assert_error(error, "UserLambdaValidationException", text);
    functions.reply("VerifyAuthChallengeResponse", |_| Ok((200, json!(3))));
    let error = world.err("RespondToAuthChallenge", answer(&challenge, "alice", "x"));
    assert_eq!(error.0, "InvalidLambdaResponseException");
}

#[test]
fn a_pool_without_functions_and_a_client_without_the_flow_have_no_custom_auth() {
    let (world, _) = Functions::world(&["PreSignUp"]);
    let text = "Custom auth lambda trigger is not configured for the user pool.";
    assert_error(world.err("InitiateAuth", start(WEB, "alice")), "InvalidParameterException", text);
    let client = world.client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"] }));
    let text = "CUSTOM_AUTH flow not enabled for this client";
    assert_error(world.err("InitiateAuth", start(&client, "alice")), "InvalidParameterException", text);
    assert_eq!(
        world.err("InitiateAuth", json!({ "AuthFlow": "CUSTOM_AUTH", "ClientId": WEB })).0,
        "InvalidParameterException"
    );
}

#[test]
fn administrators_take_the_same_way() {
    let world = World::new();
    let mut begin = start(WEB, "alice");
    begin["UserPoolId"] = json!(POOL);
    let challenge = world.ok("AdminInitiateAuth", begin);
    let mut code = answer(&challenge, "alice", &world.code("alice"));
    code["UserPoolId"] = json!(POOL);
    assert!(is_signed_in(&world.ok("AdminRespondToAuthChallenge", code)));
}

#[test]
fn the_built_in_function_is_for_custom_auth_only() {
    let (world, _) = Functions::configured(&crate::functions::config(
        "PreAuthentication = \"arn:aws:lambda:eu-west-1:000000000000:function:poolpass-custom-auth\"",
        &[],
    ));
    let error = world.err("InitiateAuth", password_flow(WEB, "alice", PASSWORD));
    assert_eq!(error.0, "UserLambdaValidationException");
}
