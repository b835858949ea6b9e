//! AdminLinkProviderForUser and AdminDisableProviderForUser.

use serde_json::{Value, json};

use crate::federation_browser::{Browser, add_provider, authorize};
use crate::world::{PASSWORD, POOL, WEB, World, assert_error, assert_refused, password_flow};

const ADA: &str = "100000000000000000001";

fn user(provider: &str, attribute: &str, value: &str) -> Value {
    json!({ "ProviderName": provider, "ProviderAttributeName": attribute, "ProviderAttributeValue": value })
}

fn link(to: Value, from: Value) -> Value {
    json!({ "UserPoolId": POOL, "DestinationUser": to, "SourceUser": from })
}

fn alice() -> Value {
    user("Cognito", "ignored", "alice")
}

fn google(subject: &str) -> Value {
    user("Google", "Cognito_Subject", subject)
}

#[test]
fn a_linked_person_signs_in_as_the_directory_user() {
    let world = World::new();
    world.ok("AdminLinkProviderForUser", link(alice(), google(ADA)));
    let claims = Browser::new(&world).id_claims("Google", "ada");
    assert_eq!((&claims["cognito:username"], &claims["cognito:groups"]), (&json!("alice"), &json!(["editors"])));
    assert_eq!(
        (&claims["identities"][0]["userId"], &claims["identities"][0]["primary"]),
        (&json!(ADA), &json!("false"))
    );
    assert_eq!(
        (&claims["name"], &claims["email"]),
        (&json!("Ada Example"), &json!("ada@example.com")),
        "mapped attributes"
    );
    world.sign_in(WEB, "alice", PASSWORD);
    assert_eq!(Browser::new(&world).id_claims("Google", "zoe")["cognito:username"], "Google_100000000000000000002");

    let unlink = json!({ "UserPoolId": POOL, "User": google(ADA) });
    world.ok("AdminDisableProviderForUser", unlink.clone());
    assert_eq!(Browser::new(&world).id_claims("Google", "ada")["cognito:username"], format!("Google_{ADA}"));
    assert_eq!(world.err("AdminDisableProviderForUser", unlink).0, "InvalidParameterException", "the only way in");
}

#[test]
fn a_person_may_be_linked_by_any_attribute_until_the_subject_is_known() {
    let world = World::new();
    let saml = user("ExampleSAML", "email", "ada@example.com");
    world.ok("AdminLinkProviderForUser", link(alice(), saml));
    assert_eq!(Browser::new(&world).id_claims("ExampleSAML", "zoe")["cognito:username"], "ExampleSAML_zoe");
    let claims = Browser::new(&world).id_claims("ExampleSAML", "ada");
    assert_eq!((&claims["cognito:username"], &claims["identities"][0]["userId"]), (&json!("alice"), &json!("ada")));
    world.ok(
        "AdminDisableProviderForUser",
        json!({ "UserPoolId": POOL, "User": user("ExampleSAML", "Cognito_Subject", "ada") }),
    );
    assert_eq!(Browser::new(&world).id_claims("ExampleSAML", "ada")["cognito:username"], "ExampleSAML_ada");
}

#[test]
fn a_federated_user_can_be_linked_to_as_well() {
    let world = World::new();
    Browser::new(&world).id_claims("Google", "ada");
    let facebook = user("Facebook", "Cognito_Subject", "10000000000000001");
    world.ok("AdminLinkProviderForUser", link(google(ADA), facebook));
    let claims = Browser::new(&world).id_claims("Facebook", "ada");
    assert_eq!(claims["cognito:username"], format!("Google_{ADA}"));
    assert_eq!(claims["identities"].as_array().unwrap().len(), 2);
}

#[test]
fn links_that_make_no_sense_are_refused() {
    let world = World::new();
    let err = |to: Value, from: Value| world.err("AdminLinkProviderForUser", link(to, from));
    assert_eq!(err(user("Cognito", "x", "nobody"), google(ADA)).0, "UserNotFoundException");
    assert_eq!(err(google("nobody"), google(ADA)).0, "UserNotFoundException");
    assert_eq!(err(alice(), user("Nobody", "Cognito_Subject", "1")).0, "ResourceNotFoundException");
    assert_eq!(err(alice(), user("Cognito", "Cognito_Subject", "bob")).0, "InvalidParameterException");
    assert_eq!(err(alice(), user("Google", "email", "ada@example.com")).0, "InvalidParameterException");
    assert_eq!(err(alice(), json!({ "ProviderName": "Google" })).0, "InvalidParameterException");
    Browser::new(&world).id_claims("Google", "ada");
    let merging =
        "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link";
    assert_error(err(alice(), google(ADA)), "InvalidParameterException", merging);
    for number in 1..=5 {
        world.ok("AdminLinkProviderForUser", link(alice(), google(&format!("9{number}"))));
    }
    assert_eq!(err(alice(), google("91")).0, "AliasExistsException");
    assert_eq!(err(alice(), google("96")).0, "LimitExceededException");
}

