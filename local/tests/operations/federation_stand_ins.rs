//! Signing in through each built-in stand-in, through its pages.

use poolpass_local::core::HttpRequest;
use serde_json::{Value, json};

use crate::federation_browser::{Browser, ORIGIN, Place, STATE, add_provider, authorize, text};
use crate::world::{POOL, WEB, World, assert_refused, password_flow};

/// Providers of the seed, and the id of each one's first person.
const SEEDED: [(&str, &str, &str); 5] = [
    ("Google", "Google", "100000000000000000001"),
    ("Facebook", "Facebook", "10000000000000001"),
    ("LoginWithAmazon", "LoginWithAmazon", "amzn1.account.AAAAAAAAAAAAAAAAAAAAAAAAAAA1"),
    ("SignInWithApple", "SignInWithApple", "000001.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1.0001"),
    ("ExampleSAML", "SAML", "ada"),
];

#[test]
fn every_provider_ends_in_tokens_that_say_who_it_is() {
    let world = World::new();
    for (provider, kind, subject) in SEEDED {
        let username = format!("{provider}_{subject}");
        let claims = Browser::new(&world).id_claims(provider, "ada");
        let identity = &claims["identities"][0];
        assert_eq!(claims["cognito:username"], json!(username));
        assert_eq!(claims["cognito:groups"], json!([format!("{POOL}_{provider}")]));
        assert_eq!(
            (&claims["email"], &claims["name"]),
            (&json!("ada@example.com"), &json!("Ada Example")),
            "{provider}"
        );
        let verified = ["Google", "SignInWithApple"].contains(&provider);
        assert_eq!(claims["email_verified"], json!(verified), "{provider}");
        assert_eq!((&identity["userId"], &identity["providerName"]), (&json!(subject), &json!(provider)));
        assert_eq!((&identity["providerType"], &identity["primary"]), (&json!(kind), &json!("true")));
        assert_eq!(identity["dateCreated"], "1762419903000");
        assert!(claims["nonce"].is_string(), "Cognito's own nonce, as the app sent none");

        let user = world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": username }));
        assert_eq!(user["UserStatus"], "EXTERNAL_PROVIDER");
        let attributes = user["UserAttributes"].as_array().unwrap();
        let identities = attributes.iter().find(|attribute| attribute["Name"] == "identities").unwrap();
        let identities: Value = serde_json::from_str(identities["Value"].as_str().unwrap()).unwrap();
        assert_eq!(
            (&identities[0]["primary"], &identities[0]["dateCreated"]),
            (&json!(true), &json!(1_762_419_903_000_u64))
        );
        let error = world.err("InitiateAuth", password_flow(WEB, &username, "Correct-Horse7!"));
        assert_refused(error, "Incorrect username or password.");

        let again = Browser::new(&world).id_claims(provider, "ada");
        assert_eq!(again["sub"], claims["sub"], "{provider}: the same user");
    }
}

#[test]
fn an_ordered_redirect_waits_for_the_redirect_that_is_sent() {
    for (provider, ..) in SEEDED {
        let world = World::new();
        let fault = json!({ "operation": "/oauth2/authorize", "kind": "forge", "parameters": { "state": "forged" } });
        world.control("POST", "faults", fault);
        let parameters = Browser::new(&world).sign_in(provider, "ada");
        assert_eq!(parameters["state"], "forged", "{provider}: asking the provider must not use the fault up");
    }
}

#[test]
fn names_keep_their_letters_and_people_without_an_address_are_let_in() {
    let world = World::new();
    for (provider, ..) in SEEDED {
        let zoe = Browser::new(&world).id_claims(provider, "zoe");
        assert_eq!(zoe["name"], "Zoë Łukasiewicz-山田", "{provider}");
        assert_eq!(zoe["email_verified"], json!(false), "{provider}");
        let noor = Browser::new(&world).id_claims(provider, "noor");
        assert_eq!((&noor["name"], &noor["email"]), (&json!("Noor Nomail"), &Value::Null), "{provider}");
    }
}

#[test]
fn cancelling_is_told_to_the_app() {
    let world = World::new();
    for (provider, description) in [
        ("Google", "access_denied"),
        ("Facebook", "Permissions error"),
        ("LoginWithAmazon", "Access not permitted."),
        ("SignInWithApple", "user_cancelled_authorize"),
        ("ExampleSAML", "ExampleSAML: AuthnFailed"),
    ] {
        let back = Browser::new(&world).sign_in(provider, "cancel");
        let expected = [("error", "access_denied"), ("error_description", description), ("state", STATE)];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(back.into_iter().collect::<Vec<_>>(), expected, "{provider}");
    }
}

#[test]
fn apple_tells_the_name_only_once_and_it_is_kept() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let first = browser.chooser(&authorize(WEB, &[("identity_provider", "SignInWithApple")]));
    let page = browser.submit(&first, &[("person", "ada")]).form();
    let names: Vec<&str> = page.fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["code", "user", "state"]);
    assert_eq!(page.action, format!("{ORIGIN}/oauth2/idpresponse"));
    browser.submit(&page, &[]).parameters();
    let second = browser.chooser(&authorize(WEB, &[("identity_provider", "SignInWithApple")]));
    let page = browser.submit(&second, &[("person", "ada")]).form();
    assert!(page.fields.iter().all(|(name, _)| name != "user"));
    assert_eq!(browser.id_claims("SignInWithApple", "ada")["name"], "Ada Example");
}

