//! Signing in at the hosted UI, by way of the page's URL.

use futures::future::join;
use poolpass::Error;
use poolpass::flow::redirect::{Page, Provider, RedirectResult, RedirectSignIn, RedirectUser};
use poolpass::json::Value;
use poolpass::memory::StorageFault;
use poolpass::platform::{FlowScope, FlowStorage, Locks, Platform, Storage};

use crate::hosted_page::Browser;
use crate::stage::{APP, ROTATING, Stage, Tab, WEB, block_on};

const PAGE: &str = "http://localhost:9401/?view=notes#/3";

pub(crate) fn sign_in_page() -> RedirectSignIn {
    RedirectSignIn {
        page_url: PAGE.into(),
        custom_state: Value::parse(r#"{"näme": [1, "字"]}"#),
        ..RedirectSignIn::default()
    }
}

/// Leaves for the hosted UI; the URL and the flow's state.
pub(crate) fn leave(tab: &Tab, input: &RedirectSignIn) -> (String, String) {
    let started = block_on(tab.client.sign_in_with_redirect(input)).unwrap();
    (started.url.expose_secret().clone(), started.state)
}

/// The URL with which alice comes back.
pub(crate) fn come_back(stage: &Stage, tab: &Tab) -> String {
    Browser::new(stage).sign_in(&leave(tab, &sign_in_page()).0, "alice", "Correct-Horse7!")
}

pub(crate) fn arrive(tab: &Tab, url: &str) -> RedirectResult {
    RedirectResult::clone(&block_on(tab.client.handle_redirect(url)).unwrap_or_else(|| panic!("not ours: {url}")))
}

fn code_and_reason(redirected: &RedirectResult) -> (&'static str, Option<&'static str>) {
    redirected.outcome.as_ref().err().map(|error| (error.code(), error.reason())).expect("it succeeded")
}

fn kept(redirected: &RedirectResult) -> (Option<String>, Option<&str>) {
    let state = redirected.custom_state.as_ref().map(|state| state.to_json().expose_secret().clone());
    (state, redirected.return_to.as_deref())
}

fn query(url: &str, name: &str) -> Option<String> {
    poolpass::encode::form::value(url.split_once('?')?.1, name).map(|value| value.expose_secret().clone())
}

#[test]
fn a_redirect_signs_in_and_restores_state_and_page() {
    let stage = Stage::new(WEB);
    let url = come_back(&stage, &stage.tab());
    // Another page of the same tab: only the drawers are left. Here they are another tab's, by way of the origin's.
    let tab = stage.tab();
    stage.sent();
    let redirected = arrive(&tab, &url);
    let Ok(RedirectUser::UserPool(record)) = &redirected.outcome else { panic!("{:?}", redirected.outcome.err()) };
    assert_eq!((record.username(), record.sign_in_details()), ("alice", None));
    assert_eq!(kept(&redirected), (Some(r#"{"näme":[1,"字"]}"#.into()), Some("/?view=notes#/3")));
    assert_eq!(stage.sent(), ["/oauth2/token", "/eu-west-1_PoolPass1/.well-known/jwks.json"]);
    assert_eq!(tab.events(), ["signedIn", "signInWithRedirect", "customOAuthState"]);
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
    assert_eq!(record.access_claims().json().str("scope"), Some("openid email notes/read"));
    // It is refreshed as any other.
    assert!(block_on(tab.access_token(true)).unwrap().is_some());
    assert_eq!(stage.sent(), ["GetTokensFromRefreshToken"]);
}

#[test]
fn rotating_tokens_are_refreshed_too() {
    let stage = Stage::new(ROTATING);
    let tab = stage.tab();
    arrive(&tab, &come_back(&stage, &tab)).outcome.unwrap();
    let first = block_on(tab.access_token(true)).unwrap();
    assert_ne!(block_on(tab.access_token(true)).unwrap(), first);
}

#[test]
fn handling_a_response_twice_gives_the_same_result() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let url = come_back(&stage, &tab);
    stage.sent();
    let (one, two) = block_on(join(tab.client.handle_redirect(&url), tab.client.handle_redirect(&url)));
    let three = block_on(tab.client.handle_redirect(&url));
    for redirected in [one, two, three] {
        assert!(matches!(redirected.unwrap().outcome, Ok(RedirectUser::UserPool(_))));
    }
    assert_eq!(stage.sent().iter().filter(|path| *path == "/oauth2/token").count(), 1);
    assert_eq!(tab.events(), ["signedIn", "signInWithRedirect", "customOAuthState"]);
    // On another page it has been used up, and the session is there.
    let reloaded = tab.reloaded();
    assert_eq!(code_and_reason(&arrive(&reloaded, &url)), ("redirect_flow", Some("flow_used")));
    assert!(block_on(reloaded.access_token(false)).unwrap().is_some());
}

#[test]
fn flows_of_two_tabs_may_end_in_the_opposite_order() {
    let stage = Stage::new(WEB);
    let (first, second) = (stage.tab(), stage.tab());
    let (one, two) = (leave(&first, &sign_in_page()).0, leave(&second, &sign_in_page()).0);
    let two = Browser::new(&stage).sign_in(&two, "bob", "Battery-Staple8?");
    let one = Browser::new(&stage).sign_in(&one, "alice", "Correct-Horse7!");
    for (tab, url, name) in [(&second, two, "bob"), (&first, one, "alice")] {
        let Ok(RedirectUser::UserPool(record)) = arrive(tab, &url).outcome else { panic!("{name}") };
        assert_eq!(record.username(), name);
    }
}

#[test]
fn an_abandoned_flow_blocks_nothing() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    leave(&tab, &sign_in_page());
    let again = tab.reloaded();
    assert!(block_on(again.client.handle_redirect(PAGE)).is_none());
    assert!(block_on(again.access_token(false)).unwrap().is_none());
    // Ten minutes later its record is swept.
    let has_flow = || stage.world.stored_keys().iter().any(|key| key.contains(".flow."));
    assert!(has_flow());
    stage.world.advance_ms(600_001);
    assert!(block_on(again.client.handle_redirect(PAGE)).is_none());
    assert!(!has_flow());
}

#[test]
fn responses_of_other_libraries_are_ignored() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    for url in
        ["", APP, "http://localhost:9401/?code=x&state=another-library", "http://localhost:9401/?code=pp1rAAAAAAAA"]
    {
        assert!(block_on(tab.client.handle_redirect(url)).is_none(), "{url}");
    }
    assert!(tab.events().is_empty() && stage.sent().is_empty());
}

#[test]
fn each_fault_of_a_response_has_its_reason() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let mark = &tab.client.state_prefixes()[0];
    let unknown = arrive(&tab, &format!("{APP}?code=c&state={mark}{}", "A".repeat(43)));
    assert_eq!(code_and_reason(&unknown), ("redirect_flow", Some("flow_unknown")));

    let (_, state) = leave(&tab, &sign_in_page());
    let no_code = arrive(&tab, &format!("{APP}?state={state}"));
    assert_eq!(code_and_reason(&no_code), ("redirect_flow", Some("flow_no_code")));

    let (_, state) = leave(&tab, &sign_in_page());
    let refused = arrive(&tab, &format!("{APP}?error=access_denied&error_description=No+thanks.&state={state}"));
    assert_eq!(code_and_reason(&refused), ("oauth", Some("access_denied")));
    assert_eq!(refused.outcome.as_ref().err().unwrap().message(), "No thanks.");
    // The app's state comes back with the error.
    assert_eq!(kept(&refused).1, Some("/?view=notes#/3"));

    let (_, state) = leave(&tab, &sign_in_page());
    let mixed_up = arrive(&tab, &format!("{APP}?code=c&iss=https%3A%2F%2Fevil.example&state={state}"));
    assert_eq!(code_and_reason(&mixed_up), ("token_invalid", Some("wrong_issuer")));

    let url = come_back(&stage, &tab);
    stage.world.advance_ms(600_001);
    assert_eq!(code_and_reason(&arrive(&tab, &url)), ("redirect_flow", Some("flow_expired")));
    let failure = ["signInWithRedirect_failure", "customOAuthState"];
    assert_eq!(tab.events(), [&failure[..1], &failure, &failure, &failure, &failure].concat());
    assert!(stage.stored().is_none());
}

