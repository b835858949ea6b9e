//! CORS, the page, and paths that lead nowhere.

use poolpass_local::core::HttpRequest;
use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, WEB, World};

fn preflight(target: &str, asked: &str) -> HttpRequest {
    let headers = [
        ("Origin", "http://localhost:3000"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", asked),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    HttpRequest { method: "OPTIONS".into(), target: target.into(), headers, body: Vec::new() }
}

#[test]
fn preflights_allow_every_header_that_clients_send() {
    let world = World::new();
    let asked = "amz-sdk-invocation-id,amz-sdk-request,cache-control,content-type,x-amz-target,x-amz-user-agent,x-mine";
    let http = world.emulator.handle(preflight("/", asked));
    assert_eq!(http.status, 200);
    for (name, value) in [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Headers", asked),
        ("Access-Control-Max-Age", "172800"),
    ] {
        assert_eq!(http.header(name), Some(value), "{name}");
    }
    assert!(http.header("Access-Control-Allow-Methods").unwrap().contains("POST"));
    let http = world.emulator.handle(preflight("/", ""));
    for header in [
        "x-amz-target",
        "x-amz-user-agent",
        "amz-sdk-request",
        "authorization",
        "x-amz-date",
        "x-amz-security-token",
        "x-api-key",
    ] {
        assert!(http.header("Access-Control-Allow-Headers").unwrap().contains(header), "{header}");
    }
    let http = world.emulator.handle(preflight("/_poolpass/inbox", "content-type"));
    assert!(http.header("Access-Control-Allow-Methods").unwrap().contains("DELETE"));
}

#[test]
fn the_page_is_a_fixed_text_that_shows_what_the_control_api_says() {
    let world = World::new();
    let page = || world.send("GET", "/", "");
    let before = page();
    let hostile = "<img/src=x/onerror=alert(1)>";
    let body = json!({ "ClientId": WEB, "Username": hostile, "Password": PASSWORD, "UserAttributes": [{ "Name": "email", "Value": "m@example.com" }] });
    world.ok("SignUp", body);
    world.call("GetUser", json!({ "AccessToken": "x" }));
    let http = page();
    assert_eq!((http.status, http.header("Content-Type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(http.body, before.body);
    let policy = http.header("Content-Security-Policy").unwrap();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("script-src 'sha256-") && !policy.contains("unsafe")
    );
    let text = String::from_utf8(http.body).unwrap();
    assert!(!text.contains("page.css */") && !text.contains("page.js */") && !text.contains("innerHTML"));

    let overview = world.control("GET", "overview", Value::Null);
    assert_eq!(overview["clock"]["nowMs"], crate::world::START_MS);
    assert_eq!(overview["messages"][0]["code"], world.code("m@example.com"));
    let pool = &overview["userPools"][0];
    assert_eq!((&pool["users"], &pool["signIns"]), (&json!(7), &json!(0)));
    assert_eq!(pool["clients"][0]["clientId"], WEB);
    assert_eq!(pool["groups"][0], "editors");
    let counts = overview["requests"]["byOperation"].as_array().unwrap();
    assert!(counts.contains(&json!({ "operation": "GetUser", "count": 1, "errors": 1 })), "{counts:?}");
    assert_eq!(overview["requests"]["log"][0]["errorType"], "NotAuthorizedException", "the newest is first");
}

#[test]
fn users_are_shown_in_pages_and_searched_by_name_and_address() {
    let world = World::new();
    for number in 0..60 {
        let name = format!("many{number:02}");
        world.ok(
            "AdminCreateUser",
            json!({
                "UserPoolId": POOL, "Username": name, "TemporaryPassword": PASSWORD, "MessageAction": "SUPPRESS",
                "UserAttributes": [{ "Name": "email", "Value": format!("x{number:02}@example.org") }],
            }),
        );
    }
    let ask = |query: String| world.control("GET", &format!("users?pool={POOL}{query}"), Value::Null);
    let names = |page: &Value| -> Vec<String> {
        page["users"].as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap().to_owned()).collect()
    };
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = ask(after);
        assert!(names(&page).len() <= 25);
        all.extend(names(&page));
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(all.len(), 66);
    assert!(all.is_sorted());
    assert_eq!(names(&ask("&search=many5".into())).len(), 10);
    assert_eq!(names(&ask("&search=x07@".into())), ["many07"]);
    assert_eq!(names(&ask("&search=%22".into())), Vec::<String>::new());
    let frank = ask("&search=frank".into())["users"][0].take();
    assert_eq!(frank["totp"], world.totp("frank"));
    assert_eq!((&frank["password"], &frank["devices"], &frank["signIns"]), (&json!(PASSWORD), &json!([]), &json!(0)));
    world.sign_in(WEB, "alice", PASSWORD);
    let alice = ask("&search=alice".into())["users"][0].take();
    assert_eq!((&alice["signIns"], &alice["groups"]), (&json!(1), &json!(["editors"])));
    assert_eq!(world.send("GET", "/_poolpass/users", "").status, 400);
    assert_eq!(world.send("GET", "/_poolpass/users?pool=eu-west-1_None", "").status, 404);
}

#[test]
fn other_paths_lead_nowhere() {
    let world = World::new();
    for (method, path) in [
        ("GET", "/nothing"),
        ("PUT", "/"),
        ("POST", "/eu-west-1_PoolPass1/.well-known/jwks.json"),
        ("GET", "/_poolpass/nothing"),
    ] {
        assert_eq!(world.send(method, path, "").status, 404, "{method} {path}");
    }
    assert_eq!(world.send("PUT", "/_poolpass/clock", "").status, 405);
}
