//! Scopes, resource servers, domains, and what app clients may say of them.

use serde_json::{Value, json};

use crate::browser::{APP, Browser, authorize, parameters};
use crate::oauth_client::exchange;
use crate::world::{PASSWORD, POOL, World, assert_error, claims};

fn attributes(world: &World, scope: &str) -> (Vec<String>, Vec<String>) {
    let tokens = world.oauth_sign_in(&[("scope", scope)]);
    let info = world.user_info(Some(&format!("Bearer {}", tokens["access_token"].as_str().unwrap()))).body;
    let shown = |value: &Value| {
        let known = ["email", "email_verified", "name", "phone_number", "phone_number_verified"];
        known.into_iter().filter(|name| value.get(name).is_some()).map(str::to_owned).collect()
    };
    (shown(&claims(&tokens["id_token"])), shown(&info))
}

#[test]
fn scopes_decide_which_attributes_are_shown() {
    let world = World::new();
    let given =
        [("name", "Zoë"), ("email", "zoe@example.com"), ("email_verified", "true"), ("phone_number", "+491511234567")];
    let list: Vec<Value> = given.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
    world.ok("AdminCreateUser", json!({ "UserPoolId": POOL, "Username": "zoe", "UserAttributes": list }));
    world.ok(
        "AdminSetUserPassword",
        json!({ "UserPoolId": POOL, "Username": "zoe", "Password": PASSWORD, "Permanent": true }),
    );
    let all = ["email", "email_verified", "name", "phone_number"];
    for (scope, expected) in [
        ("openid", &all[..]),
        ("openid profile", &all),
        ("openid profile email", &all),
        ("openid notes/read aws.cognito.signin.user.admin", &all),
        ("openid email", &all[..2]),
        ("openid phone", &all[3..]),
        ("openid phone email", &["email", "email_verified", "phone_number"]),
    ] {
        let app = Browser::new(&world).sign_in(&authorize(&[("scope", scope)]), "zoe", PASSWORD);
        let tokens = world.token(&exchange(crate::world::WEB, &parameters(&app)["code"]));
        let info = world.user_info(Some(&format!("Bearer {}", tokens["access_token"].as_str().unwrap()))).body;
        for (place, value) in [("ID token", claims(&tokens["id_token"])), ("userInfo", info)] {
            let shown: Vec<&str> = all.into_iter().filter(|name| value.get(name).is_some()).collect();
            assert_eq!(shown, expected, "{scope}: {place}");
        }
    }
    assert_eq!(attributes(&world, "openid email").0, ["email", "email_verified"]);
}

#[test]
fn without_a_scope_all_of_the_client_are_granted_and_twice_is_once() {
    let world = World::new();
    let all = "openid email phone profile aws.cognito.signin.user.admin notes/read notes/write";
    assert_eq!(claims(&world.oauth_sign_in(&[("scope", "")])["access_token"])["scope"], all);
    let twice = world.oauth_sign_in(&[("scope", "openid  notes/read openid")]);
    assert_eq!(claims(&twice["access_token"])["scope"], "openid notes/read");
}

#[test]
fn resource_servers_can_be_made_listed_changed_and_deleted() {
    let world = World::new();
    let scope = |name: &str| json!({ "ScopeName": name, "ScopeDescription": name });
    let server =
        json!({ "UserPoolId": POOL, "Identifier": "https://api.example.com", "Name": "API", "Scopes": [scope("all")] });
    assert_eq!(world.ok("CreateResourceServer", server.clone())["ResourceServer"], server);
    assert_eq!(world.err("CreateResourceServer", server.clone()).0, "InvalidParameterException");
    let named = json!({ "UserPoolId": POOL, "Identifier": "https://api.example.com" });
    assert_eq!(world.ok("DescribeResourceServer", named.clone())["ResourceServer"], server);
    let listed = world.ok("ListResourceServers", json!({ "UserPoolId": POOL, "MaxResults": 1 }));
    assert_eq!(listed["ResourceServers"][0]["Identifier"], "notes");
    let next = json!({ "UserPoolId": POOL, "MaxResults": 1, "NextToken": listed["NextToken"] });
    let rest = world.ok("ListResourceServers", next);
    assert_eq!(rest["ResourceServers"], json!([server]));
    assert!(rest.get("NextToken").is_none());
    let client = |scope: &str| {
        json!({
            "UserPoolId": POOL, "ClientName": "c", "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": [scope], "CallbackURLs": [APP],
        })
    };
    world.ok("CreateUserPoolClient", client("https://api.example.com/all"));
    assert_error(
        world.err("CreateUserPoolClient", client("https://api.example.com/none")),
        "ScopeDoesNotExistException",
        "Invalid scope requested: https://api.example.com/none",
    );
    let mut changed = server;
    changed["Scopes"] = json!([scope("none")]);
    world.ok("UpdateResourceServer", changed);
    world.ok("CreateUserPoolClient", client("https://api.example.com/none"));
    world.ok("DeleteResourceServer", named.clone());
    for operation in ["DescribeResourceServer", "DeleteResourceServer"] {
        assert_eq!(world.err(operation, named.clone()).0, "ResourceNotFoundException");
    }
}