#[test]
fn a_code_is_good_for_one_browser_and_one_flow() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    // A code that was meant for another flow of the same app: its challenge is of another verifier.
    let stolen = come_back(&stage, &stage.tab());
    let (_, state) = leave(&tab, &sign_in_page());
    let injected = format!("{APP}?code={}&state={state}", query(&stolen, "code").unwrap());
    assert_eq!(code_and_reason(&arrive(&tab, &injected)), ("oauth", Some("invalid_grant")));
    assert!(stage.stored().is_none());
}

#[test]
fn a_reload_during_a_flow_is_reported_once_and_blocks_nothing() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let url = come_back(&stage, &tab);
    // The page goes while the code is under way.
    stage.sent();
    let (client, landed) = (tab.client.clone(), url.clone());
    tab.platform.spawn(async move { drop(client.handle_redirect(&landed).await) });
    stage.world.set_latency(|_| (0, 1_000));
    while stage.sent().is_empty() {
        stage.world.run_ready();
        stage.world.advance_to_next_timer();
    }
    tab.platform.crash();
    stage.world.set_latency(|_| (0, 0));
    let reloaded = tab.reloaded();
    let redirected = arrive(&reloaded, APP);
    assert_eq!(code_and_reason(&redirected), ("redirect_flow", Some("flow_interrupted")));
    assert_eq!(kept(&redirected).1, Some("/?view=notes#/3"));
    assert!(block_on(reloaded.client.handle_redirect(APP)).is_none());
    assert!(block_on(reloaded.access_token(false)).unwrap().is_none());
    // And the URL, should it come again, is used.
    assert_eq!(code_and_reason(&arrive(&reloaded.reloaded(), &url)), ("redirect_flow", Some("flow_used")));
}

