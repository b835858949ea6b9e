//! Which logins prove an identity, and which do not.

use serde_json::{Value, json};

use crate::federation_idp::Idp;
use crate::identity_world::{IDENTITIES, LOGIN};
use crate::world::{PASSWORD, POOL, ROTATION, START_MS, WEB, World, assert_error, assert_refused};

const NOW: u64 = START_MS / 1000;

fn refusal(world: &World, logins: Value) -> String {
    let (kind, text) = world.identity_err("GetId", json!({ "IdentityPoolId": IDENTITIES, "Logins": logins }));
    assert_eq!(kind, "NotAuthorizedException");
    text
}

#[test]
fn guests_are_let_in_and_are_somebody_new_each_time() {
    let world = World::new();
    let first = world.get_id(&json!({}));
    assert!(first.starts_with("eu-west-1:") && first.len() == 46, "{first}");
    assert_ne!(first, world.get_id(&json!({})));
    let reply = world.identity_ok("GetCredentialsForIdentity", json!({ "IdentityId": first }));
    assert_eq!(reply["IdentityId"], json!(first));
    let credentials = &reply["Credentials"];
    assert_eq!(credentials["Expiration"], json!((NOW + 3600) as f64));
    assert!(credentials["AccessKeyId"].as_str().unwrap().starts_with("ASIA"));
    assert_eq!(credentials["SecretKey"].as_str().unwrap().len(), 40);
    let again = world.identity_ok("GetCredentialsForIdentity", json!({ "IdentityId": first }));
    assert_ne!(again["Credentials"]["AccessKeyId"], credentials["AccessKeyId"]);
}

#[test]
fn guests_stay_outside_where_the_pool_has_none() {
    let world = World::new();
    let pool = world.identity_ok(
        "CreateIdentityPool",
        json!({ "IdentityPoolName": "closed", "AllowUnauthenticatedIdentities": false }),
    );
    let error = world.identity_err("GetId", json!({ "IdentityPoolId": pool["IdentityPoolId"] }));
    assert_refused(error, "Unauthenticated access is not supported for this identity pool.");
    let error =
        world.identity_err("GetId", json!({ "IdentityPoolId": "eu-west-1:00000000-0000-4000-8000-00000000000f" }));
    let text = "IdentityPool 'eu-west-1:00000000-0000-4000-8000-00000000000f' not found.";
    assert_error(error, "ResourceNotFoundException", text);
    let id = "eu-west-1:00000000-0000-4000-8000-00000000000e";
    let error = world.identity_err("GetCredentialsForIdentity", json!({ "IdentityId": id }));
    assert_error(error, "ResourceNotFoundException", &format!("Identity '{id}' not found."));
}

#[test]
fn a_user_of_the_user_pool_is_the_same_identity_by_every_client() {
    let world = World::new();
    let id = world.get_id(&world.logins("alice"));
    assert_eq!(id, world.get_id(&world.logins("alice")));
    let other = json!({ LOGIN: world.sign_in(ROTATION, "alice", PASSWORD)["IdToken"] });
    assert_eq!(id, world.get_id(&other));
    assert_ne!(id, world.get_id(&world.logins("bob")));
}