#[test]
fn domains_are_remembered() {
    let world = World::new();
    let described =
        |domain: &str| world.ok("DescribeUserPoolDomain", json!({ "Domain": domain }))["DomainDescription"].take();
    assert_eq!(described("poolpass-local")["UserPoolId"], POOL);
    assert_eq!(described("nobody"), json!({}));
    let taken = world.err("CreateUserPoolDomain", json!({ "UserPoolId": POOL, "Domain": "poolpass-local" }));
    assert_eq!(taken.0, "InvalidParameterException");
    assert_eq!(
        world.err("CreateUserPoolDomain", json!({ "UserPoolId": POOL, "Domain": "two" })).0,
        "InvalidParameterException"
    );
    world.ok("DeleteUserPoolDomain", json!({ "UserPoolId": POOL, "Domain": "poolpass-local" }));
    assert_eq!(described("poolpass-local"), json!({}));
    world.ok("CreateUserPoolDomain", json!({ "UserPoolId": POOL, "Domain": "two", "ManagedLoginVersion": 2 }));
    assert_eq!(described("two")["Status"], "ACTIVE");
    assert_eq!(
        world.err("DeleteUserPoolDomain", json!({ "UserPoolId": POOL, "Domain": "one" })).0,
        "ResourceNotFoundException"
    );
}

#[test]
fn clients_are_described_as_they_were_made_and_contradictions_refused() {
    let world = World::new();
    let settings = json!({
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code", "implicit"],
        "AllowedOAuthScopes": ["openid", "notes/read"], "CallbackURLs": [APP, "myapp://x"], "LogoutURLs": [APP],
        "DefaultRedirectURI": APP, "SupportedIdentityProviders": ["COGNITO"],
    });
    let client = world.client(settings.clone());
    let described =
        world.ok("DescribeUserPoolClient", json!({ "UserPoolId": POOL, "ClientId": client }))["UserPoolClient"].take();
    for (name, value) in settings.as_object().unwrap() {
        assert_eq!(&described[name], value, "{name}");
    }
    let wrong = |change: Value| {
        let mut body = settings.clone();
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        (body["UserPoolId"], body["ClientName"]) = (json!(POOL), json!("c"));
        world.err("CreateUserPoolClient", body).0
    };
    for change in [
        json!({ "CallbackURLs": ["http://example.com/"], "DefaultRedirectURI": null }),
        json!({ "CallbackURLs": ["https://example.com/#x"], "DefaultRedirectURI": null }),
        json!({ "LogoutURLs": ["javascript:alert(1)"] }),
        json!({ "DefaultRedirectURI": "https://other.example.com/" }),
        json!({ "AllowedOAuthFlows": [] }),
        json!({ "AllowedOAuthScopes": [] }),
        json!({ "AllowedOAuthFlows": ["client_credentials", "code"] }),
        json!({ "AllowedOAuthFlows": ["client_credentials"] }),
        json!({ "SupportedIdentityProviders": ["Nobody"] }),
        json!({ "AllowedOAuthFlows": ["password"] }),
    ] {
        assert_eq!(wrong(change.clone()), "InvalidParameterException", "{change}");
    }
}

#[test]
fn a_client_without_the_pools_own_users_shows_no_form() {
    let world = World::new();
    let control = world.control("GET", "config", Value::Null);
    let web = &control["userPools"][0]["clients"][0];
    assert_eq!(web["oauth"], true);
    assert_eq!(web["callbackUrls"][0], APP);
    assert_eq!(web["logoutUrls"][0], APP);
    assert!(web["scopes"].as_array().unwrap().contains(&json!("notes/write")));
    assert_eq!(web["providers"][0], "COGNITO");
}
