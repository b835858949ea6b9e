//! What administrators see and do of a user's factors.
//!
//! Witness: botocore 1.44.8, `AdminGetUserAuthFactors`, `AdminDeleteSoftwareToken`.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, WEB, World, password_flow};

fn of(username: &str) -> Value {
    json!({ "UserPoolId": POOL, "Username": username })
}

#[test]
fn administrators_see_what_the_user_sees() {
    let world = World::new();
    let factors = world.ok("AdminGetUserAuthFactors", of("frank"));
    assert_eq!(
        (&factors["Username"], &factors["PreferredMfaSetting"]),
        (&json!("frank"), &json!("SOFTWARE_TOKEN_MFA"))
    );
    assert!(factors["ConfiguredUserAuthFactors"].as_array().unwrap().contains(&json!("SOFTWARE_TOKEN")));
    let token = world.sign_in_with_totp("frank", PASSWORD, &world.totp("frank"))["AccessToken"].take();
    assert_eq!(world.ok("GetUserAuthFactors", json!({ "AccessToken": token })), factors);
}

#[test]
fn a_lost_app_is_replaced() {
    let world = World::new();
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "frank", PASSWORD));
    assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    let code = world.totp("frank");
    assert_eq!(world.ok("AdminDeleteSoftwareToken", of("frank")), json!({}));
    // Its code is no longer good, not even in a sign-in that has begun.
    let answer = world.call("RespondToAuthChallenge", World::totp_answer(&challenge, "frank", &code));
    assert_eq!(answer.http.status, 400);
    let token = world.sign_in(WEB, "frank", PASSWORD)["AccessToken"].take();
    let factors = world.ok("AdminGetUserAuthFactors", of("frank"));
    assert_eq!((&factors["PreferredMfaSetting"], &factors["UserMFASettingList"]), (&Value::Null, &Value::Null));
    assert!(world.ok("AssociateSoftwareToken", json!({ "AccessToken": token }))["SecretCode"].is_string());
    assert_eq!(world.err("AdminDeleteSoftwareToken", of("frank")).0, "InvalidParameterException", "there is none");
    assert_eq!(world.err("AdminDeleteSoftwareToken", of("carol")).0, "UserNotConfirmedException");
}