#[test]
fn each_wrong_token_has_its_own_refusal() {
    let world = World::new();
    let result = world.sign_in(WEB, "alice", PASSWORD);
    let (id, access) = (result["IdToken"].clone(), result["AccessToken"].clone());
    let text = |logins: Value| refusal(&world, logins);
    assert_eq!(text(json!({ LOGIN: access })), "Invalid login token. Not a valid OpenId Connect identity token.");
    assert_eq!(text(json!({ LOGIN: "x.y" })), "Invalid login token. Not a valid OpenId Connect identity token.");
    let unsupported = "Token is not from a supported provider of this identity pool.";
    assert_eq!(text(json!({ "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other": id })), unsupported);
    assert_eq!(text(json!({ "login.poolpass.local": "user" })), unsupported);
    assert_eq!(text(json!({ "accounts.google.com": id })), "Invalid login token. Couldn't verify signed token.");
    assert_eq!(
        text(json!({ LOGIN: id, "www.amazon.com": "x" })),
        "Invalid login token. The access token is unknown or has expired."
    );
    let client = world.client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }));
    let foreign = world.sign_in(&client, "alice", PASSWORD)["IdToken"].take();
    assert_eq!(text(json!({ LOGIN: foreign })), "Invalid login token. Incorrect token audience.");
    for sign in ["foreign", "broken", "hs256", "none", "accessKey"] {
        world.control(
            "POST",
            "faults",
            json!({ "operation": "InitiateAuth", "kind": "forge", "token": "id", "sign": sign }),
        );
        let forged = world.sign_in(WEB, "alice", PASSWORD)["IdToken"].take();
        assert_eq!(text(json!({ LOGIN: forged })), "Invalid login token. Couldn't verify signed token.", "{sign}");
    }
    let other = json!({ "iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other" });
    world.control("POST", "faults", json!({ "operation": "InitiateAuth", "kind": "forge", "claims": other }));
    let forged = world.sign_in(WEB, "alice", PASSWORD)["IdToken"].take();
    assert_eq!(text(json!({ LOGIN: forged })), "Invalid login token. Issuer doesn't match providerName");
    world.get_id(&json!({ LOGIN: id }));
    world.advance(3600);
    let expected = format!("Invalid login token. Token expired: {0} >= {0}", NOW + 3600);
    assert_eq!(text(json!({ LOGIN: id })), expected);
}

#[test]
fn the_server_side_check_sees_what_the_token_does_not_say() {
    let world = World::new();
    let make = |check: bool| {
        let provider = json!([{ "ProviderName": LOGIN, "ClientId": WEB, "ServerSideTokenCheck": check }]);
        let body = json!({ "IdentityPoolName": "p", "AllowUnauthenticatedIdentities": false, "CognitoIdentityProviders": provider });
        world.identity_ok("CreateIdentityPool", body)["IdentityPoolId"].clone()
    };
    let (checking, trusting) = (make(true), make(false));
    let result = world.sign_in(WEB, "alice", PASSWORD);
    let logins = json!({ LOGIN: result["IdToken"] });
    let get = |pool: &Value| world.identity("GetId", json!({ "IdentityPoolId": pool, "Logins": logins })).http.status;
    assert_eq!((get(&checking), get(&trusting)), (200, 200));
    world.ok("GlobalSignOut", json!({ "AccessToken": result["AccessToken"] }));
    assert_eq!((get(&checking), get(&trusting)), (400, 200));
    let logins = json!({ LOGIN: world.sign_in(WEB, "bob", "Battery-Staple8?")["IdToken"] });
    world.ok("AdminDisableUser", json!({ "UserPoolId": POOL, "Username": "bob" }));
    let error = world.identity_err("GetId", json!({ "IdentityPoolId": checking, "Logins": logins }));
    assert_refused(error, "Invalid login token. Token has been revoked, or its user is disabled.");
}

#[test]
fn every_stand_in_is_a_login() {
    let world = World::new();
    let mut ids = Vec::new();
    for provider in ["google", "apple", "facebook", "amazon", "oidc"] {
        let (id, credentials) = world.credentials(&world.social_logins(provider, "ada"));
        assert!(credentials["AccessKeyId"].is_string(), "{provider}");
        assert_eq!(world.get_id(&world.social_logins(provider, "ada")), id, "{provider}: the same person");
        assert_ne!(world.get_id(&world.social_logins(provider, "zoe")), id, "{provider}: another person");
        ids.push(id);
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 5, "another provider is another identity, unless they are linked");
}

