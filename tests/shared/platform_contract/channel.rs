//! Events, in this tab and in the others.

use poolpass::error::{ErrorKind, StorageFailure};
use poolpass::event::{Event, SignInDetails, User};
use poolpass::platform::{Channel, Clock};

use super::{Bench, until};

fn user() -> Event {
    let details = SignInDetails { login_id: "ada@example.com".into(), auth_flow: "USER_SRP_AUTH".into() };
    Event::SignedIn(User { username: "ada \"\u{1f600}\"".into(), user_id: "1".into(), sign_in_details: Some(details) })
}

fn names(names: &[&str], is_remote: bool) -> Vec<(String, bool)> {
    names.iter().map(|name| ((*name).to_owned(), is_remote)).collect()
}

pub(crate) async fn other_tabs_hear_in_order_and_the_sender_does_not<B: Bench>(bench: &B) {
    let (sender, one, two) = (bench.tab(), bench.tab(), bench.tab());
    for event in [user(), Event::TokenRefresh, Event::SignedOut(None), Event::TokenRefresh] {
        sender.broadcast(&event);
    }
    let expected = names(&["signedIn", "tokenRefresh", "signedOut", "tokenRefresh"], true);
    for tab in [&one, &two] {
        until(tab, || bench.heard(tab).len() >= expected.len()).await;
        assert_eq!(bench.heard(tab), expected);
    }
    assert_eq!(bench.heard(&sender), []);
}

pub(crate) async fn a_notification_stays_in_its_tab<B: Bench>(bench: &B) {
    let (tab, other) = (bench.tab(), bench.tab());
    let failure = ErrorKind::Storage(StorageFailure::Write);
    for event in [user(), Event::SessionPersistFailed(failure.into())] {
        tab.notify(&event);
    }
    let expected = names(&["signedIn", "sessionPersistFailed"], false);
    until(&tab, || bench.heard(&tab).len() >= expected.len()).await;
    // What a tab hears later is behind everything that came before it.
    tab.broadcast(&Event::TokenRefresh);
    until(&other, || !bench.heard(&other).is_empty()).await;
    other.sleep(0).await;
    assert_eq!(bench.heard(&tab), expected);
    assert_eq!(bench.heard(&other), names(&["tokenRefresh"], true));
}
