//! The emulator as the relying party of any OpenID Connect provider.

use poolpass_local::core::OutboundError;
use serde_json::{Value, json};

use crate::federation_browser::{Browser, ORIGIN, pairs};
use crate::federation_idp::{CLIENT, ISSUER, Idp, SECRET};
use crate::world::{POOL, START_MS};

const NOW: u64 = START_MS / 1000;

#[test]
fn a_person_of_any_provider_becomes_a_user() {
    let (world, idp, client) = Idp::world();
    let back = idp.sign_in(&world, &client);
    let claims = crate::world::claims(&Browser::new(&world).tokens(&client, &back["code"])["id_token"]);
    assert_eq!(claims["cognito:username"], "Outside_user-1");
    assert_eq!(
        (&claims["email"], &claims["email_verified"], &claims["family_name"]),
        (&json!("u@example.com"), &json!(true), &json!("Übel"))
    );
    idp.order(|orders| orders.user_info["email"] = json!("new@example.com"));
    let back = idp.sign_in(&world, &client);
    let again = crate::world::claims(&Browser::new(&world).tokens(&client, &back["code"])["id_token"]);
    assert_eq!((&again["sub"], &again["email"]), (&claims["sub"], &json!("new@example.com")));
}

#[test]
fn the_provider_is_asked_with_everything_that_keeps_a_sign_in_safe() {
    let (world, idp, client) = Idp::world();
    let mut browser = Browser::new(&world);
    let more = [("login_hint", "u@example.com"), ("prompt", "select_account consent"), ("nonce", "the app's own")];
    let asked = idp.begin(&mut browser, &client, &more);
    assert_eq!((asked["client_id"].as_str(), asked["scope"].as_str()), (CLIENT, "openid email"));
    assert_eq!(asked["redirect_uri"], format!("{ORIGIN}/oauth2/idpresponse"));
    assert_eq!((asked["response_type"].as_str(), asked["code_challenge_method"].as_str()), ("code", "S256"));
    assert_eq!((asked["login_hint"].as_str(), asked["prompt"].as_str()), ("u@example.com", "select_account consent"));
    assert!(asked["state"].len() == 43 && asked["nonce"].len() == 43 && asked["nonce"] != "the app's own");
    Idp::back(&mut browser, &[("code", "the code"), ("state", &asked["state"])]).parameters();

    let sent = idp.asked("/token").pop().unwrap();
    let form = pairs(std::str::from_utf8(&sent.body).unwrap());
    assert_eq!((form["client_id"].as_str(), form["client_secret"].as_str()), (CLIENT, SECRET));
    assert_eq!(
        (form["grant_type"].as_str(), form["redirect_uri"].as_str()),
        ("authorization_code", asked["redirect_uri"].as_str())
    );
    let me = idp.asked("/me").pop().unwrap();
    assert_eq!(me.method, "GET");
    assert!(me.headers.contains(&("Authorization".into(), "Bearer the token".into())));
}

#[test]
fn the_secret_goes_into_the_body_whatever_the_provider_announces() {
    let (world, idp, client) = Idp::world();
    idp.order(|orders| orders.discovery["token_endpoint_auth_methods_supported"] = json!(["client_secret_basic"]));
    assert!(idp.sign_in(&world, &client).contains_key("code"));
    let sent = idp.asked("/token").pop().unwrap();
    assert!(sent.headers.iter().all(|(name, _)| name != "Authorization"));
    assert!(String::from_utf8(sent.body).unwrap().contains("client_secret=it%27s+a+secret%3A+100%25"));

    let mut public = Idp::settings("Outside", ISSUER)["ProviderDetails"].take();
    public.as_object_mut().unwrap().remove("client_secret");
    world.ok(
        "UpdateIdentityProvider",
        json!({ "UserPoolId": POOL, "ProviderName": "Outside", "ProviderDetails": public }),
    );
    assert!(idp.sign_in(&world, &client).contains_key("code"));
    let sent = idp.asked("/token").pop().unwrap();
    assert!(sent.headers.iter().all(|(name, _)| name != "Authorization"));
    assert!(!String::from_utf8(sent.body).unwrap().contains("client_secret"));
}