#[test]
fn tokens_of_stand_ins_are_checked() {
    let world = World::new();
    let google = world.social_logins("google", "ada");
    let token = google["accounts.google.com"].clone();
    let wrong = "Invalid login token. Couldn't verify signed token.";
    assert_eq!(refusal(&world, json!({ "appleid.apple.com": token })), wrong);
    assert_eq!(
        refusal(&world, json!({ "localhost:9400/_poolpass/providers/oidc": token })),
        "Invalid login token. Issuer doesn't match providerName"
    );
    assert_eq!(
        refusal(&world, json!({ "graph.facebook.com": token })),
        "Invalid login token. The access token is unknown or has expired."
    );
    let facebook = world.social_logins("facebook", "ada");
    let amazon = json!({ "www.amazon.com": facebook["graph.facebook.com"] });
    assert_eq!(refusal(&world, amazon), "Invalid login token. The access token is unknown or has expired.");
    // Tokens for another app of the same provider.
    let body = json!({
        "IdentityPoolName": "p", "AllowUnauthenticatedIdentities": false,
        "SupportedLoginProviders": { "accounts.google.com": "another-app", "graph.facebook.com": "another-app" },
    });
    let pool = world.identity_ok("CreateIdentityPool", body)["IdentityPoolId"].clone();
    for logins in [&google, &facebook] {
        let error = world.identity_err("GetId", json!({ "IdentityPoolId": pool, "Logins": logins }));
        assert_refused(error, "Invalid login token. Incorrect token audience.");
    }
    world.advance(3600);
    for logins in [&google, &facebook] {
        assert!(refusal(&world, logins.clone()).contains("expired"));
    }
}

#[test]
fn another_provider_is_asked_for_its_keys() {
    let (world, idp, token) = Idp::identity_world(false);
    let name = "idp.example.com/tenant";
    let id = world.get_id(&json!({ name: token(json!({})) }));
    assert_eq!(world.get_id(&json!({ name: token(json!({})) })), id);
    assert_eq!(idp.asked("/tenant/.well-known/openid-configuration").len(), 2);
    world.get_id(&world.logins("alice"));
    assert_eq!(idp.asked("/tenant/.well-known/openid-configuration").len(), 2, "asked only where its token comes");
    // aud or azp may name the app, and clocks may be apart by five minutes.
    for claims in [
        json!({ "aud": ["other", "the-pool"] }),
        json!({ "aud": "other", "azp": "the-pool" }),
        json!({ "exp": NOW - 299 }),
    ] {
        assert_eq!(world.get_id(&json!({ name: token(claims) })), id);
    }
    for (claims, text) in [
        (json!({ "iss": "https://idp.example.com/" }), "Issuer doesn't match providerName"),
        (json!({ "aud": "other" }), "Incorrect token audience."),
        (json!({ "exp": NOW - 300 }), &format!("Token expired: {} >= {NOW}", NOW - 300)),
        (json!({ "sub": "" }), "Not a valid OpenId Connect identity token."),
    ] {
        assert_eq!(refusal(&world, json!({ name: token(claims) })), format!("Invalid login token. {text}"));
    }
    let good = token(json!({}));
    idp.order(|orders| orders.foreign_key = true);
    assert_eq!(
        refusal(&world, json!({ name: token(json!({})) })),
        "Invalid login token. Couldn't verify signed token."
    );
    world.get_id(&json!({ name: good }));
    idp.order(|orders| drop(orders.instead.insert("/jwks", Ok((503, json!({}))))));
    let (kind, text) = world.identity_err("GetId", json!({ "IdentityPoolId": IDENTITIES, "Logins": { name: good } }));
    assert_eq!(kind, "ExternalServiceException");
    assert!(text.contains("https://idp.example.com/jwks answers with status 503"), "{text}");
    idp.order(|orders| drop(orders.instead.remove("/jwks")));
    idp.order(|orders| orders.discovery["issuer"] = json!("https://evil.example"));
    let (_, text) = world.identity_err("GetId", json!({ "IdentityPoolId": IDENTITIES, "Logins": { name: good } }));
    assert!(text.contains("issuer of its discovery document"), "{text}");
}

#[test]
fn a_provider_whose_keys_are_configured_is_not_asked() {
    let (world, idp, token) = Idp::identity_world(true);
    world.get_id(&json!({ "idp.example.com/tenant": token(json!({})) }));
    assert!(idp.asked("/jwks").is_empty() && idp.asked("/tenant/.well-known/openid-configuration").is_empty());
}
