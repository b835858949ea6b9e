//! A sign-in belongs to one browser, is finished once and in time.

use poolpass_local::core::{HttpRequest, HttpResponse};
use std::collections::BTreeMap;

use crate::federation_browser::{Browser, Place, STATE, authorize, text};
use crate::federation_idp::Idp;
use crate::world::{WEB, World};

/// The error page, which is all that there can be without an app to go back to.
#[track_caller]
fn lost(place: Place) {
    match place {
        Place::Page(response) => {
            assert_eq!(response.status, 400);
            assert!(text(&response).contains("This sign-in was started in another browser"), "{}", text(&response));
        }
        Place::Elsewhere(url) => panic!("{url}"),
    }
}

#[test]
fn an_answer_counts_once() {
    let (world, idp, client) = Idp::world();
    let mut browser = Browser::new(&world);
    let state = idp.begin(&mut browser, &client, &[])["state"].clone();
    let answer = [("code", "the code"), ("state", state.as_str())];
    assert!(Idp::back(&mut browser, &answer).parameters().contains_key("code"));
    lost(Idp::back(&mut browser, &answer));
    assert_eq!(idp.asked("/token").len(), 1);
}

#[test]
fn an_answer_counts_only_in_the_browser_that_asked() {
    let (world, idp, client) = Idp::world();
    let mut browser = Browser::new(&world);
    let state = idp.begin(&mut browser, &client, &[])["state"].clone();
    let answer = [("code", "the code"), ("state", state.as_str())];
    lost(Idp::back(&mut Browser::new(&world), &answer));
    let mut other = Browser::new(&world);
    idp.begin(&mut other, &client, &[]);
    lost(Idp::back(&mut other, &answer));
    assert!(idp.asked("/token").is_empty());
    // The attempt does not spoil it for the right one, whose nonce the provider has to use again.
    idp.order(|orders| orders.claims = serde_json::json!({}));
    let mut browser = Browser::new(&world);
    let state = idp.begin(&mut browser, &client, &[])["state"].clone();
    lost(Idp::back(&mut Browser::new(&world), &[("code", "the code"), ("state", &state)]));
    assert!(Idp::back(&mut browser, &[("code", "the code"), ("state", &state)]).parameters().contains_key("code"));
}

#[test]
fn unknown_and_missing_states_lead_to_no_app() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    browser.go(&authorize(WEB, &[("identity_provider", "Google")]));
    for answer in [&[("code", "x"), ("state", "unknown")][..], &[("code", "x")], &[("error", "access_denied")], &[]] {
        lost(Idp::back(&mut browser, answer));
    }
    lost(browser.go("/saml2/idpresponse?SAMLResponse=x&RelayState=y"));
    let wrong_method = browser.send("PUT", "/oauth2/idpresponse", "");
    assert_eq!(wrong_method.status, 302);
    assert!(wrong_method.header("Location").unwrap().starts_with("/error?"));
}

#[test]
fn after_five_minutes_it_is_too_late() {
    for (seconds, in_time) in [(299, true), (300, false)] {
        let (world, idp, client) = Idp::world();
        let mut browser = Browser::new(&world);
        let state = idp.begin(&mut browser, &client, &[])["state"].clone();
        world.advance(seconds);
        let place = Idp::back(&mut browser, &[("error", "access_denied"), ("state", &state)]);
        if in_time { drop(place.parameters()) } else { lost(place) }
    }
}

#[test]
fn two_tabs_can_finish_in_any_order() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let first = browser.chooser(&authorize(WEB, &[("identity_provider", "Google")]));
    let second = browser.chooser(&authorize(WEB, &[("identity_provider", "Facebook")]));
    let name = |browser: &mut Browser<'_>, back: &BTreeMap<String, String>| {
        let tokens = browser.tokens(WEB, &back["code"]);
        crate::world::claims(&tokens["id_token"])["cognito:username"].as_str().unwrap().to_owned()
    };
    let back = browser.choose(&second, "zoe");
    assert_eq!(name(&mut browser, &back), "Facebook_10000000000000002");
    let back = browser.choose(&first, "ada");
    assert_eq!(name(&mut browser, &back), "Google_100000000000000000001");
    assert_eq!(back["state"], STATE);
}

/// Browsers keep SameSite=Lax cookies back when another site posts a form here, and send them with the redirect that follows.
#[test]
fn a_post_of_another_site_finds_its_browser_by_a_redirect() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let chooser = browser.chooser(&authorize(WEB, &[("identity_provider", "ExampleSAML")]));
    let page = browser.submit(&chooser, &[("person", "ada")]).form();
    let fields = page.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let body = crate::federation_browser::encode(fields);
    let posted = || -> HttpResponse {
        let headers = [("Host", "localhost:9400"), ("Content-Type", "application/x-www-form-urlencoded")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let target = "/saml2/idpresponse".to_owned();
        world.emulator.handle(HttpRequest { method: "POST".into(), target, headers, body: body.clone().into() })
    };
    let response = posted();
    assert_eq!(response.status, 303);
    let location = response.header("Location").unwrap().to_owned();
    assert!(posted().header("Location").unwrap().starts_with("/error?"), "the first answer counts");
    lost(Browser::new(&world).go(&location));
    assert!(browser.go(&location).parameters().contains_key("code"));
    lost(browser.go(&location));
}

#[test]
fn prompt_none_never_asks_a_provider() {
    let world = World::new();
    let back = Browser::new(&world).go(&authorize(WEB, &[("identity_provider", "Google"), ("prompt", "none")]));
    assert_eq!(back.parameters()["error"], "login_required");
}
