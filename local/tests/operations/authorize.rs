//! `/oauth2/authorize`: parameters, errors and sessions.

use serde_json::json;

use crate::browser::{APP, Browser, Landing, authorize, parameters, query, with_path};
use crate::oauth_client::exchange;
use crate::world::{PASSWORD, START_MS, WEB, World, claims};

#[test]
fn a_sign_in_ends_at_the_app_with_a_code_and_the_state() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let first = browser.request("GET", &authorize(&[]), "");
    assert_eq!(first.status, 302);
    assert_eq!(first.header("Location"), Some(with_path("/login", &[]).replace("%20", "+").as_str()));
    let app = browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    assert!(app.starts_with(&format!("{APP}?code=")), "{app}");
    let answer = parameters(&app);
    assert_eq!(answer.keys().collect::<Vec<_>>(), ["code", "state"]);
    assert_eq!(answer["state"], "the-state");
    assert_eq!(answer["code"].len(), 36);
    let tokens = world.token(&exchange(WEB, &answer["code"]));
    assert_eq!(claims(&tokens["id_token"])["nonce"], "the-nonce");
}

#[test]
fn a_session_answers_at_once_for_an_hour_and_for_every_client() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    world.advance(3599);
    let rotating = authorize(&[("client_id", crate::world::ROTATION), ("state", "two")]);
    assert_eq!(parameters(&browser.open(&rotating).app())["state"], "two");
    world.advance(1);
    assert_eq!(browser.page(&authorize(&[])).path(), "/login");
}

#[test]
fn states_come_back_unchanged() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    for state in ["a b+c&d=e#f", "%25 %", "üñ😀", "{\"a\":\"b\"}", "<script>"] {
        assert_eq!(parameters(&browser.open(&authorize(&[("state", state)])).app())["state"], state);
    }
    assert!(!parameters(&browser.open(&authorize(&[("state", "")])).app()).contains_key("state"));
}

#[test]
fn without_a_registered_address_nobody_is_sent_anywhere() {
    let world = World::new();
    let api_only = world.client(json!({ "CallbackURLs": [APP] }));
    for (changes, error) in [
        (("redirect_uri", "http://localhost:9401"), "redirect_mismatch"),
        (("redirect_uri", "http://localhost:9401/x"), "redirect_mismatch"),
        (("redirect_uri", "https://evil.example/"), "redirect_mismatch"),
        (("redirect_uri", "HTTP://localhost:9401/"), "redirect_mismatch"),
        (("redirect_uri", ""), "redirect_mismatch"),
        (("client_id", "nobody"), "unknown_client"),
        (("client_id", ""), "unknown_client"),
        (("client_id", api_only.as_str()), "oauth_disabled"),
    ] {
        for path in ["/oauth2/authorize", "/login", "/signup", "/forgotPassword", "/mfa", "/confirmUser"] {
            let mut browser = Browser::new(&world);
            let page = browser.page(&with_path(path, &[changes]));
            assert_eq!((page.path(), page.status), ("/error", 400), "{changes:?}");
            assert!(page.target.contains(&format!("error={error}")), "{}", page.target);
            assert_eq!(page.problem(), "An error was encountered with the requested page.");
        }
    }
    let twice = format!("{}&redirect_uri=https%3A%2F%2Fevil.example%2F", authorize(&[]));
    assert_eq!(Browser::new(&world).page(&twice).path(), "/error");
    let page = Browser::new(&world).page("/error?error=redirect_mismatch&client_id=%3Cscript%3E");
    assert!(page.html.contains("redirect_mismatch"));
    let page = Browser::new(&world).page("/error?error=Call+0800+123&error_description=spoof");
    assert!(!page.html.contains("0800") && !page.html.contains("spoof"));
}