#[test]
fn a_webview_that_loses_its_session_storage_can_still_finish_a_flow() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let url = come_back(&stage, &tab);
    tab.platform.clear_tab_storage();
    assert!(arrive(&tab.reloaded(), &url).outcome.is_ok());
    // A note that it is used is left, for as long as another tab may still have the record.
    let flows = || stage.world.stored_keys().into_iter().filter(|key| key.contains(".flow."));
    let notes: Vec<String> = flows().filter_map(|key| stage.world.stored(&key)).collect();
    assert_eq!(notes.len(), 1);
    assert!(notes[0].starts_with(r#"{"v":1,"phase":"used","createdAt":"#) && notes[0].len() < 60, "{notes:?}");
    stage.world.advance_ms(600_001);
    assert!(block_on(tab.reloaded().client.handle_redirect(APP)).is_none());
    assert_eq!(flows().count(), 0);
}

/// How often a code was sent since the last look.
fn exchanges(stage: &Stage) -> usize {
    stage.sent().iter().filter(|path| *path == "/oauth2/token").count()
}

#[test]
fn a_flow_that_another_tab_has_finished_is_used() {
    let stage = Stage::new(WEB);
    for first_has_the_record in [false, true] {
        let began = stage.tab();
        let url = come_back(&stage, &began);
        let other = stage.tab();
        let (first, second) = if first_has_the_record { (&began, &other) } else { (&other, &began) };
        stage.sent();
        assert!(arrive(first, &url).outcome.is_ok());
        for tab in [second.reloaded(), second.reloaded(), stage.tab()] {
            assert_eq!(code_and_reason(&arrive(&tab, &url)), ("redirect_flow", Some("flow_used")));
        }
        assert_eq!(exchanges(&stage), 1, "a code is sent once");
        assert!(block_on(second.access_token(true)).unwrap().is_some(), "and the session goes on");
        // The tab that began the flow keeps no secret of it.
        let keys = began.platform.flow_storage(FlowScope::Tab).keys("poolpass.v1.").unwrap();
        assert!(!keys.is_empty());
        assert!(keys.iter().all(|key| !stored_flow(&began, FlowScope::Tab, key).contains("verifier")));
    }
}

fn stored_flow(tab: &Tab, scope: FlowScope, key: &str) -> String {
    block_on(tab.platform.flow_storage(scope).get(key)).unwrap().unwrap().expose_secret().clone()
}

#[test]
fn a_failed_flow_is_used_in_every_tab() {
    let stage = Stage::new(WEB);
    let began = stage.tab();
    let url = come_back(&stage, &began);
    stage.fault("/oauth2/token", "dropAfter", "");
    stage.sent();
    assert_eq!(code_and_reason(&arrive(&stage.tab(), &url)), ("network", None));
    assert_eq!(code_and_reason(&arrive(&began.reloaded(), &url)), ("redirect_flow", Some("flow_used")));
    assert_eq!(exchanges(&stage), 1);
}

#[test]
fn two_tabs_with_the_same_response_send_the_code_once() {
    let stage = Stage::new(WEB);
    let began = stage.tab();
    let url = come_back(&stage, &began);
    let other = stage.tab();
    stage.sent();
    let (one, two) = block_on(join(began.client.handle_redirect(&url), other.client.handle_redirect(&url)));
    let outcomes =
        [one.unwrap(), two.unwrap()].map(|redirected| redirected.outcome.as_ref().err().and_then(Error::reason));
    assert!(outcomes.contains(&None) && outcomes.contains(&Some("flow_used")), "{outcomes:?}");
    assert_eq!(exchanges(&stage), 1);
}

#[test]
fn a_flow_ends_only_after_other_tabs_can_see_that_it_was_used() {
    // A write to localStorage reaches other processes later than a released lock does.
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let url = come_back(&stage, &tab);
    let key = format!("poolpass.v1.{WEB}.flow.{}", query(&url, "state").unwrap());
    let other = stage.tab();
    let lock = block_on(other.platform.lock(&key, 0)).unwrap();
    stage.sent();
    let mut waiting = Box::pin(tab.client.handle_redirect(&url));
    let mut context = std::task::Context::from_waker(futures::task::noop_waker_ref());
    for _ in 0..20 {
        assert!(waiting.as_mut().poll(&mut context).is_pending());
    }
    stage.world.put(&key, &format!(r#"{{"v":1,"phase":"used","createdAt":{}}}"#, stage.world.now_ms()));
    drop(lock);
    let redirected = block_on(waiting).unwrap();
    assert_eq!(code_and_reason(&redirected), ("redirect_flow", Some("flow_used")));
    assert_eq!(exchanges(&stage), 0);
    // The tab that uses a flow holds the lock for the lag after it has written the note. Its own result doesn't wait.
    let url = come_back(&stage, &tab);
    let key = format!("poolpass.v1.{WEB}.flow.{}", query(&url, "state").unwrap());
    let before_ms = stage.world.now_ms();
    assert!(arrive(&tab, &url).outcome.is_ok());
    assert!(stage.world.now_ms() < before_ms + 100);
    assert_eq!(block_on(other.platform.lock(&key, 0)).err().unwrap().code(), "lock_timeout");
    drop(block_on(other.platform.lock(&key, 1_000)).unwrap());
    assert!(stage.world.now_ms() >= before_ms + 125);
}

#[test]
fn return_to_never_leaves_the_origin() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let own = [
        ("//evil.example/phish?a#b", "/.//evil.example/phish?a#b"),
        ("/\\evil.example/", "/"),
        ("/x//y?u=https://b.example/\\", "/x//y?u=https://b.example/\\"),
        ("?y", "/?y"),
    ];
    for (place, return_to) in own {
        let input = RedirectSignIn { page_url: format!("http://localhost:9401{place}"), ..sign_in_page() };
        let url = Browser::new(&stage).sign_in(&leave(&tab, &input).0, "alice", "Correct-Horse7!");
        assert_eq!(kept(&arrive(&tab, &url)).1, Some(return_to), "{place}");
    }
    // A record that was tampered with leads nowhere else either.
    for place in ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", ""] {
        let (_, state) = leave(&tab, &sign_in_page());
        let key = format!("poolpass.v1.{WEB}.flow.{state}");
        for scope in [FlowScope::Tab, FlowScope::Origin] {
            let text = stored_flow(&tab, scope, &key);
            let mut record: serde_json::Value = serde_json::from_str(&text).unwrap();
            record["returnTo"] = place.into();
            block_on(tab.platform.flow_storage(scope).set(&key, &record.to_string())).unwrap();
        }
        assert_eq!(kept(&arrive(&tab, &format!("{APP}?error=e&state={state}"))).1, None, "{place}");
    }
}

#[test]
fn without_storage_a_redirect_fails_before_the_page_is_left() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    stage.world.set_storage_fault(Some(StorageFault::Fails));
    let error = block_on(tab.client.sign_in_with_redirect(&sign_in_page())).unwrap_err();
    assert_eq!(error.code(), "storage_write");
}