#[test]
fn addresses_can_be_given_instead_of_discovered() {
    let (world, idp, client) = Idp::world();
    let mut details = Idp::settings("Outside", ISSUER)["ProviderDetails"].take();
    for (key, path) in
        [("authorize_url", "auth?tenant=1"), ("token_url", "token"), ("attributes_url", "me"), ("jwks_uri", "jwks")]
    {
        details[key] = json!(format!("https://idp.example.com/{path}"));
    }
    details["attributes_request_method"] = json!("POST");
    world.ok(
        "UpdateIdentityProvider",
        json!({ "UserPoolId": POOL, "ProviderName": "Outside", "ProviderDetails": details }),
    );
    assert!(idp.sign_in(&world, &client).contains_key("code"));
    assert!(idp.asked("/tenant/.well-known/openid-configuration").is_empty());
    assert_eq!(idp.asked("/me").pop().unwrap().method, "POST");
}

#[test]
fn every_wrong_id_token_has_its_own_refusal() {
    for (change, word) in [
        (json!({ "iss": "https://idp.example.com" }), "iss"),
        (json!({ "aud": "another-pool" }), "aud"),
        (json!({ "aud": [CLIENT, "another-pool"] }), "azp"),
        (json!({ "nonce": "another" }), "nonce"),
        (json!({ "nonce": null }), "nonce"),
        (json!({ "exp": NOW - 301 }), "expired"),
        (json!({ "iat": NOW - 3600 }), "iat"),
        (json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }), "at_hash"),
        (json!({ "sub": "user-2" }), "sub"),
        (json!({ "sub": null }), "sub"),
    ] {
        let (world, idp, client) = Idp::world();
        idp.order(|orders| orders.claims = change.clone());
        let (error, description) = idp.refused(&world, &client);
        assert!(error == "invalid_request" && description.contains(word), "{change}: {description}");
    }
    for (change, word) in [
        (json!({ "alg": "none" }), "algorithm"),
        (json!({ "alg": "HS256" }), "algorithm"),
        (json!({ "kid": "unknown" }), "key set"),
        (json!({ "alg": "RS256" }), "key set"),
    ] {
        let (world, idp, client) = Idp::world();
        idp.order(|orders| orders.header = change.clone());
        let (error, description) = idp.refused(&world, &client);
        assert!(error == "invalid_request" && description.contains(word), "{change}: {description}");
    }
    let (world, idp, client) = Idp::world();
    idp.order(|orders| orders.foreign_key = true);
    assert!(idp.refused(&world, &client).1.contains("signature"));
}

#[test]
fn a_provider_that_fails_is_told_to_the_app_in_cognitos_words() {
    let down = OutboundError::Connection;
    for (path, instead, description) in [
        ("/token", Err(OutboundError::Timeout), "Timeout occurred in calling IdP token endpoint"),
        ("/token", Err(down), "Connection reset"),
        ("/token", Ok((401, json!({ "error": "invalid_client" }))), "Outside Error - 401 error getting token"),
        ("/token", Ok((200, json!("no JSON"))), "Outside Error - 200 error getting token"),
        ("/token", Ok((200, json!({}))), "Outside Error - 200 error getting token"),
        ("/token", Ok((200, json!({ "access_token": "x" }))), "The IdP sent no ID token"),
        ("/jwks", Err(OutboundError::Timeout), "Timeout in calling jwks uri"),
        ("/jwks", Ok((500, json!({}))), "500 error calling IdP jwks uri"),
        ("/me", Ok((403, json!({}))), "Error in retrieving user attributes: 403 from the user info endpoint"),
        ("/me", Ok((200, json!([1]))), "Error in retrieving user attributes: 200 from the user info endpoint"),
        ("/me", Err(OutboundError::TooLarge), "The reply of the IdP user info endpoint is too large"),
    ] {
        let (world, idp, client) = Idp::world();
        idp.order(|orders| drop(orders.instead.insert(path, instead.clone())));
        assert_eq!(idp.refused(&world, &client), ("invalid_request".into(), description.into()), "{path}");
    }
}

