//! The triggers of a sign-in through another identity provider.

use serde_json::{Value, json};

use crate::federation_browser::{Browser, text};
use crate::functions::{Functions, arn, config};
use crate::world::{POOL, WEB, World};

const ADA: &str = "Google_100000000000000000001";

fn world() -> (World, Functions) {
    let triggers = ["PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication", "PreTokenGeneration"];
    let mut lines: Vec<String> = triggers.iter().map(|name| format!("{name} = \"{}\"", arn(name))).collect();
    lines.push(format!(
        "InboundFederation = {{ LambdaVersion = \"V1_0\", LambdaArn = \"{}\" }}",
        arn("InboundFederation")
    ));
    Functions::configured(&config(&lines.join("\n"), &[&triggers[..], &["InboundFederation"]].concat()))
}

#[test]
fn the_first_sign_in_is_a_sign_up_and_the_next_is_not() {
    let (world, functions) = world();
    Browser::new(&world).id_claims("Google", "ada");
    let events = functions.events();
    let sources: Vec<&str> = events.iter().map(|event| event["triggerSource"].as_str().unwrap()).collect();
    assert_eq!(
        sources,
        [
            "InboundFederation_ExternalProvider",
            "PreSignUp_ExternalProvider",
            "PostConfirmation_ConfirmSignUp",
            "TokenGeneration_HostedAuth",
        ]
    );
    for event in &events {
        assert_eq!((&event["userName"], &event["callerContext"]["clientId"]), (&json!(ADA), &json!(WEB)));
    }
    let request = &events[0]["request"];
    assert_eq!((&request["providerName"], &request["providerType"]), (&json!("Google"), &json!("Google")));
    assert_eq!(request["attributes"]["idToken"]["email"], "ada@example.com");
    assert_eq!(request["attributes"]["idToken"]["email_verified"], "true", "everything is text");
    assert!(request["attributes"]["tokenResponse"]["access_token"].is_string());
    assert_eq!(events[1]["request"]["userAttributes"]["name"], "Ada Example");
    assert_eq!(events[2]["request"]["userAttributes"]["cognito:user_status"], "EXTERNAL_PROVIDER");

    Browser::new(&world).id_claims("Google", "ada");
    assert_eq!(
        functions.sources(),
        [
            "InboundFederation_ExternalProvider",
            "PreAuthentication_Authentication",
            "PostAuthentication_Authentication",
            "TokenGeneration_HostedAuth",
        ]
    );
}

#[test]
fn saml_attributes_are_passed_as_such() {
    let (world, functions) = world();
    Browser::new(&world).id_claims("ExampleSAML", "ada");
    let request = functions.events()[0]["request"].clone();
    assert_eq!(request["providerType"], "SAML");
    let attributes = request["attributes"].as_object().unwrap();
    assert_eq!(attributes.keys().collect::<Vec<_>>(), ["samlResponse"]);
    assert!(attributes["samlResponse"].as_object().unwrap().values().any(|value| value == "ada@example.com"));
}

#[test]
fn the_function_says_what_is_mapped() {
    let (world, functions) = world();
    functions.respond("InboundFederation", |event| {
        let id = &event["request"]["attributes"]["idToken"];
        json!({ "userAttributesToMap": { "email": id["email"], "name": "Someone Else" } })
    });
    let claims = Browser::new(&world).id_claims("Google", "ada");
    assert_eq!((&claims["name"], &claims["email"]), (&json!("Someone Else"), &json!("ada@example.com")));
    assert!(claims.get("given_name").is_none(), "what is left out is dropped");
    assert_eq!(claims["cognito:username"], ADA, "the name stays");
    functions.respond("InboundFederation", |_| json!({ "userAttributesToMap": {} }));
    let claims = Browser::new(&world).id_claims("Google", "ada");
    assert_eq!((&claims["name"], &claims["given_name"]), (&json!("Ada Example"), &json!("Ada")), "everything is kept");
}

#[test]
fn refusals_reach_the_app() {
    for trigger in ["InboundFederation", "PreSignUp"] {
        let (world, functions) = world();
        functions.refuse(trigger, "not this one");
        let parameters = Browser::new(&world).sign_in("Google", "ada");
        assert_eq!(parameters["error"], "invalid_request");
        assert_eq!(parameters["error_description"], format!("{trigger} failed with error not this one."));
        let error = world.err("AdminGetUser", json!({ "UserPoolId": POOL, "Username": ADA }));
        assert_eq!(error.0, "UserNotFoundException");
    }
    let (world, functions) = world();
    functions.respond("PreSignUp", |_| json!({ "autoConfirmUser": true, "autoVerifyEmail": true }));
    functions.refuse("PostConfirmation", "too late");
    let mut browser = Browser::new(&world);
    let chooser = browser.chooser(&crate::federation_browser::authorize(WEB, &[("identity_provider", "Facebook")]));
    let page = match browser.submit(&chooser, &[("person", "ada")]) {
        crate::federation_browser::Place::Page(page) => page,
        crate::federation_browser::Place::Elsewhere(url) => panic!("{url}"),
    };
    assert_eq!(page.status, 400);
    assert!(text(&page).contains("PostConfirmation failed with error too late."));
    let user: Value = world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "Facebook_10000000000000001" }));
    assert_eq!(user["UserStatus"], "EXTERNAL_PROVIDER", "done is done");
    let verified = json!({ "Name": "email_verified", "Value": "false" });
    assert!(user["UserAttributes"].as_array().unwrap().contains(&verified), "that is the provider's to say");
    for trigger in ["PreAuthentication", "PostAuthentication"] {
        let (world, functions) = self::world();
        Browser::new(&world).id_claims("Google", "ada");
        functions.refuse(trigger, "no more");
        let parameters = Browser::new(&world).sign_in("Google", "ada");
        assert_eq!(parameters["error_description"], format!("{trigger} failed with error no more."));
    }
}