#[test]
fn errors_of_the_token_endpoint_are_returned_and_end_the_flow() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let cases = [
        ("dropBefore", "", "network", None),
        ("dropAfter", "", "network", None),
        ("garbage", "", "invalid_response", None),
        ("truncate", "", "network", None),
        ("error", r#", "status": 500, "type": "server_error""#, "oauth", Some("server_error")),
        ("error", r#", "status": 400, "type": "invalid_client""#, "oauth", Some("invalid_client")),
    ];
    for (kind, more, code, reason) in cases {
        let url = come_back(&stage, &tab);
        stage.fault("/oauth2/token", kind, more);
        stage.sent();
        assert_eq!(code_and_reason(&arrive(&tab, &url)), (code, reason), "{kind}");
        // A code is not sent twice.
        assert_eq!(stage.sent().iter().filter(|path| *path == "/oauth2/token").count(), 1, "{kind}");
    }
    // Turned away unread, it may.
    let url = come_back(&stage, &tab);
    stage.fault("/oauth2/token", "error", r#", "status": 429, "type": "temporarily_unavailable""#);
    assert!(arrive(&tab, &url).outcome.is_ok());
}

#[test]
fn bad_requests_are_refused_before_anything_is_kept() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let name = |input: RedirectSignIn| {
        block_on(tab.client.sign_in_with_redirect(&input)).err().map(|error: Error| error.name().to_owned())
    };
    let elsewhere = RedirectSignIn { page_url: "https://elsewhere.example/".into(), ..sign_in_page() };
    assert_eq!(name(elsewhere).as_deref(), Some("InvalidRedirectException"));
    let unregistered = RedirectSignIn { redirect_uri: Some("http://localhost:9401/other".into()), ..sign_in_page() };
    assert_eq!(name(unregistered).as_deref(), Some("InvalidRedirectException"));
    for place in ["//evil.example", "https://evil.example", "javascript:alert(1)"] {
        let input = RedirectSignIn { return_to: Some(place.into()), ..sign_in_page() };
        assert_eq!(name(input).as_deref(), Some("InvalidInput"), "{place}");
    }
    for parameter in ["state", "redirect_uri", "code_challenge_method", ""] {
        let input = RedirectSignIn { parameters: vec![(parameter.into(), "x".into())], ..sign_in_page() };
        assert_eq!(name(input).as_deref(), Some("InvalidInput"), "{parameter}");
    }
    let unknown = RedirectSignIn { provider: Some(Provider::Oidc("nobody".into())), ..sign_in_page() };
    assert_eq!(name(unknown).as_deref(), Some("AuthConfigException"));
    assert!(stage.world.stored_keys().is_empty());
}

#[test]
fn the_request_says_what_the_app_asked_for() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let (url, state) = leave(
        &tab,
        &RedirectSignIn {
            provider: Some(Provider::Named("Apple".into())),
            scopes: vec!["openid".into(), "notes/write".into()],
            nonce: Some("my nonce".into()),
            max_age: Some(60),
            parameters: vec![("login_hint".into(), "a+b@example.com".into()), ("prompt".into(), "login".into())],
            ..sign_in_page()
        },
    );
    assert!(url.starts_with("http://localhost:9400/oauth2/authorize?response_type=code&"), "{url}");
    let expected = [
        ("client_id", WEB),
        ("redirect_uri", APP),
        ("scope", "openid notes/write"),
        ("state", &state),
        ("nonce", "my nonce"),
        ("code_challenge_method", "S256"),
        ("max_age", "60"),
        ("identity_provider", "SignInWithApple"),
        ("login_hint", "a+b@example.com"),
        ("prompt", "login"),
    ];
    for (name, value) in expected {
        assert_eq!(query(&url, name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(query(&url, "code_challenge").unwrap().len(), 43);
    for (page, path) in
        [(Page::SignUp, "/signup"), (Page::ForgotPassword, "/forgotPassword"), (Page::Passkeys, "/passkeys/add")]
    {
        let (url, _) = leave(&tab, &RedirectSignIn { page, ..sign_in_page() });
        assert!(url.starts_with(&format!("http://localhost:9400{path}?")), "{url}");
    }
    let (url, _) =
        leave(&tab, &RedirectSignIn { provider: Some(Provider::Identifier("example.com".into())), ..sign_in_page() });
    assert_eq!(query(&url, "idp_identifier").as_deref(), Some("example.com"));
}

#[test]
fn max_age_is_verified() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let browser = Browser::new(&stage);
    let fresh = RedirectSignIn { max_age: Some(3600), ..sign_in_page() };
    let url = browser.sign_in(&leave(&tab, &fresh).0, "alice", "Correct-Horse7!");
    assert!(arrive(&tab, &url).outcome.is_ok());
    // The hosted UI's session is good for an hour, but older than is wanted now; a server that doesn't care is caught.
    stage.world.advance_ms(300_000);
    let (url, state) = leave(&tab, &RedirectSignIn { max_age: Some(60), ..sign_in_page() });
    let lenient = browser.sign_in(&url.replace("&max_age=60", ""), "alice", "Correct-Horse7!");
    assert_eq!(query(&lenient, "state").as_deref(), Some(state.as_str()));
    assert_eq!(code_and_reason(&arrive(&tab, &lenient)), ("token_invalid", Some("wrong_auth_time")));
}

#[test]
fn a_clock_that_is_wrong_by_a_year_does_no_harm() {
    let stage = Stage::new(WEB);
    for error_ms in [-31_536_000_000, 31_536_000_000] {
        let tab = stage.tab();
        tab.platform.set_clock_error_ms(error_ms);
        let url = come_back(&stage, &tab);
        assert!(arrive(&tab, &url).outcome.is_ok());
        assert!(block_on(tab.access_token(false)).unwrap().is_some());
    }
}
