//! `/signup`, `/confirmUser` and `/resendcode`.

use poolpass_local::core::Config;
use serde_json::json;

use crate::browser::{APP, Browser, Page, authorize, parameters, with_path};
use crate::oauth_client::exchange;
use crate::world::{PASSWORD, WEB, World, claims};

const ZOE: [(&str, &str); 3] = [("username", "zoe"), ("email", "zoe@example.com"), ("password", PASSWORD)];

fn signed_up(browser: &mut Browser<'_>) -> Page {
    let login = browser.page(&authorize(&[]));
    let page = browser.page(&login.link("Create an account").unwrap());
    assert!(page.html.contains("At least 8 characters, with a lower-case letter"));
    browser.submit(&page, &ZOE).page()
}

#[test]
fn a_sign_up_ends_in_a_sign_in() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = signed_up(&mut browser);
    assert_eq!((page.path(), page.title().as_str()), ("/confirmUser", "Confirm your account"));
    let wrong = browser.submit(&page, &[("code", "000000x")]).page();
    assert_eq!(wrong.problem(), "Invalid verification code provided, please try again.");
    let app = browser.submit(&wrong, &[("code", &world.code("zoe"))]).app();
    let tokens = world.token(&exchange(WEB, &parameters(&app)["code"]));
    let id = claims(&tokens["id_token"]);
    assert_eq!((&id["cognito:username"], &id["email_verified"]), (&json!("zoe"), &json!(true)));
}

#[test]
fn another_code_can_be_sent() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = signed_up(&mut browser);
    let first = world.code("zoe");
    let page = browser.press(&page, "Send another code", &[]).page();
    assert!(page.html.contains("We sent a new code to z***@e***."), "{}", page.html);
    assert_ne!(world.code("zoe"), first);
    browser.press(&page, "Confirm", &[("code", &world.code("zoe"))]).app();
    assert_eq!(browser.page(&with_path("/resendcode", &[])).path(), "/confirmUser");
}

#[test]
fn what_was_entered_stays_when_something_is_wrong() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = browser.page(&with_path("/signup", &[]));
    for (name, email, password, problem) in [
        ("alice", "a@example.com", PASSWORD, "User already exists"),
        ("zoe", "zoe", PASSWORD, "Invalid email address format."),
        ("zoe", "zoe@example.com", "short", "Password did not conform with policy: Password not long enough"),
        ("z z", "zoe@example.com", PASSWORD, "1 validation error detected: Value"),
        ("", "zoe@example.com", PASSWORD, "2 validation errors detected: Value"),
    ] {
        let again = browser.submit(&page, &[("username", name), ("email", email), ("password", password)]).page();
        assert!(again.problem().starts_with(problem), "{}", again.problem());
        assert!(again.html.contains(&format!("value=\"{email}\"")) && !again.html.contains(password));
    }
}

#[test]
fn an_unconfirmed_user_confirms_after_the_right_password() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let page = browser.page(&authorize(&[]));
    let page = browser.submit(&page, &[("username", "carol"), ("password", PASSWORD)]).page();
    assert_eq!(page.path(), "/confirmUser");
    browser.press(&page, "Send another code", &[]).page();
    let app = browser.submit(&page, &[("code", &world.code("carol"))]).app();
    assert!(parameters(&app).contains_key("code"));
}

#[test]
fn a_code_alone_confirms_but_signs_nobody_in() {
    let world = World::new();
    signed_up(&mut Browser::new(&world));
    let mut other = Browser::new(&world);
    let page = other.page(&with_path("/confirm", &[]));
    let page = other.submit(&page, &[("username", "zoe"), ("code", &world.code("zoe"))]).page();
    assert_eq!((page.status, page.title().as_str()), (200, "Confirmed"));
    assert_eq!(other.page(&authorize(&[])).path(), "/login");
    world.sign_in(WEB, "zoe", PASSWORD);
}

#[test]
fn a_pool_asks_for_what_it_requires() {
    let config = format!(
        r#"Region = "eu-west-1"
        [[UserPool]]
        Id = "eu-west-1_Mail"
        PoolName = "mail"
        UsernameAttributes = ["email"]
        AutoVerifiedAttributes = ["email"]
        Schema = [{{ Name = "given_name", Required = true }}, {{ Name = "phone_number", Required = true }}]
        [[UserPool.Client]]
        ClientId = "mail"
        ClientName = "Mail"
        AllowedOAuthFlowsUserPoolClient = true
        AllowedOAuthFlows = ["code"]
        AllowedOAuthScopes = ["openid"]
        CallbackURLs = ["{APP}"]
        [[UserPool]]
        Id = "eu-west-1_Closed"
        PoolName = "closed"
        AdminCreateUserConfig = {{ AllowAdminCreateUserOnly = true }}
        [[UserPool.Client]]
        ClientId = "closed"
        ClientName = "closed"
        AllowedOAuthFlowsUserPoolClient = true
        AllowedOAuthFlows = ["code"]
        AllowedOAuthScopes = ["openid"]
        CallbackURLs = ["{APP}"]"#
    );
    let world = World::with(Config::from_toml(&config).unwrap());
    let mut browser = Browser::new(&world);
    let page = browser.page(&with_path("/signup", &[("client_id", "mail"), ("scope", "")]));
    assert!(page.html.contains("to continue to Mail") && page.html.contains(">E-mail</label>"));
    let names: Vec<String> = page.forms()[0].fields.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(names, ["_csrf", "username", "given_name", "phone_number", "password"]);
    let page = browser
        .submit(
            &page,
            &[
                ("username", "zoe@example.com"),
                ("given_name", "Zoë"),
                ("phone_number", "+491511234567"),
                ("password", PASSWORD),
            ],
        )
        .page();
    let app = browser.submit(&page, &[("code", &world.code("zoe@example.com"))]).app();
    let id = claims(&world.token(&exchange("mail", &parameters(&app)["code"]))["id_token"]);
    assert_eq!((&id["given_name"], &id["cognito:username"]), (&json!("Zoë"), &id["sub"]));
    let closed = browser.page(&with_path("/signup", &[("client_id", "closed"), ("scope", "")]));
    assert_eq!(closed.status, 403);
    let login = browser.page(&with_path("/login", &[("client_id", "closed"), ("scope", "")]));
    assert_eq!(login.link("Create an account"), None);
}
