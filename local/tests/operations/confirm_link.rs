//! Sign-ups that are confirmed by a link.
//!
//! Witnesses: botocore 1.44.8, `VerificationMessageTemplateType`; "Cannot perform specific action because there does not exist a valid use
//! pool domain …" (anomalyco/guide#133).

use serde_json::{Value, json};

use crate::world::{PASSWORD, World, assert_error};

/// A pool whose sign-ups are confirmed by a link, and a client in it.
fn pool(world: &World, domain: bool) -> (Value, String) {
    let template = json!({ "DefaultEmailOption": "CONFIRM_WITH_LINK", "EmailMessageByLink": "Hello, {##click & go##}!", "EmailSubjectByLink": "A link" });
    let settings =
        json!({ "PoolName": "p", "AutoVerifiedAttributes": ["email"], "VerificationMessageTemplate": template });
    let made = world.ok("CreateUserPool", settings)["UserPool"].take();
    assert_eq!(made["VerificationMessageTemplate"], template);
    let id = made["Id"].clone();
    if domain {
        world.ok("CreateUserPoolDomain", json!({ "UserPoolId": id, "Domain": "links" }));
    }
    let client = json!({ "UserPoolId": id, "ClientName": "c", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] });
    let client = world.ok("CreateUserPoolClient", client)["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
    (id, client)
}

fn sign_up(client: &str) -> Value {
    let mail = json!({ "Name": "email", "Value": "zoe@example.com" });
    json!({ "ClientId": client, "Username": "zoe", "Password": PASSWORD, "UserAttributes": [mail] })
}

/// The address in the newest mail.
fn link(world: &World) -> String {
    let mail = world.control("GET", "inbox?to=zoe", Value::Null)["messages"][0].take();
    assert_eq!(mail["subject"], "A link");
    let text = mail["text"].as_str().unwrap();
    assert!(text.starts_with("Hello, <a href=\"/confirmUser?") && text.ends_with("\">click & go</a>!"), "{text}");
    text.split('"').nth(1).unwrap().replace("&amp;", "&")
}

#[test]
fn the_link_confirms_once() {
    let world = World::new();
    let (_, client) = pool(&world, true);
    world.ok("SignUp", sign_up(&client));
    let old = link(&world);
    world.ok("ResendConfirmationCode", json!({ "ClientId": client, "Username": "zoe" }));
    assert_eq!(world.send("GET", &old, "").status, 400, "another link was sent");
    let address = link(&world);
    let wrong = address.replace("confirmation_code=", "confirmation_code=1");
    assert_eq!(world.send("GET", &wrong, "").status, 400);
    let page = world.send("GET", &address, "");
    assert_eq!(page.status, 200);
    assert!(String::from_utf8(page.body).unwrap().contains("Your registration has been confirmed!"));
    world.sign_in(&client, "zoe", PASSWORD);
    assert_eq!(world.send("GET", &address, "").status, 400, "it is used");
    let foreign = address.replace(&client, "nothing");
    assert_eq!(world.send("GET", &foreign, "").status, 400);
}

#[test]
fn links_need_a_domain() {
    let world = World::new();
    let (id, client) = pool(&world, false);
    let text = "Cannot perform specific action because there does not exist a valid use pool domain associated with the user pool";
    assert_error(world.err("SignUp", sign_up(&client)), "InvalidParameterException", text);
    assert_eq!(world.err("AdminGetUser", json!({ "UserPoolId": id, "Username": "zoe" })).0, "UserNotFoundException");
    world.ok("CreateUserPoolDomain", json!({ "UserPoolId": id, "Domain": "links" }));
    world.ok("SignUp", sign_up(&client));
    world.ok("DeleteUserPoolDomain", json!({ "UserPoolId": id, "Domain": "links" }));
    let again = world.err("ResendConfirmationCode", json!({ "ClientId": client, "Username": "zoe" }));
    assert_error(again, "InvalidParameterException", text);
}
