//! The three errors of functions, of every operation that has them in AWS's model.

use serde_json::{Value, json};

use crate::functions::{Functions, Reply};
use crate::srp_client::{SrpClient, now};
use crate::triggers_sign_up::sign_up;
use crate::world::{PASSWORD, POOL, ROTATION, WEB, World, password_flow};

/// The trigger whose failure an operation reports, and what makes its request ready. The function works until then.
type Case = (&'static str, &'static str, fn(&World) -> Value);

fn named() -> Value {
    json!({ "UserPoolId": POOL, "Username": "alice" })
}

fn of_client(name: &str) -> Value {
    json!({ "ClientId": WEB, "Username": name })
}

fn signed_up(world: &World) {
    world.ok("SignUp", sign_up("fred"));
}

fn with_token(world: &World, mut body: Value) -> Value {
    body["AccessToken"] = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].take();
    body
}

fn proof(world: &World) -> Value {
    SrpClient::new(WEB, "alice", PASSWORD)
        .answer(&world.ok("InitiateAuth", SrpClient::new(WEB, "alice", PASSWORD).start()), &now(world))
}

fn in_pool(mut body: Value) -> Value {
    body["UserPoolId"] = json!(POOL);
    body
}

fn email() -> Value {
    json!([{ "Name": "email", "Value": "new@example.com" }])
}

/// What the function replies then.
type Failure = fn() -> Reply;

const CASES: [Case; 16] = [
    ("AdminConfirmSignUp", "PostConfirmation", |world| {
        signed_up(world);
        json!({ "UserPoolId": POOL, "Username": "fred" })
    }),
    ("AdminCreateUser", "PreSignUp", |_| json!({ "UserPoolId": POOL, "Username": "fred" })),
    ("AdminInitiateAuth", "PreAuthentication", |world| {
        let client = world.client(json!({ "ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH"] }));
        let mut body = in_pool(password_flow(&client, "alice", PASSWORD));
        body["AuthFlow"] = json!("ADMIN_USER_PASSWORD_AUTH");
        body
    }),
    ("AdminResetUserPassword", "CustomMessage", |_| named()),
    ("AdminRespondToAuthChallenge", "PostAuthentication", |world| in_pool(proof(world))),
    ("AdminUpdateUserAttributes", "CustomMessage", |_| {
        let mut body = named();
        body["UserAttributes"] = email();
        body
    }),
    ("ConfirmForgotPassword", "PostConfirmation", |world| {
        world.ok("ForgotPassword", of_client("alice"));
        let mut body = of_client("alice");
        (body["ConfirmationCode"], body["Password"]) = (json!(world.code("alice")), json!("Other-Horse7!"));
        body
    }),
    ("ConfirmSignUp", "PostConfirmation", |world| {
        signed_up(world);
        let mut body = of_client("fred");
        body["ConfirmationCode"] = json!(world.code("fred"));
        body
    }),
    ("ForgotPassword", "CustomMessage", |_| of_client("alice")),
    ("GetTokensFromRefreshToken", "PreTokenGeneration", |world| {
        let token = world.sign_in(ROTATION, "alice", PASSWORD)["RefreshToken"].take();
        json!({ "ClientId": ROTATION, "RefreshToken": token })
    }),
    ("GetUserAttributeVerificationCode", "CustomMessage", |world| {
        with_token(world, json!({ "AttributeName": "email" }))
    }),
    ("InitiateAuth", "PreAuthentication", |_| password_flow(WEB, "alice", PASSWORD)),
    ("ResendConfirmationCode", "CustomMessage", |world| {
        signed_up(world);
        of_client("fred")
    }),
    ("RespondToAuthChallenge", "PostAuthentication", proof),
    ("SignUp", "PreSignUp", |_| sign_up("fred")),
    ("UpdateUserAttributes", "CustomMessage", |world| with_token(world, json!({ "UserAttributes": email() }))),
];

#[test]
fn every_operation_reports_what_goes_wrong_with_its_function() {
    for (operation, trigger, ready) in CASES {
        let failures: [(&str, Failure); 3] = [
            ("UnexpectedLambdaException", || Err(poolpass_local::core::OutboundError::Connection)),
            ("UserLambdaValidationException", || Ok((200, json!({ "errorMessage": "no" })))),
            ("InvalidLambdaResponseException", || Ok((200, json!("no event")))),
        ];
        for (kind, failure) in failures {
            let (world, functions) = Functions::world(&[trigger]);
            let body = ready(&world);
            functions.reply(trigger, move |_| failure());
            let error = world.err(operation, body);
            assert_eq!(error.0, kind, "{operation}: {}", error.1);
        }
    }
}
