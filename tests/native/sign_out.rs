//! Signing out of the hosted UI too.

use poolpass::flow::redirect::RedirectSignIn;
use poolpass::flow::redirect::{HostedUi, SignOut};

use crate::hosted_page::{Browser, Place};
use crate::redirect::{arrive, come_back, leave, sign_in_page};
use crate::stage::{APP, Stage, Tab, WEB, block_on};

fn sign_out(tab: &Tab, hosted_ui: HostedUi) -> Option<String> {
    let input = SignOut { hosted_ui, page_url: APP.into(), ..SignOut::default() };
    let signed_out = block_on(tab.client.sign_out(&input)).unwrap();
    assert!(signed_out.not_revoked.is_none());
    signed_out.go_to.map(|url| url.expose_secret().clone())
}

fn hosted(stage: &Stage) -> Tab {
    let tab = stage.tab();
    arrive(&tab, &come_back(stage, &tab)).outcome.unwrap();
    tab
}

#[test]
fn a_user_of_the_hosted_ui_is_signed_out_there() {
    let stage = Stage::new(WEB);
    let browser = Browser::new(&stage);
    let tab = stage.tab();
    let sign_in = || leave(&tab, &sign_in_page()).0;
    arrive(&tab, &browser.sign_in(&sign_in(), "alice", "Correct-Horse7!")).outcome.unwrap();
    // The hosted UI's own session signs in again without a question…
    assert!(matches!(browser.go(&sign_in()), Place::App(_)));
    let url = sign_out(&tab, HostedUi::EndIfUsed).unwrap();
    assert_eq!(
        url,
        format!("http://localhost:9400/logout?client_id={WEB}&logout_uri=http%3A%2F%2Flocalhost%3A9401%2F")
    );
    assert!(stage.stored().is_none());
    // …until it has ended.
    assert_eq!(browser.go(&url).app(), APP);
    assert!(matches!(browser.go(&sign_in()), Place::Page(_)));
}

#[test]
fn the_hosted_ui_session_is_kept_if_the_app_says_so_or_it_was_not_used() {
    let stage = Stage::new(WEB);
    assert_eq!(sign_out(&hosted(&stage), HostedUi::Leave), None);
    assert_eq!(sign_out(&stage.signed_in_tab(), HostedUi::EndIfUsed), None);
    assert!(sign_out(&stage.signed_in_tab(), HostedUi::End(None)).is_some());
    // Also a session that is gone here may live on there.
    assert!(sign_out(&stage.tab(), HostedUi::End(Some(APP.into()))).is_some());
}

#[test]
fn a_sign_out_with_an_unregistered_url_fails_before_anything_is_done() {
    let stage = Stage::new(WEB);
    let tab = hosted(&stage);
    let input = SignOut { hosted_ui: HostedUi::End(Some("https://elsewhere.example/".into())), ..SignOut::default() };
    assert_eq!(block_on(tab.client.sign_out(&input)).unwrap_err().name(), "InvalidRedirectException");
    assert!(stage.stored().is_some());
    // Of its own accord it then stays.
    let elsewhere = SignOut { page_url: "https://elsewhere.example/".into(), ..SignOut::default() };
    assert!(block_on(tab.client.sign_out(&elsewhere)).unwrap().go_to.is_none());
}

#[test]
fn another_user_can_sign_in_after_a_sign_out() {
    let stage = Stage::new(WEB);
    let browser = Browser::new(&stage);
    let tab = stage.tab();
    arrive(&tab, &browser.sign_in(&leave(&tab, &sign_in_page()).0, "alice", "Correct-Horse7!")).outcome.unwrap();
    let again = HostedUi::SignInAgain(Box::new(RedirectSignIn { page_url: APP.into(), ..sign_in_page() }));
    let url = sign_out(&tab, again).unwrap();
    assert!(url.starts_with("http://localhost:9400/logout?response_type=code&"), "{url}");
    arrive(&tab, &browser.sign_in(&url, "bob", "Battery-Staple8?")).outcome.unwrap();
    assert_eq!(block_on(tab.client.current_session()).unwrap().username(), "bob");
}