#[test]
fn discovery_must_be_there_and_about_the_same_issuer() {
    let path = "/tenant/.well-known/openid-configuration";
    let (world, idp, client) = Idp::world();
    let refused = |change: &dyn Fn(&mut crate::federation_idp::Orders)| {
        idp.order(|orders| change(orders));
        let authorize = crate::federation_browser::authorize(&client, &[("identity_provider", "Outside")]);
        Browser::new(&world).go(&authorize).parameters()["error_description"].clone()
    };
    assert!(refused(&|orders| orders.discovery["issuer"] = json!("https://evil.example")).contains("issuer"));
    idp.order(|orders| orders.discovery["issuer"] = json!(ISSUER));
    assert!(
        refused(&|orders| orders.discovery["authorization_endpoint"] = json!("http://10.0.0.1/a"))
            .contains("https address")
    );
    assert!(refused(&|orders| orders.discovery = json!({ "issuer": ISSUER })).contains("authorization_endpoint"));
    assert!(refused(&|orders| drop(orders.instead.insert(path, Ok((404, json!({})))))).contains("404"));
    assert!(
        refused(&|orders| drop(orders.instead.insert(path, Err(OutboundError::Connection))))
            .contains("Connection reset")
    );
    assert!(refused(&|orders| drop(orders.instead.insert(path, Ok((200, json!("<html>")))))).contains("not JSON"));
}

#[test]
fn user_info_must_be_about_the_same_person() {
    let (world, idp, client) = Idp::world();
    idp.order(|orders| orders.user_info["sub"] = json!("user-2"));
    assert!(idp.refused(&world, &client).1.contains("The sub of the user info"));
    idp.order(|orders| drop(orders.user_info.as_object_mut().unwrap().remove("sub")));
    assert!(idp.refused(&world, &client).1.contains("The sub of the user info"));
    assert_eq!(
        world.err("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "Outside_user-1" })).0,
        "UserNotFoundException"
    );
}

#[test]
fn what_the_provider_refuses_is_passed_on() {
    let (world, idp, client) = Idp::world();
    for (error, description, expected) in [
        ("access_denied", "The user said no", ("access_denied", "The user said no")),
        ("login_required", "", ("invalid_request", "Outside Error - login_required")),
        ("server_error", "ouch", ("invalid_request", "Outside Error - server_error ouch")),
    ] {
        let mut browser = Browser::new(&world);
        let state = idp.begin(&mut browser, &client, &[])["state"].clone();
        let answer = [("error", error), ("error_description", description), ("state", &state)];
        let back = Idp::back(&mut browser, &answer).parameters();
        assert_eq!((back["error"].as_str(), back["error_description"].as_str()), expected);
        assert_eq!(back["state"], crate::federation_browser::STATE);
    }
    let mut browser = Browser::new(&world);
    let state = idp.begin(&mut browser, &client, &[])["state"].clone();
    let answer = [("code", "the code"), ("state", state.as_str()), ("iss", "https://other.example")];
    assert!(Idp::back(&mut browser, &answer).parameters()["error_description"].contains("iss of the answer"));
    let state = idp.begin(&mut browser, &client, &[])["state"].clone();
    assert_eq!(Idp::back(&mut browser, &[("state", &state)]).parameters()["error_description"], "The IdP sent no code");
}

#[test]
fn only_https_and_this_machine_are_ever_asked() {
    let (world, _, _) = Idp::world();
    for issuer in ["http://idp.example.com", "http://192.168.0.1", "ftp://x", "poolpass:other"] {
        let mut body = Idp::settings("Insecure", issuer);
        body["UserPoolId"] = json!(POOL);
        assert_eq!(world.err("CreateIdentityProvider", body).0, "InvalidParameterException", "{issuer}");
    }
    let (world, idp, client) = Idp::world();
    idp.order(|orders| orders.discovery["token_endpoint"] = json!("http://10.0.0.1/token"));
    assert!(idp.refused(&world, &client).1.contains("needs https"));
    assert_eq!(idp.asked("/token").len(), 0);
    let _: Value = world.control("GET", "health", Value::Null);
}