#[test]
fn an_oidc_provider_may_be_a_stand_in_and_identifiers_lead_to_providers() {
    let world = World::new();
    let client = add_provider(
        &world,
        json!({
            "ProviderName": "Corp", "ProviderType": "OIDC", "IdpIdentifiers": ["corp.example"],
            "AttributeMapping": { "email": "email", "nickname": "given_name" },
            "ProviderDetails": {
                "client_id": "pool", "client_secret": "s3cret & more", "attributes_request_method": "POST",
                "oidc_issuer": "poolpass:oidc", "authorize_scopes": "openid email profile",
            },
        }),
    );
    let mut browser = Browser::new(&world);
    let chooser = browser.chooser(&authorize(&client, &[("idp_identifier", "corp.example"), ("nonce", "of the app")]));
    let back = browser.choose(&chooser, "zoe");
    let tokens = browser.tokens(&client, &back["code"]);
    let claims = crate::world::claims(&tokens["id_token"]);
    assert_eq!((&claims["cognito:username"], &claims["nickname"]), (&json!("Corp_zoe"), &json!("Zoë")));
    assert_eq!(claims["nonce"], "of the app");
    let saml = browser.chooser(&authorize(WEB, &[("idp_identifier", "example.com")]));
    assert!(saml.action.ends_with("/_poolpass/providers/saml/choose"));
}

#[test]
fn the_session_that_a_provider_opened_serves_the_next_sign_in() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    browser.sign_in("Google", "ada");
    let back = browser.go(&authorize(WEB, &[])).parameters();
    let tokens = browser.tokens(WEB, &back["code"]);
    assert!(crate::world::claims(&tokens["access_token"])["username"].as_str().unwrap().starts_with("Google_"));
    world.ok("GetUser", json!({ "AccessToken": tokens["access_token"] }));
    let headers = vec![
        ("Host".into(), "localhost:9400".into()),
        ("Authorization".into(), format!("Bearer {}", tokens["access_token"].as_str().unwrap())),
    ];
    let request = HttpRequest { method: "GET".into(), target: "/oauth2/userInfo".into(), headers, body: Vec::new() };
    let info: Value = serde_json::from_slice(&world.emulator.handle(request).body).unwrap();
    assert!(info["identities"].as_str().unwrap().starts_with("[{") && info["email"] == "ada@example.com");
}

/// As behind a proxy that adds TLS.
#[test]
fn the_scheme_that_the_browser_sees_is_kept() {
    let world = World::new();
    for provider in ["Google", "SignInWithApple", "ExampleSAML"] {
        let mut browser = Browser { origin: "https://localhost:9400", ..Browser::new(&world) };
        let response = browser.send("GET", &authorize(WEB, &[("identity_provider", provider)]), "");
        assert!(response.header("Location").unwrap().starts_with("https://localhost:9400/_poolpass/"), "{provider}");
        browser.id_claims(provider, "ada");
    }
}

#[test]
fn pages_say_what_they_are_and_need_no_script() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    for (provider, ..) in SEEDED {
        let Place::Page(page) = browser.go(&authorize(WEB, &[("identity_provider", provider)])) else {
            panic!("a page")
        };
        let html = text(&page);
        assert!(html.contains("poolpass-local plays") && html.contains("Choose a test person"), "{html}");
        assert!(!html.contains("<script") && html.contains("Zoë Łukasiewicz-山田"));
        let policy = page.header("Content-Security-Policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert_eq!(
            (page.header("Cache-Control"), page.header("Referrer-Policy")),
            (Some("no-store"), Some("no-referrer"))
        );
    }
}

#[test]
fn stand_ins_refuse_strangers() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let at = |path: &str| format!("/_poolpass/providers/{path}");
    for (path, word) in [
        ("google/o/oauth2/v2/auth?client_id=x&redirect_uri=http://localhost:9400/oauth2/idpresponse", "No user pool"),
        (
            "google/o/oauth2/v2/auth?client_id=poolpass-local.apps.googleusercontent.com&redirect_uri=https://evil.example/",
            "redirect_uri must be",
        ),
        (
            "oidc/authorize?client_id=poolpass-public&redirect_uri=https://evil.example/&response_type=code",
            "this machine",
        ),
        (
            "oidc/authorize?client_id=poolpass-public&redirect_uri=http://localhost:1/&response_type=code&scope=openid",
            "code_challenge",
        ),
        ("saml/sso?SAMLRequest=AAAA", "SAMLRequest"),
    ] {
        let response = browser.send("GET", &at(path), "");
        assert!(response.status == 400 && text(&response).contains(word), "{path}: {}", text(&response));
    }
    assert_eq!(browser.send("GET", &at("twitter/authorize"), "").status, 404);
    assert_eq!(browser.send("GET", &at("google/choose"), "").status, 404);
    let body = "grant_type=authorization_code&client_id=1234567890123456&client_secret=wrong&code=x&redirect_uri=y";
    let response = browser.send("POST", &at("facebook/v17.0/oauth/access_token"), body);
    assert!(response.status == 401 && text(&response).contains("OAuthException"));
    assert_eq!(browser.send("GET", &at("google/v1/userinfo"), "").status, 401);
    assert_eq!(browser.send("GET", &at("amazon/user/profile?access_token=x"), "").status, 401);
}