#[test]
fn a_directory_user_can_lose_the_password_but_not_the_links() {
    let world = World::new();
    world.ok("AdminLinkProviderForUser", link(alice(), google(ADA)));
    let disable = json!({ "UserPoolId": POOL, "User": user("Cognito", "Cognito_Subject", "alice") });
    world.ok("AdminDisableProviderForUser", disable);
    assert_refused(world.err("InitiateAuth", password_flow(WEB, "alice", PASSWORD)), "Incorrect username or password.");
    assert_eq!(Browser::new(&world).id_claims("Google", "ada")["cognito:username"], "alice");
}

#[test]
fn disabled_users_are_kept_out_and_names_are_never_taken_over() {
    let world = World::new();
    Browser::new(&world).id_claims("Google", "ada");
    world.ok("AdminDisableUser", json!({ "UserPoolId": POOL, "Username": format!("Google_{ADA}") }));
    let back = Browser::new(&world).sign_in("Google", "ada");
    assert_eq!((back["error"].as_str(), back["error_description"].as_str()), ("access_denied", "User is disabled."));

    world.ok("AdminCreateUser", json!({ "UserPoolId": POOL, "Username": "ExampleSAML_ada" }));
    let back = Browser::new(&world).sign_in("ExampleSAML", "ada");
    assert_eq!(back["error_description"], "Already found an entry for username ExampleSAML_ada");
}

#[test]
fn the_schema_holds_for_people_of_providers_too() {
    let world = World::new();
    let stand_in = |name: &str, mapping: Value| {
        json!({
            "ProviderName": name, "ProviderType": "OIDC", "AttributeMapping": mapping,
            "ProviderDetails": {
                "client_id": name, "attributes_request_method": "GET", "oidc_issuer": "poolpass:oidc", "authorize_scopes": "openid email profile",
            },
        })
    };
    let pool = json!({
        "PoolName": "strict",
        "Schema": [{ "Name": "email", "Required": true, "Mutable": true }, { "Name": "badge", "AttributeDataType": "String", "Mutable": false }],
    });
    let pool = world.ok("CreateUserPool", pool)["UserPool"]["Id"].take();
    let make = |name: &str, mapping: Value, writable: Option<Value>| {
        let mut provider = stand_in(name, mapping);
        provider["UserPoolId"] = pool.clone();
        world.ok("CreateIdentityProvider", provider);
        let mut client = json!({
            "UserPoolId": pool, "ClientName": "c", "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
            "CallbackURLs": [crate::federation_browser::APP], "AllowedOAuthScopes": ["openid", "profile", "email", "aws.cognito.signin.user.admin"], "SupportedIdentityProviders": [name],
        });
        client["WriteAttributes"] = writable.unwrap_or(json!(["email", "custom:badge"]));
        world.ok("CreateUserPoolClient", client)["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned()
    };
    let sign_in = |client: &str, provider: &str, person: &str| {
        let mut browser = Browser::new(&world);
        let chooser = browser.chooser(&authorize(client, &[("identity_provider", provider)]));
        browser.choose(&chooser, person)
    };
    let lacking = make("Lacking", json!({ "email": "email" }), None);
    assert_eq!(sign_in(&lacking, "Lacking", "noor")["error_description"], "attributes required: [email]");
    assert!(sign_in(&lacking, "Lacking", "ada").contains_key("code"));
    let fixed = make("Fixed", json!({ "email": "email", "custom:badge": "given_name" }), None);
    assert!(sign_in(&fixed, "Fixed", "ada").contains_key("code"), "the first time writes it");
    let back = sign_in(&fixed, "Fixed", "ada");
    assert_eq!(
        (back["error"].as_str(), back["error_description"].as_str()),
        ("invalid_request", "user.custom:badge: Attribute cannot be updated.\n")
    );
    let closed = make("Closed", json!({ "email": "email", "custom:badge": "given_name" }), Some(json!(["email"])));
    assert!(sign_in(&closed, "Closed", "zoe")["error_description"].contains("unauthorized attribute"));
}

#[test]
fn addresses_of_people_of_providers_are_nobodys_alias() {
    let world = World::new();
    let mapping = json!({ "email": "email", "email_verified": "email_verified" });
    let client = add_provider(
        &world,
        json!({
            "ProviderName": "Corp", "ProviderType": "OIDC", "AttributeMapping": mapping,
            "ProviderDetails": {
                "client_id": "corp", "attributes_request_method": "GET", "oidc_issuer": "poolpass:oidc", "authorize_scopes": "openid email",
            },
        }),
    );
    let mut browser = Browser::new(&world);
    let chooser = browser.chooser(&authorize(&client, &[("identity_provider", "Corp")]));
    assert!(browser.choose(&chooser, "ada").contains_key("code"));
    Browser::new(&world).id_claims("Google", "ada");
    assert_eq!(
        world.err("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "ada@example.com" })).0,
        "UserNotFoundException"
    );
    let found = world.ok("ListUsers", json!({ "UserPoolId": POOL, "Filter": "email = \"ada@example.com\"" }));
    assert_eq!(found["Users"].as_array().unwrap().len(), 2);
}