#[test]
fn what_is_wrong_with_a_request_is_told_to_the_app() {
    let world = World::new();
    let code_only = [("response_type", "token")];
    for (changes, error, description) in [
        (&[("response_type", "")][..], "invalid_request", "response_type is missing"),
        (&[("response_type", "id_token")], "invalid_request", "response_type must be code or token"),
        (&code_only, "unauthorized_client", "the client may not use response_type token"),
        (&[("code_challenge_method", "")], "invalid_request", "code_challenge_method is missing: it must be S256"),
        (&[("code_challenge_method", "plain")], "invalid_request", "code_challenge_method must be S256"),
        (&[("code_challenge", "")], "invalid_request", "code_challenge is missing"),
        (&[("code_challenge", "short")], "invalid_request", "code_challenge must be 43 characters of base64url"),
        (
            &[("code_challenge", ""), ("code_challenge_method", "")],
            "invalid_request",
            "code_challenge is missing: poolpass-local requires PKCE of clients without a secret",
        ),
        (&[("scope", "openid nothing")], "invalid_scope", "the client does not have the scope nothing"),
        (&[("scope", "email")], "invalid_scope", "the scope email needs the scope openid"),
        (&[("prompt", "sometimes")], "invalid_request", "prompt has the unknown value sometimes"),
        (&[("prompt", "none login")], "invalid_request", "prompt=none can't be combined with other values"),
        (&[("prompt", "none")], "login_required", "prompt=none needs a signed-in user"),
        (&[("max_age", "-1")], "invalid_request", "max_age must be a number of seconds"),
        (&[("resource", "notes")], "invalid_request", "resource must be an absolute URL without a fragment"),
        (
            &[("identity_provider", "Nobody")],
            "invalid_request",
            "the client does not support the identity provider Nobody",
        ),
        (&[("idp_identifier", "nobody")], "invalid_request", "no identity provider has the identifier nobody"),
        (
            &[("identity_provider", "COGNITO"), ("idp_identifier", "x")],
            "invalid_request",
            "identity_provider and idp_identifier can't be used together",
        ),
    ] {
        let app = Browser::new(&world).open(&authorize(changes)).app();
        let answer = parameters(&app);
        assert_eq!(
            (answer["error"].as_str(), answer["error_description"].as_str()),
            (error, description),
            "{changes:?}"
        );
        assert_eq!(answer["state"], "the-state");
        assert_eq!(app.starts_with(&format!("{APP}#")), changes == code_only, "{app}");
        assert!(!app.contains(' ') && !app.contains("%20"), "{app}");
    }
    let twice = format!("{}&nonce=again", authorize(&[]));
    assert_eq!(
        parameters(&Browser::new(&world).open(&twice).app())["error_description"],
        "nonce must appear only once"
    );
}

#[test]
fn prompts_decide_about_a_session() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    assert!(
        matches!(browser.open(&authorize(&[("prompt", "none")])), Landing::App(address) if address.contains("code="))
    );
    assert!(matches!(browser.open(&authorize(&[("prompt", "consent")])), Landing::App(_)));
    let page = browser.page(&authorize(&[("prompt", "login")]));
    assert!(page.path() == "/login" && !page.html.contains("Continue as"));
    let page = browser.page(&authorize(&[("prompt", "select_account")]));
    let app = browser.press(&page, "Continue as alice", &[]).app();
    assert!(parameters(&app).contains_key("code"));
    world.call("AdminDisableUser", json!({ "UserPoolId": crate::world::POOL, "Username": "alice" }));
    assert_eq!(parameters(&browser.open(&authorize(&[("prompt", "none")])).app())["error"], "login_required");
    assert_eq!(browser.page(&authorize(&[])).path(), "/login");
}

#[test]
fn max_age_asks_again_when_the_session_is_older() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    world.advance(60);
    let app = browser.open(&authorize(&[("max_age", "60")])).app();
    let tokens = world.token(&exchange(WEB, &parameters(&app)["code"]));
    assert_eq!(claims(&tokens["id_token"])["auth_time"], json!(START_MS / 1000));
    let none = authorize(&[("max_age", "59"), ("prompt", "none")]);
    assert_eq!(parameters(&browser.open(&none).app())["error"], "login_required");
    let page = browser.page(&authorize(&[("max_age", "59")]));
    assert!(!page.html.contains("Continue as"));
    let app = browser.submit(&page, &[("username", "alice"), ("password", PASSWORD)]).app();
    let tokens = world.token(&exchange(WEB, &parameters(&app)["code"]));
    assert_eq!(claims(&tokens["id_token"])["auth_time"], json!(START_MS / 1000 + 60));
    assert_eq!(browser.page(&authorize(&[("max_age", "0")])).path(), "/login");
}

