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
    let [(sender, sender_heard), (one, one_heard), (two, two_heard)] = [(); 3].map(|()| bench.listening_tab());
    for event in [user(), Event::TokenRefresh, Event::SignedOut(None), Event::TokenRefresh] {
        sender.broadcast(&event);
    }
    let expected = names(&["signedIn", "tokenRefresh", "signedOut", "tokenRefresh"], true);
    for (tab, heard) in [(one, one_heard), (two, two_heard)] {
        until(&tab, || heard().len() >= expected.len()).await;
        assert_eq!(heard(), expected);
    }
    assert_eq!(sender_heard(), []);
}

pub(crate) async fn a_notification_stays_in_its_tab<B: Bench>(bench: &B) {
    let [(tab, heard), (other, other_heard)] = [(); 2].map(|()| bench.listening_tab());
    let failure = ErrorKind::Storage(StorageFailure::Write);
    for event in [user(), Event::SessionPersistFailed(failure.into())] {
        tab.notify(&event);
    }
    let expected = names(&["signedIn", "sessionPersistFailed"], false);
    until(&tab, || heard().len() >= expected.len()).await;
    // What a tab hears later is behind everything that came before it.
    tab.broadcast(&Event::TokenRefresh);
    until(&other, || !other_heard().is_empty()).await;
    other.sleep(0).await;
    assert_eq!(heard(), expected);
    assert_eq!(other_heard(), names(&["tokenRefresh"], true));
}