#[test]
fn an_app_can_use_a_stand_in_directly() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let response = browser.send("GET", "/_poolpass/providers/oidc/.well-known/openid-configuration", "");
    let document: Value = serde_json::from_slice(&response.body).unwrap();
    assert_eq!(document["issuer"], format!("{ORIGIN}/_poolpass/providers/oidc"));
    let query = authorize("poolpass-public", &[("nonce", "n")]);
    let url = format!("{}?{}", document["authorization_endpoint"].as_str().unwrap(), query.split_once('?').unwrap().1);
    let chooser = browser.chooser(&url);
    let answer = browser.choose(&chooser, "ada");
    // RFC 9207.
    assert_eq!(document["authorization_response_iss_parameter_supported"], true);
    assert_eq!(document["issuer"], answer["iss"]);
    let code = answer["code"].clone();
    let body = crate::federation_browser::encode([
        ("grant_type", "authorization_code"),
        ("client_id", "poolpass-public"),
        ("redirect_uri", crate::federation_browser::APP),
        ("code", &code),
        ("code_verifier", crate::federation_browser::VERIFIER),
    ]);
    let token = document["token_endpoint"].as_str().unwrap();
    let response = browser.send("POST", token, &body);
    let tokens: Value = serde_json::from_slice(&response.body).unwrap();
    let claims = crate::world::claims(&tokens["id_token"]);
    assert_eq!(
        (&claims["aud"], &claims["nonce"], &claims["sub"]),
        (&json!("poolpass-public"), &json!("n"), &json!("ada"))
    );
    assert!(text(&browser.send("POST", token, &body)).contains("invalid_grant"), "a code is good once");
}

#[test]
fn stand_ins_misbehave_on_order() {
    let world = World::new();
    let refused = |provider: &str, path: &str, mut fault: Value| {
        fault["operation"] = json!(format!("/_poolpass/providers/{path}"));
        world.control("POST", "faults", fault);
        let back = Browser::new(&world).sign_in(provider, "ada");
        (back["error"].clone(), back["error_description"].clone())
    };
    let error = json!({ "kind": "error", "status": 503, "type": "temporarily_unavailable" });
    for (provider, path, fault, word) in [
        ("Google", "google/token", error, "Google Error - 503 temporarily_unavailable"),
        ("Google", "google/token", json!({ "kind": "wrongKey" }), "The signature of the ID token is wrong"),
        ("Google", "google/token", json!({ "kind": "forge", "claims": { "nonce": "x" } }), "The nonce of the ID token"),
        ("Google", "google/token", json!({ "kind": "forge", "sign": "none" }), "algorithm"),
        (
            "Google",
            "google/v1/userinfo",
            json!({ "kind": "forge", "claims": { "sub": "x" } }),
            "The sub of the user info",
        ),
        ("Google", "google/oauth2/v3/certs", json!({ "kind": "late", "delayMs": 5000 }), "Timeout in calling jwks uri"),
        ("Facebook", "facebook/v17.0/oauth/access_token", json!({ "kind": "dropBefore" }), "Connection reset"),
        ("LoginWithAmazon", "amazon/user/profile", json!({ "kind": "garbage" }), "Error in retrieving user attributes"),
        (
            "LoginWithAmazon",
            "amazon/user/profile",
            json!({ "kind": "forge", "remove": ["user_id"] }),
            "username attribute mapping required",
        ),
        ("SignInWithApple", "apple/auth/token", json!({ "kind": "forge", "sign": "foreign" }), "signature"),
    ] {
        let (kind, text) = refused(provider, path, fault.clone());
        assert!(kind == "invalid_request" && text.contains(word), "{path} {fault}: {text}");
    }
    let (kind, text) = refused("ExampleSAML", "saml/choose", json!({ "kind": "wrongKey" }));
    assert_eq!(
        (kind.as_str(), text.as_str()),
        ("server_error", "Invalid SAML response received: the Assertion: its signature is wrong")
    );
    // What is ordered for all operations leaves the stand-ins alone.
    world.control("POST", "faults", json!({ "operation": "*", "kind": "garbage" }));
    assert_eq!(Browser::new(&world).send("GET", "/_poolpass/providers/oidc/jwks", "").body[0], b'{');
    assert_eq!(world.control("GET", "faults", Value::Null)["faults"].as_array().unwrap().len(), 1);
}

#[test]
fn rolled_keys_are_followed() {
    let world = World::new();
    for keep in [false, true] {
        world.control("POST", "keys", json!({ "roll": true, "keepOld": keep }));
        for provider in ["Google", "ExampleSAML"] {
            Browser::new(&world).id_claims(provider, "ada");
        }
    }
}