#[test]
fn the_implicit_flow_answers_in_the_fragment() {
    let world = World::new();
    let client = world.client(json!({
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["implicit"], "CallbackURLs": [APP],
        "AllowedOAuthScopes": ["openid", "email", "aws.cognito.signin.user.admin"],
    }));
    let changes = [
        ("client_id", client.as_str()),
        ("response_type", "token"),
        ("code_challenge", ""),
        ("code_challenge_method", ""),
    ];
    let app = Browser::new(&world).sign_in(&authorize(&changes), "alice", PASSWORD);
    assert!(app.starts_with(&format!("{APP}#id_token=")), "{app}");
    let answer = parameters(&app);
    let names: Vec<&str> = answer.keys().map(String::as_str).collect();
    assert_eq!(names, ["access_token", "expires_in", "id_token", "state", "token_type"]);
    assert_eq!((answer["token_type"].as_str(), answer["expires_in"].as_str()), ("bearer", "3600"));
    assert!(crate::tokens::verifies(&world, &json!(answer["id_token"])));
    assert_eq!(claims(&json!(answer["id_token"]))["nonce"], "the-nonce");
    let without = [&changes[..], &[("scope", "aws.cognito.signin.user.admin")]].concat();
    let answer = parameters(&Browser::new(&world).sign_in(&authorize(&without), "alice", PASSWORD));
    assert!(!answer.contains_key("id_token"));
    world.ok("GetUser", json!({ "AccessToken": answer["access_token"] }));
    let code = authorize(&[("client_id", client.as_str())]);
    assert_eq!(parameters(&Browser::new(&world).open(&code).app())["error"], "unauthorized_client");
}

#[test]
fn addresses_with_a_query_and_custom_schemes_work() {
    let world = World::new();
    let uris =
        ["https://app.example.com/cb?tenant=1", "myapp://callback", "http://[::1]:3000/", "https://app.example.com/ü"];
    let client = world.client(json!({
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"], "CallbackURLs": uris,
        "AllowedOAuthScopes": ["openid"],
    }));
    for (uri, start) in uris.into_iter().zip([
        "https://app.example.com/cb?tenant=1&code=",
        "myapp://callback?code=",
        "http://[::1]:3000/?code=",
        "https://app.example.com/%C3%BC?code=",
    ]) {
        let target = authorize(&[("client_id", &client), ("redirect_uri", uri), ("scope", "")]);
        let mut browser = Browser::new(&world);
        let page = browser.page(&target);
        let source = match uri.split(':').next() {
            Some("myapp") => "myapp:",
            Some("http") => "http:",
            _ => "https://app.example.com",
        };
        assert!(page.may_lead_to(source) && page.may_lead_to("'self'"), "{page:?}");
        let app = browser.sign_in(&target, "alice", PASSWORD);
        assert!(app.starts_with(start), "{app}");
    }
}

#[test]
fn only_known_parameters_are_carried_on() {
    let world = World::new();
    let target =
        format!("{}&{}", with_path("/login", &[]), query(&[("password", "in-the-address"), ("username", "x")]));
    let page = Browser::new(&world).page(&target);
    assert!(!page.html.contains("in-the-address"));
    let hinted = Browser::new(&world).page(&authorize(&[("login_hint", "alice\"><b>"), ("lang", "de")]));
    assert!(hinted.html.contains("value=\"alice&quot;&gt;&lt;b&gt;\"") && hinted.target.contains("lang=de"));
}

#[test]
fn a_session_is_for_its_own_pool() {
    let world = World::new();
    let pool = world.ok("CreateUserPool", json!({ "PoolName": "other" }))["UserPool"]["Id"].take();
    let client = world.ok(
        "CreateUserPoolClient",
        json!({
            "UserPoolId": pool, "ClientName": "other", "CallbackURLs": [APP], "AllowedOAuthFlowsUserPoolClient": true,
            "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"],
        }),
    )["UserPoolClient"]["ClientId"]
        .take();
    let there = authorize(&[("client_id", client.as_str().unwrap()), ("scope", "openid")]);
    let mut browser = Browser::new(&world);
    browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    assert_eq!(browser.page(&there).path(), "/login");
    world.ok("AdminCreateUser", json!({ "UserPoolId": pool, "Username": "zoe" }));
    world.ok(
        "AdminSetUserPassword",
        json!({ "UserPoolId": pool, "Username": "zoe", "Password": PASSWORD, "Permanent": true }),
    );
    browser.sign_in(&there, "zoe", PASSWORD);
    for target in [authorize(&[]), there] {
        assert!(matches!(browser.open(&target), Landing::App(_)), "both at once");
    }
}
